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

    /// <summary>The indicators that were drawn, with whether they are judged by lines of their own.</summary>
    readonly Dictionary<string, bool> judged = new(StringComparer.Ordinal);

    /// <summary>Those that the filter leaves out, in the order in which they are met.</summary>
    readonly List<string> leftOut = [];

    public JourneyMap Map()
    {
        List<StageView> stages = [.. journey.Stages.Select(Stage)];
        return new(filter.Here(address + "/move"), Edit("stage", null), edit, linked, scores.Indicators.Count > 0, stages, Sentences(words["legend." + filter.MeasureName], Lines()),
            Sentences(words.Get("note", ("count", filter.Weeks)), leftOut.Count == 0 ? null : words.Get("note.leftOut", ("names", string.Join(words["between"], leftOut.Distinct())))),
            judged.ContainsValue(true));
    }

    /// <summary>Which lines the indicators are judged by: their own, or the one for all that have none.</summary>
    string? Lines()
    {
        if (judged.Count == 0)
            return null;
        var without = judged.Values.Count(own => !own);
        return without == judged.Count ? words.Get("lines.none", ("line", formats.Number(TouchpointScore.IndexLine)))
            : without == 0 ? words["lines.all"]
            : words.Get("lines.some", ("count", without), ("all", judged.Count), ("line", formats.Number(TouchpointScore.IndexLine)));
    }

    string Sentences(string first, string? second) => second is null ? first : words.Get("both", ("first", first), ("second", second));

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
            return new TouchView(code, name, "none", null, "", words["notMeasured"], "", null, "few", "", null, editing, step);
        if (Hidden(score.TooFew))
            return new TouchView(code, name, "few", null, "", words["tooFew"], "", null, "few", "", null, editing, step);
        var share = score.Measure is MapFilter.Csat or MapFilter.Ces;
        var (change, sign, title) = Change(share ? 100 * score.Change : score.Change, score.Significant);
        var href = !linked ? null
            : score.Indicator is { } indicator ? Indicators(indicator)
            : filter.Link("/responses", ("touchpoint", code), ("measure", score.Measure), ("interested", "0"));
        return new TouchView(
            code, name, score.Tone, Figure(score.Measure, score.Value), words["unit." + score.Measure], Base(score.N, score.Low, score.High, score.TooFew, value => Figure(score.Measure, value)), Judged(score), change, sign, title, href, editing, step);
    }

    RowView Row(BlueprintRow row) => new(
        row.Code!, In(row.Node), InOrNull(row.Role), InOrNull(row.Action), row.Channel,
        row.Indicator is null ? null : scores.Indicators.TryGetValue(row.Indicator, out var figure) ? Badge(figure) : null, Edit("row", row.Code));

    BadgeView Badge(IndicatorFigure it)
    {
        var name = new Wording(it.NameEn, it.NameZh).In(words.Language);
        if (TouchpointScore.Of(it) is not { } score)
        {
            if (it.Gap == "not-narrowed")
                leftOut.Add(name);
            return Without("none", words[it.Gap == "not-narrowed" ? "notNarrowed" : "notMeasured"]);
        }
        if (Hidden(it.TooFew))
            return Without("few", words["tooFew"]);
        var (change, sign, title) = Change(it.Change, it.Significant);
        var told = Base(it.N, it.Lower, it.Upper, it.TooFew, bound => Figure(MapFilter.Index, bound));
        return new BadgeView(
            name, it.Kind.ToUpperInvariant(), words["kind." + it.Kind], score.Tone, Figure(MapFilter.Index, score.Value), Judged(score) is { Length: > 0 } lines ? $"{told} · {lines}" : told,
            change, sign, title, linked ? Indicators(it.Code) : null);

        BadgeView Without(string tone, string why) => new(name, it.Kind.ToUpperInvariant(), words["kind." + it.Kind], tone, null, why, null, "few", "", linked ? Indicators(it.Code) : null);
    }

    /// <summary>What an indicator is judged by, in words; empty for answers, of which the legend tells.</summary>
    string Judged(TouchpointScore score)
    {
        if (score.Indicator is not { } code)
            return "";
        judged[code] = score.OwnLines;
        return !score.OwnLines ? words.Get("judged.line", ("line", formats.Number(TouchpointScore.IndexLine)))
            : string.Join(" · ", new[] { ("target", score.Target), ("threshold", score.Threshold) }.Where(line => line.Item2 is not null).Select(line => words.Get("judged." + line.Item1, ("value", formats.Number(line.Item2, Digits(line.Item2!.Value))))));
    }

    static int Digits(double value) => value == Math.Round(value) ? 0 : 1;

    /// <summary>To those without an account a score of a handful of people would tell what single persons answered.</summary>
    bool Hidden(bool few) => few && !linked;

    string Indicators(string code) => filter.Link($"/indicators/{Uri.EscapeDataString(code)}");

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

    string Edit(string part, string? id, string? inside = null) => filter.Here(address + "/edit", ("part", part), ("id", id), ("in", inside));

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
