using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>Declared sources as they are stored.</summary>
static class SourceStore
{
    public static DeclaredSource? Find(Db db, string code) => db.Find<Stored>(Sql.Find, new { Code = code })?.Declared();

    /// <exception cref="Problem">404.</exception>
    public static DeclaredSource Get(Db db, string code) => Find(db, code) ?? throw NotFound(code);

    /// <summary>A source that still takes files.</summary>
    /// <exception cref="Problem">404; 409: it is retired.</exception>
    public static DeclaredSource Taking(Db db, string code) => Get(db, code) is { Retired: false } source ? source
        : throw Problem.Conflict("source-retired", ($"The source '{code}' is retired and takes no more files.", $"数据源“{code}”已停用，不再接收文件。"));

    /// <summary>Sources by code, after one.</summary>
    public static IReadOnlyList<DeclaredSource> After(Db db, string code, int most) => [.. db.Query<Stored>(Sql.After, new { Code = code, Most = most }).Select(source => source.Declared())];

    /// <summary>The slot of each number, those no longer declared included.</summary>
    public static IReadOnlyDictionary<string, int> Slots(Db db, long source) =>
        db.Query<Slot>(Sql.Slots, new { Source = source }).ToDictionary(slot => slot.Code, slot => slot.Number, StringComparer.OrdinalIgnoreCase);

    /// <summary>Declares a source, or changes it; a retired one takes files again.</summary>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="Problem">422: it breaks a rule; 409: what names its rows cannot change any more.</exception>
    public static bool Put(Tx tx, Caller caller, string code, SourceDefinition definition)
    {
        if (SourceRules.Check(code, definition) is { Count: > 0 } errors)
            throw Problem.Rules(errors);
        var json = Json.Write(definition);
        var known = tx.Find<Stored>(Sql.Find, new { Code = code });
        if (known is { Retired: false } && known.Definition == json)
            return false;
        if (known is not null && tx.Single<bool>(Sql.HasRows, new { known.Id }))
            CheckChange(known.Declared().Definition, definition);
        var id = known?.Id ?? new Id(tx.NewId());
        tx.Execute(Sql.Put, new
        {
            Id = id, Code = code, Kind = ImportLog.Stored(definition.Kind), NameEn = definition.Name.En, NameZh = definition.Name.Zh, Period = ImportLog.Stored(definition.Period), Definition = json, tx.Now,
        });
        tx.Execute(Sql.UndeclareMetrics, new { Id = id });
        foreach (var field in definition.Fields.Where(field => field.Metric is not null))
            tx.Execute(Sql.DeclareMetric, new { Id = id, Code = field.Metric, NameEn = field.Name?.En ?? field.Column, NameZh = field.Name?.Zh ?? field.Column, field.Unit });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), known is null ? "source.created" : "source.changed", code));
        return known is null;
    }

    /// <returns>False when it was retired before.</returns>
    /// <exception cref="Problem">404.</exception>
    public static bool Retire(Tx tx, Caller caller, string code)
    {
        if (tx.Find<Stored>(Sql.Find, new { Code = code }) is not { } known)
            throw NotFound(code);
        if (known.Retired)
            return false;
        tx.Execute(Sql.Retire, new { known.Id, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "source.retired", code));
        return true;
    }

    static void CheckChange(SourceDefinition before, SourceDefinition now)
    {
        Say say = ("Rows have come in already; declare another source for rows of another kind, key or period.", "已有数据导入；若类型、键或周期不同，请另建数据源。");
        if (before.Kind != now.Kind)
            throw Problem.Rule("/kind", "source-in-use", say);
        if (!before.Key.SequenceEqual(now.Key, StringComparer.OrdinalIgnoreCase))
            throw Problem.Rule("/key", "source-in-use", say);
        if (before.Period != now.Period)
            throw Problem.Rule("/fields", "source-in-use", say);
    }

    static Problem NotFound(string code) => Problem.NotFound("source-not-found", ($"There is no source '{code}'.", $"数据源“{code}”不存在。"));

    sealed record Slot(string Code, int Number);

    sealed record Stored(Id Id, string Code, bool Retired, string Definition, DateTimeOffset UpdatedAt)
    {
        public DeclaredSource Declared() => new(Id, Code, Retired, Json.Read<SourceDefinition>(Definition), UpdatedAt);
    }
}

/// <summary>A source with its id.</summary>
sealed record DeclaredSource(Id Id, string Code, bool Retired, SourceDefinition Definition, DateTimeOffset UpdatedAt);

/// <summary>A source as the API shows it.</summary>
sealed record SourceAnswer : SourceDefinition
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public SourceAnswer(DeclaredSource source) : base(source.Definition) => (Code, Retired, UpdatedAt) = (source.Code, source.Retired, source.UpdatedAt);

    public string Code { get; }

    public bool Retired { get; }

    public DateTimeOffset UpdatedAt { get; }
}

file static class Sql
{
    public const string Find = "SELECT id, code, retired, definition, updated_at FROM operational_data_sources WHERE code = @Code";

    public const string After = """
        SELECT id, code, retired, definition, updated_at FROM operational_data_sources WHERE code > @Code ORDER BY code LIMIT @Most
        """;

    public const string Slots = "SELECT code, slot AS number FROM operational_data_metrics WHERE source_id = @Source";

    public const string HasRows = "SELECT EXISTS (SELECT 1 FROM operational_data_rows WHERE source_id = @Id)";

    public const string Put = """
        INSERT INTO operational_data_sources (id, code, kind, name_en, name_zh, period, definition, created_at, updated_at)
        VALUES (@Id, @Code, @Kind, @NameEn, @NameZh, @Period, @Definition, @Now, @Now)
        ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name_en = excluded.name_en, name_zh = excluded.name_zh, period = excluded.period,
          definition = excluded.definition, retired = 0, updated_at = excluded.updated_at
        """;

    public const string UndeclareMetrics = "UPDATE operational_data_metrics SET declared = 0 WHERE source_id = @Id";

    public const string DeclareMetric = """
        INSERT INTO operational_data_metrics (source_id, slot, code, name_en, name_zh, unit)
        VALUES (@Id, (SELECT COALESCE(MAX(slot) + 1, 0) FROM operational_data_metrics WHERE source_id = @Id), @Code, @NameEn, @NameZh, @Unit)
        ON CONFLICT (source_id, code) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, unit = excluded.unit, declared = 1
        """;

    public const string Retire = "UPDATE operational_data_sources SET retired = 1, updated_at = @Now WHERE id = @Id";
}
