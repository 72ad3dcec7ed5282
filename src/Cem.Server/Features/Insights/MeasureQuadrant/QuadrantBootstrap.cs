using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models;
using Cem.Server.Features.Insights.Models.KeyDrivers;
using Cem.Server.Features.Insights.Models.Quadrant;

namespace Cem.Server.Features.Insights.MeasureQuadrant;

/// <summary>
/// How sure the points of a quadrant are: accounts are drawn with replacement, for people of one account are not independent,
/// and everything is computed anew of each draw (percentile intervals).
/// </summary>
/// <param name="Stays">In what share of the draws each factor lies in the area given.</param>
sealed record QuadrantBootstrap(int Resamples, Interval?[] Satisfaction, Interval?[] Influence, double?[] Stays)
{
    public const int Seed = 1;

    const double Confidence = 0.95;

    /// <summary>All subsets of more factors, hundreds of times, would keep a reader waiting: Johnson's weights are nearly the same.</summary>
    public const int LargestExact = 11;

    /// <param name="points">From moments to points, in the order of the factors.</param>
    public static QuadrantBootstrap Of(QuadrantSample sample, IReadOnlyList<QuadrantArea?> areas, Func<DriverMoments, DriverInfluence, IReadOnlyList<QuadrantPoint>> points)
    {
        var count = areas.Count;
        if (sample.Bundles.Count < Bases.Show)
            return new(0, new Interval?[count], new Interval?[count], new double?[count]);
        var random = new Random(Seed);
        var (satisfaction, influence, stayed) = (Lists(count), Lists(count), new int[count]);
        var drawn = new DriverMoments(count);
        var (asked, kept) = (count <= 8 ? 500 : 200, 0);
        for (var draw = 0; draw < asked; draw++)
        {
            drawn.Clear();
            for (var i = 0; i < sample.Bundles.Count; i++)
                drawn.Add(sample.Bundles[random.Next(sample.Bundles.Count)]);
            if (KeyDriversMath.Influence(drawn, importanceOnly: true, LargestExact) is not { R2: > 0 } shares)
                continue;
            kept++;
            var there = points(drawn, shares);
            var cuts = QuadrantMath.Cuts(there, median: false);
            for (var j = 0; j < count; j++)
            {
                if (there[j] is not { Performance: { } x, Importance: { } y })
                    continue;
                satisfaction[j].Add(x);
                influence[j].Add(y);
                if (cuts is { } lines && QuadrantMath.Area(x, y, lines) == areas[j])
                    stayed[j]++;
            }
        }
        return new(kept, [.. satisfaction.Select(draws => Percentiles.Interval(draws, Confidence))], [.. influence.Select(draws => Percentiles.Interval(draws, Confidence))],
            [.. areas.Select((area, j) => area is null || kept == 0 ? (double?)null : (double)stayed[j] / kept)]);
    }

    static List<double>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<double>())];
}
