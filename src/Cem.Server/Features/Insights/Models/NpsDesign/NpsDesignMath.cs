using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.NpsDesign;

/// <summary>One valid answer: its rating as -100, 0 or 100, its weight, and the account it came from (null when not clustered).</summary>
internal readonly record struct NpsRow(double Points, double Weight, string? Account);

/// <summary>NPS of weighted or clustered answers, in points.</summary>
/// <param name="Se">Linearised; null where it cannot be told: one answer, or one account.</param>
/// <param name="KishN">(Σw)² / Σw².</param>
/// <param name="DesignEffect">Variance by this design over that of as many answers drawn plainly; null where undefined.</param>
/// <param name="EffectiveN">Answers of a plain sample that would be as informative.</param>
internal sealed record NpsDesignScore(int N, int? Accounts, double Nps, double? Se, double KishN, double? DesignEffect, double? EffectiveN)
{
    /// <summary>Normal interval within -100..100; null without a standard error.</summary>
    public Interval? Interval(double z) => Se is { } se ? new Interval(Nps - z * se, Nps + z * se).Clamp(-100, 100) : null;
}

/// <summary>Design-based NPS: ratio mean with Taylor-linearised standard error.</summary>
internal static class NpsDesignMath
{
    /// <summary>Rating 0..10 to points: -100 detractor, 0 passive, 100 promoter.</summary>
    public static double Points(int rating) => rating >= 9 ? 100 : rating >= 7 ? 0 : -100;

    /// <summary>Σwy/Σw with u = w (y - NPS) / Σw summed within accounts where they are given; null without weight.</summary>
    /// <param name="population">Size of the finite population, or null; the variance is multiplied by 1 - n/N.</param>
    public static NpsDesignScore? Score(IReadOnlyList<NpsRow> rows, double? population)
    {
        var weight = rows.Sum(row => row.Weight);
        if (!(weight > 0)) return null;
        var nps = rows.Sum(row => row.Weight * row.Points) / weight;
        var clustered = rows.Any(row => row.Account is not null);
        var parts = clustered
            ? rows.GroupBy(row => row.Account, StringComparer.Ordinal).Select(account => account.Sum(row => row.Weight * (row.Points - nps) / weight)).ToList()
            : [.. rows.Select(row => row.Weight * (row.Points - nps) / weight)];
        var correction = population is { } all ? 1 - rows.Count / all : 1;
        double? variance = Variance(parts) * correction;
        var mean = rows.Average(row => row.Points);
        var plain = Variance([.. rows.Select(row => (row.Points - mean) / rows.Count)]) * correction;
        double? effect = variance is { } v && plain is > 0 ? v / plain : null;
        return new(rows.Count, clustered ? parts.Count : null, nps, variance is { } w ? Math.Sqrt(w) : null,
            Wilson.EffectiveN(rows.Select(row => row.Weight)), effect, effect is > 0 ? rows.Count / effect : null);
    }

    /// <summary>The account-level view: the answers of an account averaged first, then one vote for each account.</summary>
    public static NpsDesignScore? AccountLevel(IReadOnlyList<NpsRow> rows)
    {
        if (!rows.Any(row => row.Account is not null)) return null;
        var votes = rows.GroupBy(row => row.Account, StringComparer.Ordinal).Where(account => account.Sum(row => row.Weight) > 0)
            .Select(account => new NpsRow(account.Sum(row => row.Weight * row.Points) / account.Sum(row => row.Weight), 1, null)).ToList();
        return Score(votes, null);
    }

    static double? Variance(List<double> parts) =>
        parts.Count < 2 ? null : parts.Count / (parts.Count - 1.0) * parts.Sum(part => part * part);
}
