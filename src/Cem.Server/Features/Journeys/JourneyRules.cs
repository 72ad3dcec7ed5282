using System.Text.RegularExpressions;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys;

/// <summary>What a journey must keep to, whichever way it comes: page, API or file.</summary>
static partial class JourneyRules
{
    const int LongestName = 100;
    const int LongestText = 1000;
    const int LongestWord = 60;
    const int MostStages = 30;
    const int MostScenes = 30;
    const int MostTouchpoints = 20;
    const int MostRows = 30;

    /// <summary>Words that stand for pages.</summary>
    static readonly string[] Reserved = ["new", "import", "shared"];

    public static bool IsCode(string code) => code.Length <= 64 && CodePattern().IsMatch(code) && !Reserved.Contains(code);

    /// <summary>The same journey in one form: lists instead of nothing, no empty words, a code for every row of the blueprint.</summary>
    /// <exception cref="Problem">400: a list holds null.</exception>
    public static Journey Normal(Journey journey)
    {
        NoNulls(journey);
        var taken = journey.Stages.SelectMany(Rows).Select(row => row.Code).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return journey with
        {
            Name = Tidy(journey.Name),
            Description = Trim(journey.Description),
            VariantOf = Trim(journey.VariantOf),
            Variant = Trim(journey.Variant?.Channel) is var channel && Trim(journey.Variant?.Product) is var product && (channel ?? product) is not null ? new Variant(channel, product) : null,
            Stages = [.. journey.Stages.Select(stage => Normal(stage, taken))],
        };
    }

    /// <summary>Everything that is wrong, each by its pointer.</summary>
    /// <param name="touchpoints">Codes that are there.</param>
    /// <param name="indicators">Codes of the newest library.</param>
    public static IEnumerable<FieldError> Faults(Journey journey, IReadOnlySet<string> touchpoints, IReadOnlySet<string> indicators)
    {
        var faults = new List<FieldError>();
        Name(journey.Name, "/name");
        Text(journey.Description, "/description");
        Word(journey.Variant?.Channel, "/variant/channel");
        Word(journey.Variant?.Product, "/variant/product");
        if (journey.VariantOf is null != journey.Variant is null)
            faults.Add(new(journey.VariantOf is null ? "/variantOf" : "/variant", "variant", (
                "A variant says which journey it is a variant of, and for which channel or product.", "变体须说明属于哪条旅程，以及针对的渠道或产品。")));
        Most(journey.Stages.Count, MostStages, "/stages");
        Unique(journey.Stages.Select((stage, i) => (stage.Code, $"/stages/{i}/code")));
        Unique(journey.Stages.SelectMany((stage, i) => stage.Scenes!.Select((scene, k) => (scene.Code, $"/stages/{i}/scenes/{k}/code"))));
        Unique(journey.Stages.SelectMany((stage, i) => Blueprint.Lanes.SelectMany(lane => stage.Blueprint![lane].Select((row, k) => (row.Code!, $"/stages/{i}/blueprint/{lane}/{k}/code")))));
        foreach (var (i, stage) in journey.Stages.Index())
            OfStage(stage, $"/stages/{i}");
        return faults;

        void OfStage(Stage stage, string at)
        {
            Name(stage.Name, at + "/name");
            Text(stage.Goals, at + "/goals");
            Text(stage.Expectations, at + "/expectations");
            Most(stage.Scenes!.Count, MostScenes, at + "/scenes");
            foreach (var (k, scene) in stage.Scenes.Index())
                OfScene(scene, $"{at}/scenes/{k}");
            foreach (var lane in Blueprint.Lanes)
            {
                Most(stage.Blueprint![lane].Count, MostRows, $"{at}/blueprint/{lane}");
                foreach (var (k, row) in stage.Blueprint[lane].Index())
                    OfRow(row, $"{at}/blueprint/{lane}/{k}");
            }
        }

        void OfScene(Scene scene, string at)
        {
            Name(scene.Name, at + "/name");
            Text(scene.Actions, at + "/actions");
            Text(scene.Thoughts, at + "/thoughts");
            if (scene.Emotion is < -2 or > 2)
                faults.Add(new(at + "/emotion", "range", ("Emotion is a whole number from -2 to 2.", "情绪为 -2 到 2 的整数。")));
            Most(scene.Touchpoints!.Count, MostTouchpoints, at + "/touchpoints");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (k, code) in scene.Touchpoints.Index())
                if (!touchpoints.Contains(code))
                    faults.Add(new($"{at}/touchpoints/{k}", "touchpoint-not-found", ($"There is no touchpoint '{code}'.", $"触点“{code}”不存在。")));
                else if (!seen.Add(code))
                    faults.Add(new($"{at}/touchpoints/{k}", "twice", ($"The touchpoint '{code}' stands in this scene twice.", $"触点“{code}”在该场景中重复。")));
        }

        void OfRow(BlueprintRow row, string at)
        {
            Name(row.Node, at + "/node");
            Text(row.Role, at + "/role", LongestName);
            Text(row.Action, at + "/action");
            Word(row.Channel, at + "/channel");
            if (row.Indicator is { } indicator && !indicators.Contains(indicator))
                faults.Add(new(at + "/indicator", "indicator-not-found", ($"There is no indicator '{indicator}' in the library.", $"指标库中没有“{indicator}”。")));
        }

        void Name(Wording name, string at) => Text(name, at, LongestName);

        void Text(Wording? text, string at, int longest = LongestText)
        {
            if (text is null)
                return;
            One(text.En, at + "/en", longest);
            One(text.Zh, $"{at}/{Languages.Chinese}", longest);
        }

        void One(string text, string at, int longest)
        {
            if (text.Length == 0)
                faults.Add(new(at, "not-empty", ("Say it in this language too.", "此语言的内容也需要填写。")));
            else if (text.Length > longest)
                faults.Add(new(at, "maximum-length", ($"At most {longest} characters.", $"最多 {longest} 个字符。")));
        }

        void Word(string? word, string at)
        {
            if (word is { Length: > LongestWord })
                faults.Add(new(at, "maximum-length", ($"At most {LongestWord} characters.", $"最多 {LongestWord} 个字符。")));
        }

        void Most(int count, int most, string at)
        {
            if (count > most)
                faults.Add(new(at, "too-many", ($"At most {most}.", $"最多 {most} 项。")));
        }

        void Unique(IEnumerable<(string Code, string At)> codes)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (code, at) in codes)
                if (code.Length > 64 || !CodePattern().IsMatch(code))
                    faults.Add(new(at, "code", ("A code has 1 to 64 letters, digits, '.', '-' or '_', and begins with a letter or digit.", "代码由 1 到 64 个字母、数字、“.”、“-”或“_”组成，以字母或数字开头。")));
                else if (!seen.Add(code))
                    faults.Add(new(at, "twice", ($"The code '{code}' stands in this journey twice.", $"代码“{code}”在该旅程中重复。")));
        }
    }

    static Stage Normal(Stage stage, HashSet<string> taken) => stage with
    {
        Name = Tidy(stage.Name), Goals = Trim(stage.Goals), Expectations = Trim(stage.Expectations),
        Scenes = [.. (stage.Scenes ?? []).Select(scene => scene with { Name = Tidy(scene.Name), Actions = Trim(scene.Actions), Thoughts = Trim(scene.Thoughts), Touchpoints = scene.Touchpoints ?? [] })],
        Blueprint = Blueprint.Lanes.Aggregate(new Blueprint(), (all, lane) => all.With(lane, [.. (stage.Blueprint ?? new())[lane].Select((row, i) => row with
        {
            Node = Tidy(row.Node), Role = Trim(row.Role), Action = Trim(row.Action), Channel = Trim(row.Channel), Indicator = Trim(row.Indicator), Code = row.Code ?? Fresh($"{stage.Code}.{lane}.{i + 1}", taken),
        })])),
    };

    /// <summary>A code that nothing else has: the one proposed, else with a number behind it.</summary>
    public static string Fresh(string proposed, ISet<string> taken)
    {
        proposed = proposed.Length > 56 ? proposed[^56..].TrimStart('.', '-', '_') : proposed;
        var code = proposed;
        for (var i = 2; !taken.Add(code); i++)
            code = $"{proposed}-{i}";
        return code;
    }

    static IEnumerable<BlueprintRow> Rows(Stage stage) => Blueprint.Lanes.SelectMany(lane => (stage.Blueprint ?? new())[lane]);

    /// <summary>Serializers let null into lists.</summary>
    static void NoNulls(Journey journey)
    {
        if (journey.Stages.Any(stage => stage is null || stage.Scenes?.Any(scene => scene is null || scene.Touchpoints?.Any(code => code is null) == true) == true || Rows(stage).Any(row => row is null)))
            throw Problem.Malformed("/stages", "null", ("A list holds null.", "列表中含有空值。"));
    }

    static Wording Tidy(Wording text) => new(text.En.Trim(), text.Zh.Trim());

    static Wording? Trim(Wording? text) => text is null || Tidy(text) is { En: "", Zh: "" } ? null : Tidy(text);

    static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex CodePattern();
}
