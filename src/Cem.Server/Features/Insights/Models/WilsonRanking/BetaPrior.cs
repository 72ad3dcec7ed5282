namespace Cem.Server.Features.Insights.Models.WilsonRanking;

/// <summary>How the shares of units spread, as a beta distribution: the prior towards which each unit is drawn.</summary>
internal sealed record BetaPrior(double Alpha, double Beta)
{
    /// <summary>By moments over the units with answers; null when there are fewer than two or they spread no more than chance does.</summary>
    public static BetaPrior? ByMoments(IReadOnlyList<Branch> branches)
    {
        var units = branches.Where(branch => branch.N > 0).ToList();
        if (units.Count < 2) return null;
        double n = units.Sum(unit => (double)unit.N), mean = units.Sum(unit => (double)unit.X) / n;
        // Weighted between-unit variance less what sampling alone would give (Kleinman 1973).
        var between = units.Sum(unit => unit.N * Math.Pow((double)unit.X / unit.N - mean, 2)) / n;
        var sampling = mean * (1 - mean) * (units.Count - 1) / n;
        var unequal = 1 - units.Sum(unit => Math.Pow(unit.N / n, 2));
        var variance = (between - sampling) / unequal;
        if (!(variance > 0) || !(mean is > 0 and < 1)) return null;
        var strength = mean * (1 - mean) / variance - 1;
        return strength > 0 ? new(mean * strength, (1 - mean) * strength) : null;
    }

    /// <summary>(x + α) / (n + α + β).</summary>
    public double Shrink(Branch branch) => (branch.X + Alpha) / (branch.N + Alpha + Beta);
}
