using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Nps;

/// <summary>How many promoters (9-10), passives (7-8) and detractors (0-6) answered.</summary>
internal readonly record struct NpsCounts(long Promoters, long Passives, long Detractors)
{
    /// <summary>Answers in all.</summary>
    public long N => Promoters + Passives + Detractors;

    public double? PromoterShare => Share(Promoters);

    public double? PassiveShare => Share(Passives);

    public double? DetractorShare => Share(Detractors);

    /// <summary>The net promoter score in points, -100..100; null without answers, never 0.</summary>
    public double? Nps => N == 0 ? null : 100.0 * (Promoters - Detractors) / N;

    /// <summary>Variance of one answer on -1..1: p + d - (p-d)²; null without answers.</summary>
    public double? Variance => N == 0 ? null : NpsMath.Variance(Promoters, Detractors, N);

    public static NpsCounts operator +(NpsCounts a, NpsCounts b) =>
        new(a.Promoters + b.Promoters, a.Passives + b.Passives, a.Detractors + b.Detractors);

    /// <summary>Counts valid ratings of 0..10.</summary>
    public static NpsCounts Of(IEnumerable<int> ratings)
    {
        long promoters = 0, passives = 0, detractors = 0;
        foreach (var rating in ratings)
        {
            if (rating >= 9) promoters++;
            else if (rating >= 7) passives++;
            else detractors++;
        }
        return new(promoters, passives, detractors);
    }

    double? Share(long part) => N == 0 ? null : (double)part / N;
}

/// <summary>An estimate of the NPS in points: where it is centred, its standard error and its limits within -100..100.</summary>
internal sealed record NpsEstimate(double Center, double Se, Interval Interval);
