using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys.EditJourney;

/// <summary>
/// Parts put elsewhere, by button (<c>scene:book:back</c>, <c>scene:book:on</c>) or by dragging (<c>scene:book:to:travel:approve</c>: into
/// the stage travel, before the scene approve; without the last word at the end). Said of the journey as it is now, so that
/// two people who move different parts do not get in each other's way. Pure.
/// </summary>
static class Moves
{
    /// <exception cref="Problem">404: a part is not there, or no longer. 400: it is no such word.</exception>
    public static (Journey Journey, string Anchor) Make(Journey journey, string move) => move.Split(':') switch
    {
        ["stage", var code, var way and ("back" or "on")] => (Stage(journey, code, Beside([.. journey.Stages.Select(stage => stage.Code)], code, way)), "stage-" + code),
        ["stage", var code, "to", var before] => (Stage(journey, code, before), "stage-" + code),
        ["scene", var code, var way and ("back" or "on")] => (SceneBeside(journey, code, way), "scene-" + code),
        ["scene", var code, "to", var stage, var before] => (Scene(journey, code, stage, before), "scene-" + code),
        ["row", var code, var way and ("back" or "on")] when Parts.Row(journey, code) is var (stage, lane, _) =>
            (Row(journey, code, stage.Code, lane, Beside([.. stage.Blueprint![lane].Select(row => row.Code!)], code, way)), "row-" + code),
        ["row", var code, "to", var stage, var lane, var before] when Parts.Row(journey, code) is not null && Blueprint.Lanes.Contains(lane) => (Row(journey, code, stage, lane, before), "row-" + code),
        ["touchpoint", var scene, var code, var way and ("back" or "on")] when Parts.Scene(journey, scene) is { } home =>
            (Touchpoint(journey, scene, code, scene, Beside([.. home.Touchpoints!], code, way)), "scene-" + scene),
        ["touchpoint", var scene, var code, "to", var into, var before] => (Touchpoint(journey, scene, code, into, before), "scene-" + into),
        ["stage" or "scene" or "row" or "touchpoint", ..] => throw Part.Gone(),
        _ => throw Problem.Malformed("/move", "move", ("There is no such move.", "无法识别的移动操作。")),
    };

    /// <summary>Before which one it comes after one step; its own code where there is no step to make, empty for the end.</summary>
    static string Beside(List<string> codes, string code, string way)
    {
        var at = codes.IndexOf(code);
        return at < 0 ? throw Part.Gone() : way == "back" ? codes[Math.Max(0, at - 1)] : at == codes.Count - 1 ? code : codes.ElementAtOrDefault(at + 2) ?? "";
    }

    static Journey Stage(Journey journey, string code, string before)
    {
        var stage = Parts.Stage(journey, code) ?? throw Part.Gone();
        return journey with { Stages = Put(journey.Stages, stage, each => each.Code, before) };
    }

    // Over the edge of a stage a scene goes to the next one.
    static Journey SceneBeside(Journey journey, string code, string way)
    {
        var home = journey.Stages.Index().FirstOrDefault(pair => pair.Item.Scenes!.Any(scene => scene.Code == code)) is { Item: { } found } pair ? (pair.Index, Stage: found) : throw Part.Gone();
        List<string> codes = [.. home.Stage.Scenes!.Select(scene => scene.Code)];
        if (way == "back" && codes[0] == code)
            return home.Index == 0 ? journey : Scene(journey, code, journey.Stages[home.Index - 1].Code, "");
        if (way == "on" && codes[^1] == code)
            return home.Index == journey.Stages.Count - 1 ? journey : Scene(journey, code, journey.Stages[home.Index + 1].Code, journey.Stages[home.Index + 1].Scenes is [var first, ..] ? first.Code : "");
        return Scene(journey, code, home.Stage.Code, Beside(codes, code, way));
    }

    static Journey Scene(Journey journey, string code, string stage, string before)
    {
        var scene = Parts.Scene(journey, code) ?? throw Part.Gone();
        if (before == code)
            return journey;
        var without = Parts.Without(journey, new Part("scene", code, ""));
        var into = Parts.Stage(without, stage) ?? throw Part.Gone();
        return Parts.With(without, into with { Scenes = Put(into.Scenes!, scene, each => each.Code, before) });
    }

    static Journey Row(Journey journey, string code, string stage, string lane, string before)
    {
        var (_, _, row) = Parts.Row(journey, code)!.Value;
        if (before == code)
            return journey;
        var without = Parts.Without(journey, new Part("row", code, ""));
        var into = Parts.Stage(without, stage) ?? throw Part.Gone();
        return Parts.With(without, into with { Blueprint = into.Blueprint!.With(lane, Put(into.Blueprint[lane], row, each => each.Code!, before)) });
    }

    static Journey Touchpoint(Journey journey, string scene, string code, string into, string before)
    {
        if (Parts.Scene(journey, scene)?.Touchpoints!.Contains(code) != true || Parts.Scene(journey, into) is not { } target)
            throw Part.Gone();
        if (before == code)
            return journey;
        var without = Parts.Without(journey, new Part("touchpoint", code, scene));
        target = Parts.Scene(without, into)!;
        return Parts.With(without, target with { Touchpoints = Put(target.Touchpoints!, code, each => each, before) });
    }

    /// <summary>The list with the item before the one named; at the end where that is not there.</summary>
    static List<T> Put<T>(IReadOnlyList<T> all, T item, Func<T, string> code, string before)
    {
        if (before == code(item))
            return [.. all];
        List<T> rest = [.. all.Where(each => code(each) != code(item))];
        var at = rest.FindIndex(each => code(each) == before);
        rest.Insert(at < 0 ? rest.Count : at, item);
        return rest;
    }
}
