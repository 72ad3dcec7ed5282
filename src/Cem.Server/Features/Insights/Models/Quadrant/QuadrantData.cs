using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.KeyDrivers;

namespace Cem.Server.Features.Insights.Models.Quadrant;

/// <summary>The points of a quadrant, and how sure they are where they come from rows.</summary>
/// <param name="Performance">Intervals of the satisfaction, in the order of the points; null where not known.</param>
/// <param name="Importance">Intervals of the influence by bootstrap; null where not asked for.</param>
internal sealed record QuadrantData(
    IReadOnlyList<QuadrantPoint> Points, double N, double Excluded, string Method, double? R2,
    Interval?[] Performance, Interval?[] Importance, List<string> Warnings)
{
    public static readonly string[] Fields = [.. DriverData.Fields, "performance", "importance", "scaleMin", "scaleMax", "resamples", "seed", "confidence"];

    public static QuadrantData Read(ModelInput read) => read.Has("performance") ? Given(read) : Derived(read);

    static QuadrantData Given(ModelInput read)
    {
        ModelInput performance = read.Map("performance"), importance = read.Map("importance");
        var names = performance.Names.Union(importance.Names, StringComparer.Ordinal);
        List<QuadrantPoint> points = [.. names.Select(name => new QuadrantPoint(name, performance.NumberOrNull(name), importance.NumberOrNull(name)))];
        return new(points, points.Count(point => point.Placed), points.Count(point => !point.Placed), "points as given", null,
            new Interval?[points.Count], new Interval?[points.Count], []);
    }

    static QuadrantData Derived(ModelInput read)
    {
        var (smallest, largest) = Scale.Read(read, 1, 5);
        var johnson = read.Choice("importance", "lmg_percent", "lmg_percent", "johnson_percent", "correlation") is var kind && kind == "johnson_percent";
        int resamples = read.Whole("resamples", 0, 2000, 0), seed = read.Whole("seed", 0, int.MaxValue, 1);
        var confidence = read.Confidence();
        var data = DriverData.Read(read);
        var warnings = DriverChecks.Refuse(read, data);
        var influence = KeyDriversMath.Influence(data) ?? throw read.Refuse("drivers", ModelRefusal.NotComputable, "No driver varies, so none can be told to matter.");
        warnings.AddRange(DriverChecks.Warnings(read.Words, data, influence));
        var importance = kind == "correlation" ? influence.Correlation : DriverInfluence.Percent(johnson ? influence.Johnson : influence.Shares, influence.R2)!;
        double Percent(double mean) => 100 * (mean - smallest) / (largest - smallest);
        List<QuadrantPoint> points = [.. data.Drivers.Select((driver, j) => new QuadrantPoint(driver, Percent(data.Columns[j].Average()), importance[j]))];
        var z = Normal.Z(confidence);
        Interval? Spread(double[] column)
        {
            var mean = column.Average();
            var se = Math.Sqrt(column.Sum(v => (v - mean) * (v - mean)) / (column.Length - 1) / column.Length);
            return new(Percent(mean - z * se), Percent(mean + z * se));
        }
        var bootstrap = resamples > 0 && kind != "correlation"
            ? KeyDriversMath.Bootstrap(data, data.Drivers.Count > 12 ? Math.Min(resamples, 100) : resamples, seed, confidence).Intervals
            : new Interval?[data.Drivers.Count];
        var method = kind == "correlation" ? "correlation" : johnson || influence.Lmg is null ? "Johnson relative weights, percent of R2" : "LMG, percent of R2";
        return new(points, data.N, data.Excluded, "influence by " + method, influence.R2, [.. data.Columns.Select(Spread)], bootstrap, warnings);
    }
}
