using Cem.Contracts.Insights;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models;
using Cem.Server.Features.Insights.Models.PenaltyReward;

namespace Cem.Server.Features.Insights.MeasureQuadrant;

/// <summary>
/// Which factors are missed when they are poor and which are noticed when they are excellent: the penalty-reward contrast of
/// <c>POST /api/v1/models/penalty-reward</c>, with errors by account.
/// </summary>
static class QuadrantContrasts
{
    const double Confidence = 0.95;

    /// <summary>Fewer responses or accounts than this say nothing.</summary>
    public static bool TooFew(QuadrantSample sample, int factors) => sample.N <= 2 * factors + 1 || sample.Bundles.Count < Bases.Show;

    /// <returns>In the order of the factors; all null where there are too few.</returns>
    public static IReadOnlyList<QuadrantAsymmetry?> Of(QuadrantSample sample, IReadOnlyList<QuadrantQuestion> factors, QuadrantQuestion outcome)
    {
        if (TooFew(sample, factors.Count))
            return new QuadrantAsymmetry?[factors.Count];
        var levels = factors.Select((factor, j) => Levels(factor, sample.Columns[j]!, sample.Rows)).ToList();
        var points = 100.0 / (outcome.Most - outcome.Least);
        double[] ratings = [.. sample.Rows.Select(row => points * (sample.Columns[^1]![row] - outcome.Least))];
        var fit = LevelContrasts.Of(levels, ratings, sample.BundleOf);
        return [.. factors.Select((factor, j) => Of(fit, j, factor))];
    }

    static QuadrantAsymmetry Of(LevelContrasts fit, int j, QuadrantQuestion factor)
    {
        var compared = fit.Count(j, LevelContrasts.Between) >= Bases.Show;
        var (low, high) = (Effect(LevelContrasts.Low), Effect(LevelContrasts.High));
        var asymmetry = new Asymmetry(Coefficient(low), Coefficient(high));
        var kind = Certain(low) || Certain(high) ? asymmetry.Factor(1 - Confidence) : null;
        return new(
            kind, kind is not null && (kind == "performance" ? Certain(low) && Certain(high) : Certain(fit.Balance(j, Confidence))), asymmetry.Impact,
            new(factor.Least, Lowest(factor), fit.Count(j, LevelContrasts.Low), low?.Value, low?.Interval?.Lower, low?.Interval?.Upper),
            new(Highest(factor), factor.Most, fit.Count(j, LevelContrasts.High), high?.Value, high?.Interval?.Lower, high?.Interval?.Upper));

        LevelContrasts.Effect? Effect(byte level) => compared && fit.Count(j, level) >= Bases.Show ? fit.Of(j, level, Confidence) : null;
    }

    static bool Certain(LevelContrasts.Effect? effect) => effect?.P < 1 - Confidence;

    static LeastSquares.Coefficient Coefficient(LevelContrasts.Effect? effect) => new(effect?.Value, effect?.StandardError, null, effect?.P);

    static byte[] Levels(QuadrantQuestion factor, byte[] column, int[] rows)
    {
        var (low, high) = (Lowest(factor), Highest(factor));
        var levels = new byte[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            levels[i] = column[rows[i]] <= low ? LevelContrasts.Low : column[rows[i]] >= high ? LevelContrasts.High : LevelContrasts.Between;
        return levels;
    }

    // Two fifths of the scale are low and one is high, as 1 to 2 and 5 of 5 points; of 0 to 10 detractors and promoters.
    static int Lowest(QuadrantQuestion factor) => factor.Measure == RatingScales.Nps ? 6 : factor.Least - 1 + (int)Math.Round(0.4 * (factor.Most - factor.Least + 1));

    static int Highest(QuadrantQuestion factor) => factor.Measure == RatingScales.Nps ? 9 : factor.Most + 1 - Math.Max(1, (int)Math.Round(0.2 * (factor.Most - factor.Least + 1)));
}
