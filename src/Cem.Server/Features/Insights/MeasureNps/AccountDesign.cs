using Cem.Contracts.Insights;
using Cem.Kernel.Columns;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Nps;

namespace Cem.Server.Features.Insights.MeasureNps;

/// <summary>
/// What the accounts behind the answers say of the score's error: linearised with the answers of an account summed first,
/// and one vote per account. The same figures as the model nps-design gives row by row, from counts.
/// </summary>
/// <param name="Accounts">Accounts that answered.</param>
/// <param name="Effect">Clustered over simple variance; null where either is undefined or 0.</param>
/// <param name="Shared">Whether several people of one account answered.</param>
/// <param name="Parts">Accounts and, each for itself, answers without one.</param>
sealed record AccountDesign(
    int Accounts, int Parts, bool Shared, NpsInterval? Simple, NpsInterval? Clustered, double? Effect, double? AccountNps, NpsInterval? OneVote)
{
    /// <summary>With fewer accounts the clustered error is itself uncertain, and easily too small.</summary>
    const int FewestAccounts = 10;

    static readonly double Z = Normal.Z(0.95);

    /// <summary>
    /// The clustered interval is the honest one where several people of an account answered. With few accounts it is taken
    /// only where it is the wider one, and never where all accounts agree and it would claim to be certain.
    /// </summary>
    public bool Prefers(NpsEstimate? independent) => Shared && independent is not null && Clustered is { StandardError: > 0 } clustered
        && (Parts >= FewestAccounts || clustered.Upper - clustered.Lower > independent.Interval.Upper - independent.Interval.Lower);

    /// <param name="accounts">Detractors, passives and promoters of each account.</param>
    public static AccountDesign Of(NpsCounts counts, IReadOnlyList<ClusterCounts> accounts)
    {
        if (counts is not { Nps: { } nps, Variance: { } variance, N: var n })
            return new(0, 0, false, null, null, null, null, null);
        var squares = 0.0;
        var votes = new List<double>(accounts.Count);
        var parts = 0;
        var shared = false;
        foreach (var (account, histogram) in accounts)
        {
            var own = Handler.CountsOf(histogram);
            if (own.N == 0)
                continue;
            if (account == ScoreColumns.NoAccount)
            {
                squares += own.Promoters * Square(100 - nps) + own.Passives * Square(nps) + own.Detractors * Square(100 + nps);
                parts += (int)own.N;
                continue;
            }
            var vote = own.Nps!.Value;
            squares += Square((vote - nps) * own.N);
            votes.Add(vote);
            parts++;
            shared |= own.N > 1;
        }
        var simple = n > 1 ? 100 * Math.Sqrt(variance / (n - 1)) : (double?)null;
        var clustered = parts > 1 ? Math.Sqrt(parts / (parts - 1.0) * squares) / n : (double?)null;
        double? mean = votes.Count > 0 ? votes.Average() : null;
        var spread = votes.Count > 1 ? Math.Sqrt(votes.Sum(vote => Square(vote - mean!.Value)) / (votes.Count * (votes.Count - 1.0))) : (double?)null;
        return new(votes.Count, parts, shared, Around(nps, simple), Around(nps, clustered),
            simple > 0 && clustered > 0 ? Square(clustered.Value / simple.Value) : null, mean, mean is { } centre ? Around(centre, spread) : null);
    }

    static double Square(double x) => x * x;

    static NpsInterval? Around(double centre, double? error) => error is { } se && new Interval(centre - Z * se, centre + Z * se).Clamp(-100, 100) is var interval
        ? new(se, interval.Lower, interval.Upper)
        : null;
}
