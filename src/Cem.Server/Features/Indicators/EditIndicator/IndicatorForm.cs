using System.Globalization;
using System.Text.Json;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators.EditIndicator;

/// <summary>An indicator as fields of a form; they are named as the pointers of refusals.</summary>
static class IndicatorForm
{
    /// <summary>Empty lines for targets of org units.</summary>
    public const int BlankTargets = 3;

    public const int MostTargets = 500;

    public static IEnumerable<(string, object?)> Of(Indicator it)
    {
        yield return ("code", it.Code);
        yield return ("name.en", it.Name.En);
        yield return ("name.zh-CN", it.Name.Zh);
        yield return ("definition.en", it.Definition?.En);
        yield return ("definition.zh-CN", it.Definition?.Zh);
        yield return ("parent", it.Parent);
        yield return ("kind", it.Kind == IndicatorKind.X ? "x" : it.Domain == IndicatorDomain.Business ? "business" : "operational");
        yield return ("weight", it.Weight);
        yield return ("touchpoint", it.Touchpoint);
        yield return ("owner", it.Owner);
        yield return ("direction", it.Direction is { } direction ? Name(direction) : "");
        yield return ("best", it.Best);
        yield return ("worst", it.Worst);
        yield return ("target", it.Target);
        yield return ("threshold", it.Threshold);
        yield return ("revision", LibraryEdit.Revision(it));
        foreach (var (index, (unit, value)) in (it.Targets ?? new Dictionary<string, double>()).Index())
        {
            yield return (At(index, "unit"), unit);
            yield return (At(index, "value"), value);
        }
        if (it.Measure is not { } measure)
            yield break;
        yield return ("measure.type", Name(measure.Type));
        yield return ("measure.question", measure.Question is null && measure.Survey is null ? "" : $"{measure.Survey}/{measure.Question}");
        yield return ("measure.touchpoints", measure.Touchpoints ?? []);
        yield return ("measure.options", string.Join(", ", measure.Options ?? []));
        yield return ("measure.of", string.Join(", ", measure.Of ?? []));
        yield return ("measure.data", measure.Source is null ? "" : $"{measure.Source}/{measure.Metric}");
        yield return ("measure.field", measure.Field);
        yield return ("measure.per", measure.Per == 1 ? null : measure.Per);
        foreach (var (name, term) in new[] { ("numerator", measure.Numerator), ("denominator", measure.Denominator) })
        {
            yield return ("measure." + name, term is null ? "" : $"{term.Source}/{term.Metric}");
            yield return ($"measure.{name}.touchpoints", term?.Touchpoints ?? []);
        }
    }

    public static IEnumerable<(string, object?)> Of(IReadOnlyList<Wording> levels) =>
        levels.Index().SelectMany(pair => new (string, object?)[] { (Level(pair.Index, "en"), pair.Item.En), (Level(pair.Index, Languages.Chinese), pair.Item.Zh) });

    /// <summary>What the form says.</summary>
    /// <param name="known">The indicator it was drawn from: what the form does not show stays.</param>
    /// <exception cref="Problem">422: a number, a day or a choice cannot be read.</exception>
    public static (Indicator It, DateOnly? ValidFrom, IReadOnlyList<Wording> Levels) Read(IFormCollection form, Indicator? known)
    {
        var kind = form["kind"].ToString();
        var it = new Indicator(
            known?.Code ?? form["code"].ToString().Trim(), new Wording(form["name.en"].ToString().Trim(), form["name.zh-CN"].ToString().Trim()), 0, Text(form, "parent"),
            kind == "x" ? IndicatorKind.X : IndicatorKind.O, kind == "business" ? IndicatorDomain.Business : kind == "operational" ? IndicatorDomain.Operational : known?.Domain == IndicatorDomain.Experience ? IndicatorDomain.Experience : null,
            Number(form, "weight") ?? 1, Words(form, "definition"), Measured(form), Text(form, "direction") is null ? null : Choice<Direction>(form, "direction"), Number(form, "best"), Number(form, "worst"),
            Text(form, "touchpoint"), Text(form, "owner"), Number(form, "target"), Targets(form), Number(form, "threshold"), known?.Weighting);
        DateOnly? validFrom = Text(form, "validFrom") is not { } day ? null : DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read
            : throw Problem.Rule("/validFrom", "date", ("Write the day as 2026-04-01.", "请按 2026-04-01 的格式填写日期。"));
        return (it, validFrom, [.. Enumerable.Range(0, 4).Select(level => new Wording(Named(form, level, "en"), Named(form, level, Languages.Chinese)))]);
    }

    /// <summary>Which indicator, as it was, the form was drawn from.</summary>
    public static long? Revision(IFormCollection form, Indicator? known) =>
        known is null ? null : long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1;

    /// <summary>The field of the form that a pointer means.</summary>
    public static string Pointer(string pointer) => pointer switch
    {
        "/measure/survey" => "/measure/question",
        "/measure/source" or "/measure/metric" => "/measure/data",
        "/domain" => "/kind",
        "/targets" => "/targets/0/unit",
        _ when pointer.StartsWith("/measure/numerator", StringComparison.Ordinal) => "/measure/numerator",
        _ when pointer.StartsWith("/measure/denominator", StringComparison.Ordinal) => "/measure/denominator",
        _ => pointer,
    };

    public static string At(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"targets.{index}.{name}");

    public static string Level(int index, string language) => string.Create(CultureInfo.InvariantCulture, $"levels.{index + 1}.{language}");

    public static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    static string Named(IFormCollection form, int level, string language) => Text(form, Level(level, language)) is not { Length: <= 40 } name
        ? throw Problem.Rule("/" + Level(level, language).Replace('.', '/'), "name", ("The name of a level has 1 to 40 characters.", "层级名称为 1 至 40 个字符。"))
        : name;

    static Measure? Measured(IFormCollection form)
    {
        if (Text(form, "measure.type") is null)
            return null;
        var (type, question) = (Choice<MeasureType>(form, "measure.type"), Pair(form, "measure.question"));
        var asked = new Measure(type);
        var data = Pair(form, "measure.data");
        return type switch
        {
            _ when asked.IsX() => asked with
            {
                Survey = question.First, Question = question.Second, Touchpoints = List(form, "measure.touchpoints"),
                Options = type == MeasureType.OptionShare ? Parts(form, "measure.options") : null, Of = type == MeasureType.OptionShare ? Parts(form, "measure.of") : null,
            },
            MeasureType.Ratio => asked with { Numerator = TermOf(form, "numerator"), Denominator = TermOf(form, "denominator"), Per = Number(form, "measure.per") ?? 1 },
            _ => asked with
            {
                Source = data.First, Metric = type is MeasureType.Mean or MeasureType.Sum ? data.Second : null, Touchpoints = List(form, "measure.touchpoints"),
                Field = type == MeasureType.FieldShare ? Text(form, "measure.field") : null,
                Options = type == MeasureType.FieldShare ? Parts(form, "measure.options") : null, Of = type == MeasureType.FieldShare ? Parts(form, "measure.of") : null,
            },
        };
    }

    static Term? TermOf(IFormCollection form, string name) =>
        Pair(form, "measure." + name) is ({ } source, var metric) ? new Term(source, metric, List(form, $"measure.{name}.touchpoints")) : null;

    static (string? First, string? Second) Pair(IFormCollection form, string name) => Text(form, name)?.Split('/', 2) is [var first, var second]
        ? (first.Length > 0 ? first : null, second.Length > 0 ? second : null)
        : (null, null);

    static List<string>? List(IFormCollection form, string name) => form[name].Count == 0 ? null : [.. form[name].OfType<string>()];

    static List<string>? Parts(IFormCollection form, string name)
    {
        var parts = form[name].ToString().Split([',', '，', '、', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? null : [.. parts];
    }

    static Dictionary<string, double>? Targets(IFormCollection form)
    {
        var targets = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < MostTargets && form.ContainsKey(At(i, "unit")); i++)
            if (Text(form, At(i, "unit")) is { } unit)
                targets[unit] = Number(form, At(i, "value")) ?? throw Problem.Rule("/" + At(i, "value").Replace('.', '/'), "required", ("Say the target of this org unit.", "请填写该组织单元的目标。"));
        return targets.Count == 0 ? null : targets;
    }

    static Wording? Words(IFormCollection form, string name)
    {
        var (en, zh) = (Text(form, name + ".en"), Text(form, name + ".zh-CN"));
        return en is null && zh is null ? null : new Wording(en ?? zh!, zh ?? en!);
    }

    static double? Number(IFormCollection form, string name) => Text(form, name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw Problem.Rule("/" + name.Replace('.', '/'), "number", ("A number is needed, such as 0.5.", "请填写数字，例如 0.5。"));

    static T Choice<T>(IFormCollection form, string name) where T : struct, Enum =>
        Enum.TryParse<T>(form[name], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
            : throw Problem.Rule("/" + name.Replace('.', '/'), "choice", ("Choose one of the options.", "请选择一个选项。"));

    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
