using System.Text.RegularExpressions;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>What a library must be before anything is kept of it; every fault is named, with the indicators it concerns.</summary>
static partial class LibraryRules
{
    public const int Most = 1000;

    // Addresses of pages and calls stand where a code could.
    static readonly string[] Reserved = ["export", "import", "new", "scores", "versions"];

    /// <param name="touchpoints">The touchpoints that are there.</param>
    /// <param name="units">The codes of the org units that are there.</param>
    public static IEnumerable<FieldError> Faults(IReadOnlyList<Indicator> all, IReadOnlySet<string> touchpoints, IReadOnlySet<string> units) =>
        [.. all.Index().SelectMany(pair => Own(pair.Index, pair.Item, touchpoints, units)), .. Tree(all)];

    static IEnumerable<FieldError> Own(int index, Indicator it, IReadOnlySet<string> touchpoints, IReadOnlySet<string> units)
    {
        if (!Code().IsMatch(it.Code))
            yield return At("code", "code", ("A code has 1 to 64 letters, digits, dots, hyphens or underscores.", "编号由 1 至 64 个字母、数字、点、连字符或下划线组成。"));
        if (Reserved.Contains(it.Code))
            yield return At("code", "reserved", ($"'{it.Code}' cannot be a code; choose another.", $"“{it.Code}”不能用作编号，请另选。"));
        foreach (var (part, text) in new[] { ("en", it.Name.En), ("zh-CN", it.Name.Zh) })
            if (string.IsNullOrWhiteSpace(text) || text.Length > 100 || text.Any(char.IsControl))
                yield return At("name/" + part, "name", ("A name has 1 to 100 characters in one line.", "名称为一行，1 至 100 个字符。"));
        if (it.Definition is { } definition && (definition.En.Length > 2000 || definition.Zh.Length > 2000))
            yield return At("definition", "length", ("A definition has at most 2,000 characters.", "定义最多 2000 个字符。"));
        if (it.Owner is { Length: > 200 })
            yield return At("owner", "length", ("An owner has at most 200 characters.", "负责人最多 200 个字符。"));
        if (it.Level is < 1 or > 4)
            yield return At("level", "range", ("The level is 1 to 4.", "层级为 1 至 4。"));
        if (!(it.Weight >= 0) || double.IsInfinity(it.Weight))
            yield return At("weight", "negative-weight", ($"The weight of '{it.Code}' must be 0 or more.", $"“{it.Code}”的权重不能为负。"));
        if (it.Domain is { } domain && it.Kind == IndicatorKind.X != (domain == IndicatorDomain.Experience))
            yield return At("domain", "domain", ("The domain of an x indicator is experience; that of an o indicator is business or operational.", "X 类指标的领域为 experience；O 类为 business 或 operational。"));
        if (it.Touchpoint is { } touchpoint && !touchpoints.Contains(touchpoint))
            yield return At("touchpoint", "touchpoint-not-found", ($"There is no touchpoint '{touchpoint}'.", $"触点“{touchpoint}”不存在。"));
        foreach (var code in it.Targets?.Keys.Where(code => !units.Contains(code)) ?? [])
            yield return At("targets", "org-unit-not-found", ($"There is no org unit '{code}'.", $"组织单元“{code}”不存在。"));
        if (it.Best is null != it.Worst is null)
            yield return At(it.Best is null ? "best" : "worst", "scale", ("Best and worst are given together.", "最好值与最差值须同时填写。"));
        if (it.Best is { } best && best == it.Worst)
            yield return At("worst", "scale", ($"Best and worst must differ; both are {best}.", $"最好值与最差值不能相同（均为 {best}）。"));
        if (it.Direction is { } direction && it.Goalposts() is { } posts && direction == Direction.Lower != posts.Best < posts.Worst)
            yield return At("direction", "direction", ("Direction, best and worst contradict each other.", "方向与最好值、最差值相互矛盾。"));
        if (it.Measure is not { } measure)
            yield break;
        if (measure.IsX() != (it.Kind == IndicatorKind.X))
            yield return At("measure/type", "kind", ("An x indicator is measured by answers, an o indicator by O-data.", "X 类指标由问卷答案计算，O 类指标由运营数据计算。"));
        if (it.Goalposts() is null)
            yield return At("best", "scale", ("This measure needs best and worst to become a score.", "该计算方式需要填写最好值和最差值。"));
        foreach (var missing in Missing(measure))
            yield return At("measure/" + missing, "required", ($"This measure needs '{missing}'.", $"该计算方式需要“{missing}”。"));
        if (!(measure.Per > 0))
            yield return At("measure/per", "range", ("'per' is above 0.", "per 须大于 0。"));

        FieldError At(string field, string code, Say say) => new($"/indicators/{index}/{field}", code, say);
    }

    static IEnumerable<string> Missing(Measure measure)
    {
        (string Name, bool Given)[] needed = measure.Type switch
        {
            MeasureType.Nps => [],
            MeasureType.CsatTopBox or MeasureType.CesEasy or MeasureType.CesMean => [("survey", measure.Survey is not null), ("question", measure.Question is not null)],
            MeasureType.OptionShare => [("survey", measure.Survey is not null), ("question", measure.Question is not null), ("options", measure.Options is { Count: > 0 })],
            MeasureType.Mean or MeasureType.Sum => [("source", measure.Source is not null), ("metric", measure.Metric is not null)],
            MeasureType.Count => [("source", measure.Source is not null)],
            MeasureType.FieldShare => [("source", measure.Source is not null), ("field", measure.Field is not null), ("options", measure.Options is { Count: > 0 })],
            _ => [("numerator", measure.Numerator is not null), ("denominator", measure.Denominator is not null)],
        };
        return needed.Where(field => !field.Given).Select(field => field.Name);
    }

    static IEnumerable<FieldError> Tree(IReadOnlyList<Indicator> all)
    {
        var byCode = all.ToLookup(it => it.Code, StringComparer.Ordinal);
        foreach (var (index, it) in all.Index())
            if (byCode[it.Code].First() is var first && !ReferenceEquals(first, it))
                yield return first.Parent == it.Parent
                    ? new($"/indicators/{index}/code", "taken", ($"'{it.Code}' is there twice.", $"“{it.Code}”重复。"))
                    : new($"/indicators/{index}/parent", "two-parents", ($"'{it.Code}' has two parents, '{first.Parent}' and '{it.Parent}': an indicator has one.", $"“{it.Code}”有两个上级：“{first.Parent}”和“{it.Parent}”，只能有一个。"));
            else if (it.Parent is { } parent && !byCode.Contains(parent))
                yield return new($"/indicators/{index}/parent", "parent-not-found", ($"There is no indicator '{parent}' for '{it.Code}' to stand below.", $"“{it.Code}”的上级“{parent}”不存在。"));
            else if (Circle(it, byCode) is { } circle)
                yield return new($"/indicators/{index}/parent", "cycle", ($"'{it.Code}' is above itself: {string.Join(" > ", circle)}.", $"“{it.Code}”是自己的上级：{string.Join(" > ", circle)}。"));
            else if (it.Parent is not null && byCode[it.Parent].First() is var above && above.Level != it.Level - 1)
                yield return new($"/indicators/{index}/level", "level", ($"'{it.Code}' is on level {it.Level} and stands below '{above.Code}' on level {above.Level}.", $"“{it.Code}”为 {it.Level} 级，其上级“{above.Code}”为 {above.Level} 级。"));
            else if (it.Retired && all.Where(child => child.Parent == it.Code && !child.Retired).Select(child => child.Code).ToList() is { Count: > 0 } children)
                yield return new($"/indicators/{index}/retired", "indicator-in-use", ($"'{it.Code}' cannot be retired: below it are {Names(children)}.", $"“{it.Code}”不能停用，其下还有：{Names(children)}。"));
            else if (all.Where(child => child.Parent == it.Code && !child.Retired).ToList() is { Count: > 0 } below && below.All(child => child.Weight == 0))
                yield return new($"/indicators/{index}/weight", "zero-weights", ($"The weights below '{it.Code}' are all 0: {Names(below.Select(child => child.Code))}.", $"“{it.Code}”之下的权重全部为 0：{Names(below.Select(child => child.Code))}。"));
        var roots = all.Where(it => it.Parent is null && !it.Retired).ToList();
        if (roots.Count != 1)
            yield return new("/indicators", "root", (
                roots.Count == 0 ? "One indicator must have no parent: the north star." : $"One indicator alone has no parent; these have none: {Names(roots.Select(root => root.Code))}.",
                roots.Count == 0 ? "须有一个没有上级的指标，即北极星指标。" : $"只能有一个指标没有上级；现有：{Names(roots.Select(root => root.Code))}。"));
        else if (roots[0].Level != 1)
            yield return new($"/indicators/{all.Index().First(pair => ReferenceEquals(pair.Item, roots[0])).Index}/level", "level", ($"'{roots[0].Code}' has no parent, and so is on level 1.", $"“{roots[0].Code}”没有上级，应为 1 级。"));
    }

    /// <summary>The way from an indicator up to itself; null where it leads to the top.</summary>
    static List<string>? Circle(Indicator it, ILookup<string, Indicator> byCode)
    {
        List<string> way = [it.Code];
        for (var at = it.Parent; at is not null && byCode[at].FirstOrDefault() is { } above; at = above.Parent)
        {
            if (at == it.Code)
                return [.. way, at];
            if (way.Contains(at))
                return null;
            way.Add(at);
        }
        return null;
    }

    static string Names(IEnumerable<string> codes) => string.Join(", ", codes);

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Code();
}
