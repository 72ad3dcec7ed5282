using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys;

/// <summary>A journey as it stands.</summary>
/// <param name="Revision">Grows with each change; travels as the ETag.</param>
/// <param name="Removed">Out of sight, and kept with its history.</param>
sealed record StoredJourney(long Id, string Code, string Definition, long Revision, bool Removed, DateTimeOffset UpdatedAt, string UpdatedBy)
{
    public Journey Read() => Json.Read<Journey>(Definition);
}

/// <summary>Keeps journeys and their history: the one place that every way of changing them ends in.</summary>
static class JourneyStore
{
    /// <exception cref="Problem">404, also for one that was removed.</exception>
    public static StoredJourney Get(Session session, string code) => Find(session, code) is { Removed: false } journey ? journey : throw NotFound(code);

    /// <summary>Also one that was removed; null where there never was one.</summary>
    public static StoredJourney? Find(Session session, string code) => session.Find<StoredJourney>(Sql.Find, new { Code = code });

    public static Problem NotFound(string code) => Problem.NotFound("journey-not-found", ($"There is no journey '{code}'.", $"旅程“{code}”不存在。"));

    /// <summary>The journey as it was.</summary>
    /// <exception cref="Problem">404.</exception>
    public static Journey At(Session session, StoredJourney journey, long revision) => session.Find<string>(Sql.At, new { journey.Id, Revision = revision }) is { } definition
        ? Json.Read<Journey>(definition)
        : throw Problem.NotFound("version-not-found", ($"The journey '{journey.Code}' has no version {revision}.", $"旅程“{journey.Code}”没有第 {revision} 版。"));

    /// <summary>Saves a journey and what changed in it; one that says the same leaves everything as it is.</summary>
    /// <param name="ifMatch">The tag of the revision the change was made on; null for any.</param>
    /// <param name="restoredFrom">The revision that is put back; null for a new one.</param>
    /// <exception cref="Problem">412: somebody else changed it in the meantime. 422: it breaks a rule.</exception>
    public static (StoredJourney Journey, bool Created) Save(Tx tx, Caller caller, string code, Journey given, string? ifMatch, long? restoredFrom = null)
    {
        var before = Find(tx, code);
        if (!ETags.Match(ifMatch, before is { Removed: false } ? before.Revision : 0))
            throw Problem.Stale();
        var journey = JourneyRules.Normal(given);
        List<FieldError> faults =
        [
            .. JourneyRules.Faults(journey, tx.Query<string>(Sql.Touchpoints).ToHashSet(StringComparer.Ordinal), tx.Query<string>(Sql.Indicators).ToHashSet(StringComparer.Ordinal)),
            .. Variants(tx, code, journey),
        ];
        if (faults.Count > 0)
            throw Problem.Rules(faults);
        var text = Json.Write(journey);
        if (before is { Removed: false } && before.Definition == text)
            return (before, false);
        var changes = before switch
        {
            null => [new Wording("Made", "新建")],
            _ when restoredFrom is { } revision => [new Wording($"Put back as it was in version {revision}", $"恢复为第 {revision} 版")],
            { Removed: true } => [new Wording("Made again", "重新建立")],
            _ => JourneyChanges.Between(before.Read(), journey),
        };
        var after = new StoredJourney(before?.Id ?? tx.NewId(), code, text, (before?.Revision ?? 0) + 1, false, tx.Now, caller.Name);
        tx.Execute(Sql.Put, new
        {
            after.Id, Code = code, journey.Name.En, journey.Name.Zh, journey.VariantOf, journey.Variant?.Channel, journey.Variant?.Product, Definition = text, after.Revision, tx.Now, By = caller.Name,
        });
        tx.Execute(Sql.Keep, new { after.Id, after.Revision, Definition = text, Changes = Json.Write(changes), RestoredFrom = restoredFrom, tx.Now, By = caller.Name });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), before is { Removed: false } ? "journey.changed" : "journey.created", code,
            Json.Write(new { after.Revision, Changes = changes.Select(change => change.En) })));
        return (after, before is not { Removed: false });
    }

    /// <summary>A variant hangs on a journey that is none, and no two are for the same.</summary>
    static IEnumerable<FieldError> Variants(Tx tx, string code, Journey journey)
    {
        var below = tx.Query<VariantRow>(Sql.Variants, new { Base = code });
        if (journey.VariantOf is not { } of || journey.Variant is not { } variant)
            yield break;
        if (of == code || Find(tx, of) is not { Removed: false } parent)
            yield return new("/variantOf", "journey-not-found", ($"There is no journey '{of}' that this could be a variant of.", $"没有可作为主旅程的“{of}”。"));
        else if (parent.Read().VariantOf is { } above)
            yield return new("/variantOf", "variant-of-variant", ($"'{of}' is itself a variant of '{above}'.", $"“{of}”本身是“{above}”的变体。"));
        else if (below.Count > 0)
            yield return new("/variantOf", "has-variants", ($"It has variants of its own: {string.Join(", ", below.Select(row => row.Code))}.", $"该旅程自身有变体：{string.Join("、", below.Select(row => row.Code))}。"));
        else if (tx.Query<VariantRow>(Sql.Variants, new { Base = of }).FirstOrDefault(row => row.Code != code && row.Channel == variant.Channel && row.Product == variant.Product) is { } same)
            yield return new("/variant", "variant-taken", ($"'{same.Code}' is the variant for this channel and product already.", $"“{same.Code}”已是该渠道与产品的变体。"));
    }

    sealed record VariantRow(string Code, string? Channel, string? Product);

    static class Sql
    {
        public const string Find = "SELECT id, code, definition, revision, removed, updated_at, updated_by FROM journeys_journeys WHERE code = @Code";

        public const string At = "SELECT definition FROM journeys_revisions WHERE journey_id = @Id AND revision = @Revision";

        public const string Variants = "SELECT code, channel, product FROM journeys_journeys WHERE variant_of = @Base AND removed = 0 ORDER BY code";

        public const string Touchpoints = "SELECT code FROM journeys_touchpoints";

        public const string Indicators = "SELECT DISTINCT code FROM indicators_v_indicators";

        public const string Put = """
            INSERT INTO journeys_journeys (id, code, name_en, name_zh, variant_of, channel, product, definition, revision, updated_at, updated_by)
            VALUES (@Id, @Code, @En, @Zh, @VariantOf, @Channel, @Product, @Definition, @Revision, @Now, @By)
            ON CONFLICT (code) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, variant_of = excluded.variant_of, channel = excluded.channel,
              product = excluded.product, definition = excluded.definition, revision = excluded.revision, removed = 0, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """;

        public const string Keep = """
            INSERT INTO journeys_revisions (journey_id, revision, definition, changes, restored_from, made_at, made_by)
            VALUES (@Id, @Revision, @Definition, @Changes, @RestoredFrom, @Now, @By)
            """;
    }
}
