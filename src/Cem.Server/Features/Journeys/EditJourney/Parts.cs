using System.Globalization;
using System.Text;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys.EditJourney;

/// <summary>The part of a journey that a form is about.</summary>
/// <param name="Kind">journey, stage, scene, row or touchpoint.</param>
/// <param name="Id">Its code; empty for a new one.</param>
/// <param name="In">Where it stands, or is to: a stage, a scene, <c>stage:lane</c>.</param>
sealed record Part(string Kind, string Id, string In)
{
    static readonly string[] Kinds = ["journey", "stage", "scene", "row", "touchpoint"];

    public bool IsNew => Id.Length == 0 && Kind != "journey";

    /// <exception cref="Problem">404: there is no such part.</exception>
    public static Part Of(string? kind, string? id, string? inside) => Kinds.Contains(kind) ? new Part(kind!, id ?? "", inside ?? "") : throw Gone();

    public static Problem Gone() => Problem.NotFound("part-not-found", ("This part of the journey is not there, or no longer.", "旅程中没有该部分，或已被删除。"));
}

/// <summary>Journeys taken apart and put together again; pure.</summary>
static class Parts
{
    /// <summary>What the part itself says, without what is below it; null where it is not there.</summary>
    public static string? Text(Journey journey, Part part)
    {
        switch (part.Kind)
        {
            case "journey":
                return Json.Write(journey with { Stages = [] });
            case "stage":
                return part.IsNew ? "" : Stage(journey, part.Id) is { } stage ? Json.Write(stage with { Scenes = null, Blueprint = null }) : null;
            case "scene":
                return part.IsNew ? Stage(journey, part.In) is null ? null : "" : Scene(journey, part.Id) is { } scene ? Json.Write(scene with { Touchpoints = null }) : null;
            case "row":
                return part.IsNew ? Lane(journey, part.In) is null ? null : "" : Row(journey, part.Id) is var (_, _, row) ? Json.Write(row) : null;
            default:
                return Scene(journey, part.In) is { } home && (part.IsNew || home.Touchpoints!.Contains(part.Id)) ? "" : null;
        }
    }

    /// <summary>The fields of the form as the part fills them.</summary>
    public static IEnumerable<(string Name, object? Value)> Fields(Journey journey, Part part) => part.IsNew ? [] : part.Kind switch
    {
        "journey" => [.. Words("name", journey.Name), .. Words("description", journey.Description), ("channel", journey.Variant?.Channel), ("product", journey.Variant?.Product)],
        "stage" when Stage(journey, part.Id) is { } stage => [.. Words("name", stage.Name), .. Words("goals", stage.Goals), .. Words("expectations", stage.Expectations)],
        "scene" when Scene(journey, part.Id) is { } scene =>
        [
            .. Words("name", scene.Name), .. Words("actions", scene.Actions), .. Words("thoughts", scene.Thoughts),
            ("emotion", scene.Emotion?.ToString(CultureInfo.InvariantCulture) ?? ""), ("moment", scene.MomentThatMatters ? "true" : ""),
        ],
        "row" when Row(journey, part.Id) is var (_, _, row) => [.. Words("node", row.Node), .. Words("role", row.Role), .. Words("action", row.Action), ("channel", row.Channel), ("indicator", row.Indicator)],
        _ => [],
    };

    /// <summary>The journey with what the form says of the part, and the pointer of the part in it.</summary>
    public static (Journey Journey, string Place, string Code) Put(Journey journey, Part part, Func<string, string> field)
    {
        var taken = journey.Stages.Select(stage => stage.Code).Concat(journey.Scenes.Select(scene => scene.Code)).ToHashSet(StringComparer.Ordinal);
        switch (part.Kind)
        {
            case "journey":
                return (journey with { Name = Both(field, "name")!, Description = Both(field, "description"), Variant = journey.VariantOf is null ? null : new Variant(field("channel"), field("product")) }, "", "");
            case "stage":
                var stage = part.IsNew ? new Stage(JourneyRules.Fresh(Slug(field("name.en"), "stage"), taken), new("", ""), Scenes: [], Blueprint: new()) : Stage(journey, part.Id) ?? throw Part.Gone();
                stage = stage with { Name = Both(field, "name")!, Goals = Both(field, "goals"), Expectations = Both(field, "expectations") };
                var stages = Replaced(journey.Stages, part.IsNew, each => each.Code == part.Id, stage);
                return (journey with { Stages = stages }, $"/stages/{stages.IndexOf(stage)}", stage.Code);
            case "scene":
                var home = (part.IsNew ? Stage(journey, part.In) : journey.Stages.FirstOrDefault(each => each.Scenes!.Any(scene => scene.Code == part.Id))) ?? throw Part.Gone();
                var scene = part.IsNew ? new Scene(JourneyRules.Fresh(Slug(field("name.en"), "scene"), taken), new("", ""), Touchpoints: []) : Scene(journey, part.Id)!;
                scene = scene with
                {
                    Name = Both(field, "name")!, Actions = Both(field, "actions"), Thoughts = Both(field, "thoughts"), MomentThatMatters = field("moment").Length > 0,
                    Emotion = field("emotion") is { Length: > 0 } emotion ? int.TryParse(emotion, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var level) ? level : int.MinValue : null,
                };
                var scenes = Replaced(home.Scenes!, part.IsNew, each => each.Code == part.Id, scene);
                return (With(journey, home with { Scenes = scenes }), $"{At(journey, home)}/scenes/{scenes.IndexOf(scene)}", scene.Code);
            case "row":
                var (owner, lane, row) = part.IsNew ? Lane(journey, part.In) is var (into, name) ? (into, name, new BlueprintRow(new("", ""))) : throw Part.Gone() : Row(journey, part.Id) ?? throw Part.Gone();
                row = row with
                {
                    Node = Both(field, "node")!, Role = Both(field, "role"), Action = Both(field, "action"), Channel = field("channel"), Indicator = field("indicator") is { Length: > 0 } indicator ? indicator : null,
                    Code = row.Code ?? JourneyRules.Fresh($"{owner.Code}.{Slug(field("node.en"), lane)}", Rows(journey).Select(each => each.Row.Code!).ToHashSet(StringComparer.Ordinal)),
                };
                var rows = Replaced(owner.Blueprint![lane], part.IsNew, each => each.Code == part.Id, row);
                return (With(journey, owner with { Blueprint = owner.Blueprint.With(lane, rows) }), $"{At(journey, owner)}/blueprint/{lane}/{rows.IndexOf(row)}", row.Code);
            default:
                var place = Scene(journey, part.In) ?? throw Part.Gone();
                var code = part.IsNew ? field("touchpoint") : part.Id;
                return (With(journey, place with { Touchpoints = [.. place.Touchpoints!.Where(each => each != code || !part.IsNew), .. part.IsNew ? new[] { code } : []] }), "", place.Code);
        }
    }

    /// <summary>The journey without the part, and without what is below it.</summary>
    public static Journey Without(Journey journey, Part part) => part.Kind switch
    {
        "stage" => journey with { Stages = [.. journey.Stages.Where(stage => stage.Code != part.Id)] },
        "scene" => journey with { Stages = [.. journey.Stages.Select(stage => stage with { Scenes = [.. stage.Scenes!.Where(scene => scene.Code != part.Id)] })] },
        "row" => journey with { Stages = [.. journey.Stages.Select(stage => Blueprint.Lanes.Aggregate(stage, (all, lane) => all with { Blueprint = all.Blueprint!.With(lane, [.. all.Blueprint[lane].Where(row => row.Code != part.Id)]) }))] },
        "touchpoint" when Scene(journey, part.In) is { } home => With(journey, home with { Touchpoints = [.. home.Touchpoints!.Where(code => code != part.Id)] }),
        _ => throw Part.Gone(),
    };

    public static Stage? Stage(Journey journey, string code) => journey.Stages.FirstOrDefault(stage => stage.Code == code);

    public static Scene? Scene(Journey journey, string code) => journey.Scenes.FirstOrDefault(scene => scene.Code == code);

    public static (Stage Stage, string Lane, BlueprintRow Row)? Row(Journey journey, string code) => Rows(journey).Where(each => each.Row.Code == code).Select(each => ((Stage, string, BlueprintRow)?)each).FirstOrDefault();

    /// <summary>The lane that <c>stage:lane</c> names.</summary>
    public static (Stage Stage, string Lane)? Lane(Journey journey, string place) =>
        place.Split(':') is [var code, var lane] && Blueprint.Lanes.Contains(lane) && Stage(journey, code) is { } stage ? (stage, lane) : null;

    public static Journey With(Journey journey, Stage stage) => journey with { Stages = [.. journey.Stages.Select(each => each.Code == stage.Code ? stage : each)] };

    public static Journey With(Journey journey, Scene scene) =>
        journey with { Stages = [.. journey.Stages.Select(stage => stage with { Scenes = [.. stage.Scenes!.Select(each => each.Code == scene.Code ? scene : each)] })] };

    /// <summary>A code made of English words; of Chinese ones there is none.</summary>
    public static string Slug(string name, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        var code = slug.ToString().Trim('-');
        return code.Length == 0 ? otherwise : code.Length <= 40 ? code : code[..40].Trim('-');
    }

    static IEnumerable<(Stage Stage, string Lane, BlueprintRow Row)> Rows(Journey journey) =>
        journey.Stages.SelectMany(stage => Blueprint.Lanes.SelectMany(lane => stage.Blueprint![lane].Select(row => (stage, lane, row))));

    static string At(Journey journey, Stage stage) => $"/stages/{journey.Stages.ToList().FindIndex(each => each.Code == stage.Code)}";

    static List<T> Replaced<T>(IReadOnlyList<T> all, bool added, Func<T, bool> isIt, T by) => added ? [.. all, by] : [.. all.Select(each => isIt(each) ? by : each)];

    static IEnumerable<(string, object?)> Words(string name, Wording? text) => [($"{name}.{Languages.English}", text?.En), ($"{name}.{Languages.Chinese}", text?.Zh)];

    /// <summary>Both languages of a field; one that is left empty takes the words of the other.</summary>
    static Wording? Both(Func<string, string> field, string name)
    {
        var (en, zh) = (field($"{name}.{Languages.English}"), field($"{name}.{Languages.Chinese}"));
        return en.Length == 0 && zh.Length == 0 && name is not ("name" or "node") ? null : new Wording(en.Length > 0 ? en : zh, zh.Length > 0 ? zh : en);
    }
}
