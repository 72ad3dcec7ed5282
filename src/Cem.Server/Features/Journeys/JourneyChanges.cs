using Cem.Kernel.Text;

namespace Cem.Server.Features.Journeys;

/// <summary>Says in words what changed between two states of a journey.</summary>
static class JourneyChanges
{
    /// <summary>Changes named one by one; what is beyond is counted.</summary>
    const int Most = 20;

    public static IReadOnlyList<Wording> Between(Journey before, Journey after)
    {
        List<Wording> all = [.. Head(before, after), .. Stages(before, after), .. Scenes(before, after), .. Rows(before, after)];
        return all.Count <= Most ? all : [.. all.Take(Most), new($"and {all.Count - Most} more", $"以及另外 {all.Count - Most} 处")];
    }

    static IEnumerable<Wording> Head(Journey before, Journey after)
    {
        if (before.Name != after.Name)
            yield return new($"Renamed from '{before.Name.En}' to '{after.Name.En}'", $"由“{before.Name.Zh}”改名为“{after.Name.Zh}”");
        if (before.Description != after.Description)
            yield return new("Description changed", "修改说明");
        if (before.Variant != after.Variant || before.VariantOf != after.VariantOf)
            yield return new("What it is a variant for changed", "修改变体的适用范围");
    }

    static IEnumerable<Wording> Stages(Journey before, Journey after) => Of(
        before.Stages, after.Stages, stage => stage.Code, stage => stage.Name, ("Stage", "阶段"), (a, b) => Named([
            (a.Name != b.Name, "name", "名称"), (a.Goals != b.Goals, "goals", "目标"), (a.Expectations != b.Expectations, "expectations", "期望")]));

    static IEnumerable<Wording> Scenes(Journey before, Journey after)
    {
        var homes = before.Stages.SelectMany(stage => stage.Scenes!.Select(scene => (scene.Code, Stage: stage))).ToDictionary(pair => pair.Code, pair => pair.Stage.Code);
        foreach (var stage in after.Stages)
            foreach (var scene in stage.Scenes!.Where(scene => homes.TryGetValue(scene.Code, out var home) && home != stage.Code))
                yield return new($"Scene '{scene.Name.En}' moved to the stage '{stage.Name.En}'", $"场景“{scene.Name.Zh}”移至阶段“{stage.Name.Zh}”");
        foreach (var change in Of([.. before.Scenes], [.. after.Scenes], scene => scene.Code, scene => scene.Name, ("Scene", "场景"), (a, b) => Named([
            (a.Name != b.Name, "name", "名称"), (a.Actions != b.Actions, "actions", "行为"), (a.Thoughts != b.Thoughts, "thoughts", "想法"), (a.Emotion != b.Emotion, "emotion", "情绪"),
            (a.MomentThatMatters != b.MomentThatMatters, "moment that matters", "关键时刻"), (!a.Touchpoints!.SequenceEqual(b.Touchpoints!), "touchpoints", "触点")])))
            yield return change;
    }

    static IEnumerable<Wording> Rows(Journey before, Journey after) => Of(
        All(before), All(after), row => row.Row.Code!, row => row.Row.Node, ("Blueprint step", "蓝图节点"), (a, b) => Named([
            (a.Place != b.Place, "lane", "所在泳道"), (a.Row.Node != b.Row.Node, "business node", "业务节点"), (a.Row.Role != b.Row.Role, "role", "角色"),
            (a.Row.Action != b.Row.Action, "action", "动作"), (a.Row.Channel != b.Row.Channel, "channel", "渠道"), (a.Row.Indicator != b.Row.Indicator, "indicator", "指标")]));

    static List<(string Place, BlueprintRow Row)> All(Journey journey) =>
        [.. journey.Stages.SelectMany(stage => Blueprint.Lanes.SelectMany(lane => stage.Blueprint![lane].Select(row => ($"{stage.Code} {lane}", row))))];

    static IEnumerable<Wording> Of<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> code, Func<T, Wording> name, (string En, string Zh) kind, Func<T, T, (string En, string Zh)?> differ)
    {
        var (was, now) = (before.ToDictionary(code), after.ToDictionary(code));
        foreach (var gone in before.Where(each => !now.ContainsKey(code(each))))
            yield return new($"{kind.En} '{name(gone).En}' removed", $"删除{kind.Zh}“{name(gone).Zh}”");
        foreach (var made in after.Where(each => !was.ContainsKey(code(each))))
            yield return new($"{kind.En} '{name(made).En}' added", $"新增{kind.Zh}“{name(made).Zh}”");
        foreach (var each in after)
            if (was.TryGetValue(code(each), out var old) && differ(old, each) is var (en, zh))
                yield return new($"{kind.En} '{name(old).En}': {en} changed", $"{kind.Zh}“{name(old).Zh}”：修改{zh}");
        if (!before.Select(code).Where(now.ContainsKey).SequenceEqual(after.Select(code).Where(was.ContainsKey)))
            yield return new($"{kind.En}s in another order", $"调整{kind.Zh}顺序");
    }

    static (string, string)? Named(IReadOnlyList<(bool Changed, string En, string Zh)> fields) => fields.Where(field => field.Changed).ToList() is { Count: > 0 } changed
        ? (string.Join(", ", changed.Select(field => field.En)), string.Join("、", changed.Select(field => field.Zh)))
        : null;
}
