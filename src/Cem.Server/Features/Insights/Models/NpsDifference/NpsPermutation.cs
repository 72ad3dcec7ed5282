using Cem.Server.Features.Insights.Models.Nps;
using MathNet.Numerics;

namespace Cem.Server.Features.Insights.Models.NpsDifference;

/// <summary>The exact permutation test of two scores: the best one where it is cheap.</summary>
internal static class NpsPermutation
{
    /// <summary>The largest n1 + n2 for which every split is gone through.</summary>
    public const int Largest = 900;

    /// <summary>
    /// The share of all ways to deal the answers into groups of these sizes that differ at least as much as the ones
    /// seen (multivariate hypergeometric over promoters, passives and detractors).
    /// </summary>
    /// <returns>null when a group is empty or there are more than <see cref="Largest"/> answers.</returns>
    public static double? TwoSidedP(NpsCounts current, NpsCounts baseline)
    {
        var all = current + baseline;
        if (current.N == 0 || baseline.N == 0 || all.N > Largest) return null;

        // With whole numbers "at least as much" needs no tolerance: n2 (P1-D1) - n1 (P2-D2) = N (P1-D1) - n1 (P-D).
        long Distance(long net) => Math.Abs(all.N * net - current.N * (all.Promoters - all.Detractors));
        var seen = Distance(current.Promoters - current.Detractors);
        var ways = LogChoose(all.N, current.N);
        double p = 0;
        for (long promoters = Math.Max(0, current.N - all.Passives - all.Detractors); promoters <= Math.Min(all.Promoters, current.N); promoters++)
        {
            var left = current.N - promoters;
            for (var detractors = Math.Max(0, left - all.Passives); detractors <= Math.Min(all.Detractors, left); detractors++)
            {
                if (Distance(promoters - detractors) < seen) continue;
                p += Math.Exp(LogChoose(all.Promoters, promoters) + LogChoose(all.Detractors, detractors)
                    + LogChoose(all.Passives, left - detractors) - ways);
            }
        }
        return Math.Min(1, p);
    }

    static double LogChoose(long n, long k) =>
        SpecialFunctions.FactorialLn((int)n) - SpecialFunctions.FactorialLn((int)k) - SpecialFunctions.FactorialLn((int)(n - k));
}
