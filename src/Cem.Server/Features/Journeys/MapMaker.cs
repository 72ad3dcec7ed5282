using Cem.Contracts.Indicators;
using Cem.Kernel.Data;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys;

/// <summary>Puts a journey and its live scores into the words of one reader.</summary>
sealed class MapMaker(Texts texts, Db db)
{
    /// <param name="linked">Whether scores lead to what they are made of.</param>
    public JourneyMap Make(string code, Journey journey, LiveScores scores, MapFilter filter, string language, bool edit, bool linked)
    {
        var names = db.Query<NameRow>(Sql.Names).ToDictionary(row => row.Code, row => new Wording(row.NameEn, row.NameZh).In(language), StringComparer.Ordinal);
        return new Drawing($"/journeys/{code}", journey, scores, filter, texts.For(language, "Journeys"), Formats.For(language), names, edit, linked).Map();
    }

    sealed record NameRow(string Code, string NameEn, string NameZh);

    static class Sql
    {
        public const string Names = "SELECT code, name_en, name_zh FROM journeys_touchpoints";
    }
}

/// <summary>One map being made.</summary>
sealed class Drawing(string address, Journey journey, LiveScores scores, MapFilter filter, ScopedTexts words, Formats formats, IReadOnlyDictionary<string, string> names, bool edit, bool linked)
{
    readonly List<Scene> scenes = [.. journey.Scenes];

    public JourneyMap Map() => new(
        address, edit, linked, scores.Indicators.Count > 0, [.. journey.Stages.Select(Stage)], words["legend." + filter.MeasureName],
        filter.IsPart && scores.Indicators.Count > 0 ? words.Get("both", ("first", Note), ("second", words["note.part"])) : Note);

    string Note => words.Get("note", ("count", filter.Weeks));

    StageView Stage(Stage stage) => new(
        stage.Code, In(stage.Name), InOrNull(stage.Goals), InOrNull(stage.Expectations), [.. stage.Scenes!.Select(Scene)],
        [.. Blueprint.Lanes.Select(lane => new LaneView(lane, words["lane." + lane], [.. stage.Blueprint![lane].Select(Row)], Edit("row", null, $"{stage.Code}:{lane}")))],
        Edit("stage", stage.Code), Edit("scene", null, stage.Code));

    SceneView Scene(Scene scene)
    {
        var at = scenes.FindIndex(each => each.Code == scene.Code);
        var mood = scene.Emotion is { } level ? words[$"emotion.{(level < 0 ? "minus" : "")}{Math.Abs(level)}"] : null;
        return new SceneView(
            scene.Code, In(scene.Name), scene.MomentThatMatters, InOrNull(scene.Actions), InOrNull(scene.Thoughts), [.. scene.Touchpoints!.Select(code => Touchpoint(code, scene))],
            mood is null ? null : new LevelCurve(words.Get("emotion.at", ("scene", In(scene.Name)), ("mood", mood)), scene.Emotion, scenes.ElementAtOrDefault(at - 1)?.Emotion, scenes.ElementAtOrDefault(at + 1)?.Emotion) { Tone = scene.Emotion > 0 ? "good" : scene.Emotion < 0 ? "bad" : "none" },
            mood, [.. scene.Touchpoints!.SelectMany(code => scores.Below.GetValueOrDefault(code) ?? []).DistinctBy(it => it.Code).Select(Badge)],
            Edit("scene", scene.Code), Edit("touchpoint", null, scene.Code));
    }

    TouchView Touchpoint(string code, Scene scene)
    {
        var (name, editing, step) = (names.GetValueOrDefault(code, code), Edit("touchpoint", code, scene.Code), $"touchpoint:{scene.Code}:{code}");
        if (!scores.ByTouchpoint.TryGetValue(code, out var score))
            return new TouchView(code, name, "none", null, "", words["notMeasured"], null, "few", "", null, editing, step);
        if (Hidden(score.TooFew))
            return new TouchView(code, name, "few", null, "", words["tooFew"], null, "few", "", null, editing, step);
        var share = score.Measure is MapFilter.Csat or MapFilter.Ces;
        var (change, sign, title) = Change(share ? 100 * score.Change : score.Change, score.Significant);
        var href = !linked ? null
            : score.Indicator is { } indicator ? Indicators(indicator)
            : filter.Link("/responses", ("touchpoint", code), ("measure", score.Measure), ("interested", "0"));
        return new TouchView(
            code, name, score.Tone, Figure(score.Measure, score.Value), words["unit." + score.Measure], Base(score.N, score.Low, score.High, score.TooFew, value => Figure(score.Measure, value)), change, sign, title, href, editing, step);
    }

    RowView Row(BlueprintRow row) => new(
        row.Code!, In(row.Node), InOrNull(row.Role), InOrNull(row.Action), row.Channel,
        row.Indicator is null ? null : scores.Indicators.TryGetValue(row.Indicator, out var figure) ? Badge(figure) : null, Edit("row", row.Code));

    BadgeView Badge(IndicatorFigure it)
    {
        if (it.Score is not null && Hidden(it.TooFew))
            return new BadgeView(new Wording(it.NameEn, it.NameZh).In(words.Language), it.Kind.ToUpperInvariant(), words["kind." + it.Kind], "few", null, words["tooFew"], null, "few", "", null);
        var score = it.Score is { } value ? new TouchpointScore(MapFilter.Index, value, it.Lower, it.Upper, it.N, it.TooFew, it.Change, it.Significant) : null;
        var (change, sign, title) = Change(it.Change, it.Significant);
        return new BadgeView(
            new Wording(it.NameEn, it.NameZh).In(words.Language), it.Kind.ToUpperInvariant(), words["kind." + it.Kind], score?.Tone ?? "none", score is null ? null : Figure(MapFilter.Index, score.Value),
            score is null ? words["notMeasured"] : Base(it.N, it.Lower, it.Upper, it.TooFew, bound => Figure(MapFilter.Index, bound)), score is null ? null : change, sign, title, linked ? Indicators(it.Code) : null);
    }

    /// <summary>To those without an account a score of a handful of people would tell what single persons answered.</summary>
    bool Hidden(bool few) => few && !linked;

    string Indicators(string code) => Urls($"/indicators/{code}", ("period", filter.PeriodName == MapFilter.DefaultPeriod ? null : filter.PeriodName), ("orgUnit", filter.OrgUnit));

    (string? Text, string Sign, string Title) Change(double? change, bool? significant) => change is not { } difference ? (null, "few", "") : significant switch
    {
        true => (formats.Number(Math.Abs(difference), 1), difference > 0 ? "up" : "down", words.Get(difference > 0 ? "change.up" : "change.down", ("difference", formats.Number(Math.Abs(difference), 1)), ("count", filter.Weeks))),
        false => (formats.Signed(difference, 1), "none", words.Get("change.none", ("difference", formats.Signed(difference, 1)), ("count", filter.Weeks))),
        null => (null, "few", ""),
    };

    string Base(long n, double? low, double? high, bool few, Func<double, string> write) =>
        words.Get("base", ("n", formats.Number(n))) + (few ? " · " + words["tooFew"] : low is { } from && high is { } to ? " · " + words.Get("interval", ("low", write(from)), ("high", write(to))) : "");

    string Figure(string measure, double value) => measure switch
    {
        MapFilter.Index => formats.Number(value),
        MapFilter.Nps => formats.Signed(value),
        _ => formats.Percent(value),
    };

    string Edit(string part, string? id, string? inside = null) => Urls(address + "/edit", ("part", part), ("id", id), ("in", inside));

    static string Urls(string path, params IEnumerable<(string Name, string? Value)> query) => Kernel.Html.Urls.Build(path, query.Select(pair => KeyValuePair.Create(pair.Name, pair.Value ?? "")));

    string In(Wording text) => text.In(words.Language);

    string? InOrNull(Wording? text) => text?.In(words.Language);
}

/// <summary>What the slices of this area share.</summary>
sealed class JourneysServices : IAreaServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<MapMaker>();
        services.AddScoped<MapBar>();
        services.AddScoped<TouchpointScores>();
    }
}
