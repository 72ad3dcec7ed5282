using System.Globalization;
using Cem.Kernel.Html;
using Cem.Kernel.Web;
using static System.FormattableString;

namespace Cem.Server.Features.Indicators.WeighIndicators;

/// <summary>The weights of a family as fields of a form: <c>weights.0</c> for a child, <c>pairs.0.1</c> for the first compared with the second.</summary>
static class WeightForm
{
    /// <summary>Saaty's scale: how many times as important; below 1 the other one is.</summary>
    public static readonly IReadOnlyList<string> Scale = ["9", "8", "7", "6", "5", "4", "3", "2", "1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9"];

    // People write 0.33 and 0.167 for a third and a sixth.
    const double Near = 0.02;

    public static Form Of(Family family, DateOnly first)
    {
        var method = family.Parent.Weighting?.Method ?? WeightingMethod.Manual;
        var all = family.Children.Sum(child => child.Weight);
        return Form.Of([
            ("method", Name(method)), ("validFrom", first), ("revision", family.Revision),
            .. family.Children.Index().Select(pair => (Weight(pair.Index), (object?)(method == WeightingMethod.Manual ? pair.Item.Weight : Math.Round(pair.Item.Weight / all, 4)))),
            .. Pairs(family).Select(pair => (Pair(pair.I, pair.J), (object?)Judgement(family, pair.I, pair.J))),
        ]);
    }

    /// <summary>Each two of the family, once.</summary>
    public static IEnumerable<(int I, int J)> Pairs(Family family) =>
        Enumerable.Range(0, family.Children.Count).SelectMany(i => Enumerable.Range(i + 1, family.Children.Count - i - 1).Select(j => (i, j)));

    public static WeightingMethod Method(IFormCollection form) => Enum.TryParse<WeightingMethod>(form["method"], ignoreCase: true, out var method) && Enum.IsDefined(method) ? method
        : throw Problem.Rule("/method", "choice", ("Choose how the weights are found.", "请选择赋权方式。"));

    /// <exception cref="Problem">412 where the family is another by now; 422: a weight, a comparison or a day cannot be read.</exception>
    public static Request Read(IFormCollection form, Family family, WeightingMethod method, Spread? spread)
    {
        if (form["revision"] != Invariant($"{family.Revision}"))
            throw Problem.Stale();
        DateOnly? validFrom = form["validFrom"].ToString() is not { Length: > 0 } day ? null : DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read
            : throw Problem.Rule("/validFrom", "date", ("Write the day as 2026-04-01.", "请按 2026-04-01 的格式填写日期。"));
        var note = form["note"].ToString().Trim() is { Length: > 0 } text ? text : null;
        List<string> codes = [.. family.Children.Select(child => child.Code)];
        return method switch
        {
            WeightingMethod.Manual => new(family.Parent.Code, codes.Index().ToDictionary(pair => pair.Item, pair => Number(form, Weight(pair.Index))), null, validFrom, note),
            WeightingMethod.Ahp => new(family.Parent.Code, new Dictionary<string, double>(), new(method, codes, Matrix(form, family)), validFrom, note),
            _ => new(family.Parent.Code, new Dictionary<string, double>(), new(method, codes, spread!.Rows), validFrom, note),
        };
    }

    /// <summary>A choice of the scale as a number.</summary>
    public static double Times(string choice) => choice.Split('/') is [_, var below] ? 1 / double.Parse(below, CultureInfo.InvariantCulture) : double.Parse(choice, CultureInfo.InvariantCulture);

    public static string Weight(int index) => Invariant($"weights.{index}");

    public static string Pair(int i, int j) => Invariant($"pairs.{i}.{j}");

    public static string Name(WeightingMethod method) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(method.ToString());

    /// <summary>What was judged before, as a choice of the scale; equal where nothing was.</summary>
    static string Judgement(Family family, int i, int j)
    {
        if (family.Parent.Weighting is not { Method: WeightingMethod.Ahp, Children: { } codes, Matrix: { } matrix })
            return "1";
        var order = codes.ToList();
        var (row, column) = (order.IndexOf(family.Children[i].Code), order.IndexOf(family.Children[j].Code));
        return row < 0 || column < 0 ? "1" : Scale.MinBy(choice => Math.Abs(Math.Log(Times(choice) / matrix[row][column])))!;
    }

    static List<IReadOnlyList<double>> Matrix(IFormCollection form, Family family)
    {
        var count = family.Children.Count;
        var matrix = Enumerable.Range(0, count).Select(_ => new double[count]).ToList();
        for (var i = 0; i < count; i++)
            matrix[i][i] = 1;
        foreach (var (i, j) in Pairs(family))
        {
            var choice = form[Pair(i, j)].ToString();
            if (!Scale.Contains(choice))
                throw Problem.Rule("/" + Pair(i, j).Replace('.', '/'), "choice", ("Choose one of the options.", "请选择一个选项。"));
            // An odd judgement sent over the API stays as it is while nobody changes it.
            var times = choice == Judgement(family, i, j) && Known(family, i, j) is { } known && Math.Abs(known - Times(choice)) < Near ? known : Times(choice);
            (matrix[i][j], matrix[j][i]) = (times, 1 / times);
        }
        return [.. matrix.Select(row => (IReadOnlyList<double>)row)];
    }

    static double? Known(Family family, int i, int j) => family.Parent.Weighting is { Method: WeightingMethod.Ahp, Children: { } codes, Matrix: { } matrix }
        && codes.ToList() is var order && order.IndexOf(family.Children[i].Code) is >= 0 and var row && order.IndexOf(family.Children[j].Code) is >= 0 and var column ? matrix[row][column] : null;

    static double Number(IFormCollection form, string name) => double.TryParse(form[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0 ? number
        : throw Problem.Rule("/" + name.Replace('.', '/'), "negative-weight", ("A weight is a number, 0 or more.", "权重须为不小于 0 的数字。"));
}
