using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.Journeys.ShowJourney;

/// <summary>
/// The map of a journey: stages across, lanes down, every touchpoint in the colour of its live score, the service blueprint
/// below the line of visibility. Those who may, edit in place.
/// </summary>
/// <param name="Mode"><c>edit</c> shows what the parts are changed with.</param>
/// <param name="Version">The journey as it was in a version; null for now.</param>
[Access(Staff = Roles.All)]
sealed record Request(string Code, MapFilter Filter, string? Mode = null, long? Version = null) : IRequest<View>;

/// <param name="Answer">What the map says, in a sentence.</param>
/// <param name="EditHref">The form of the words on top.</param>
/// <param name="Undo">The version that undoing leads to; null where there is nothing to undo.</param>
/// <param name="UndoWhat">What would be undone, in words.</param>
/// <param name="Then">The version shown where it is not the present one.</param>
sealed record View(
    string Code, string Address, string Name, string? Description, string Answer, IReadOnlyList<NavigationEntry> Variants, IReadOnlyList<NavigationEntry> Breadcrumb, FilterBar Bar, JourneyMap Map,
    bool MayEdit, bool MayShare, bool Editing, string ModeHref, string EditHref, string RestoreHref, long? Undo, string UndoWhat, long? Then, bool IsVariant);

sealed class Module : Routes
{
    public Module() =>
        Get("/journeys/{code}", async (string code, [AsParameters] MapFilter filter, string? mode, string? version, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(code, filter, mode, long.TryParse(version, out var then) ? then : null), ct)))
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller, TouchpointScores touchpoints, MapBar bar, OrgUnitChoices units, MapMaker maker, Texts texts, TimeProvider clock) : IRequestHandler<Request, View>
{
    const int MostNamed = 3;

    readonly ScopedTexts words = texts.For(caller.Language, "Journeys/ShowJourney");

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var (stored, journey, family, may, undo) = db.Read(reader =>
        {
            var stored = JourneyStore.Get(reader, request.Code);
            var journey = request.Version is { } then && then != stored.Revision ? JourneyStore.At(reader, stored, then) : stored.Read();
            return (stored, journey, reader.Query<FamilyRow>(Sql.Family, new { Base = journey.VariantOf ?? stored.Code }), JourneyEditors.May(reader, caller, stored, clock.GetUtcNow()), Undo(reader, stored));
        });
        var then = request.Version == stored.Revision ? null : request.Version;
        var editing = may && then is null && request.Mode == "edit";
        var filter = request.Filter.For(journey.Variant);
        var scores = await touchpoints.Read(filter, units.Scope(request.Filter.OrgUnit), cancellationToken);
        var map = maker.Make(stored.Code, journey, scores, filter, caller.Language, editing, linked: true);
        var address = $"/journeys/{stored.Code}";
        var name = journey.Name.In(caller.Language);
        return new View(
            stored.Code, address, name, journey.Description?.In(caller.Language), Answer(journey, scores, map), family.Count < 2 ? [] : [.. family.Select(row => Variant(row, stored.Code))],
            [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(name, address, Current: true)], await bar.Make(filter, editing, cancellationToken), map,
            may, caller.Is(Roles.Programme), editing, filter.Here(address, ("mode", editing ? "" : "edit")), filter.Here(address + "/edit", ("part", "journey")), filter.Here(address + "/restore"), undo?.Revision, undo?.Change.In(caller.Language) ?? "", then, journey.VariantOf is not null);
    }

    NavigationEntry Variant(FamilyRow row, string current) => new(
        row.VariantOf is null ? words["variant.all"] : string.Join(" · ", new[] { row.Channel is { } channel ? words.Find("channel." + channel) ?? channel : null, row.Product }.OfType<string>()) is var what
            ? $"{new Wording(row.NameEn, row.NameZh).In(caller.Language)} ({what})" : "",
        $"/journeys/{row.Code}", row.Code == current);

    /// <summary>What hurts, and what nobody measures.</summary>
    string Answer(Journey journey, LiveScores scores, JourneyMap map)
    {
        var touched = map.Stages.SelectMany(stage => stage.Scenes).SelectMany(scene => scene.Touchpoints).DistinctBy(each => each.Code).ToList();
        if (touched.Count == 0)
            return words["answer.empty"];
        var bad = touched.Where(each => each.Tone == "bad").OrderBy(each => scores.ByTouchpoint[each.Code].Value - scores.ByTouchpoint[each.Code].PoorBelow).Select(each => each.Name).ToList();
        var blind = touched.Count(each => each.Tone == "none");
        var moments = journey.Scenes.Count(scene => scene.MomentThatMatters && scene.Touchpoints!.Any(code => scores.ByTouchpoint.TryGetValue(code, out var score) && score.Tone == "bad"));
        var measured = touched.Count - blind;
        var answer = measured == 0 ? words.Get("answer.blind", ("count", touched.Count))
            : bad.Count == 0 ? words.Get("answer.good", ("count", touched.Count), ("measured", measured))
            : words.Get("answer.bad", ("count", touched.Count), ("measured", measured), ("bad", bad.Count), ("names", string.Join(words["between"], bad.Take(MostNamed))));
        return moments == 0 ? answer : words.Get("both", ("first", answer), ("second", words.Get("answer.moments", ("count", moments))));
    }

    /// <summary>The version before the last change that was not itself undone.</summary>
    static (long Revision, Wording Change)? Undo(Session session, StoredJourney journey)
    {
        var (at, first) = (journey.Revision, true);
        Wording? change = null;
        while (session.Find<RevisionRow>(Sql.Revision, new { journey.Id, Revision = at }) is { } row)
        {
            if (first || row.RestoredFrom is null)
                change = Json.Read<IReadOnlyList<Wording>>(row.Changes) is [var only, ..] ? only : null;
            first = false;
            if (row.RestoredFrom is not { } from)
                return at > 1 && change is not null ? (at - 1, change) : null;
            at = from;
        }
        return null;
    }

    sealed record FamilyRow(string Code, string NameEn, string NameZh, string? VariantOf, string? Channel, string? Product);

    sealed record RevisionRow(long? RestoredFrom, string Changes);
}

file static class Sql
{
    public const string Family = """
        SELECT code, name_en, name_zh, variant_of, channel, product FROM journeys_journeys
        WHERE removed = 0 AND (code = @Base OR variant_of = @Base) ORDER BY variant_of IS NOT NULL, code
        """;

    public const string Revision = "SELECT restored_from, changes FROM journeys_revisions WHERE journey_id = @Id AND revision = @Revision";
}
