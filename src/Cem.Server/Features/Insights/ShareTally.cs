using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights;

/// <summary>Ratings of one or more questions, each read on its own scale and counted together.</summary>
sealed class ShareTally
{
    const double Confidence = 0.95;

    bool mixed;
    double squares;

    public int N { get; private set; }

    public int Excluded { get; private set; }

    public int Good { get; private set; }

    public int Bad { get; private set; }

    /// <summary>Good ones of all, 0 to 1; null when nobody answered.</summary>
    public double? Share => N == 0 ? null : (double)Good / N;

    /// <summary>Wilson's interval of <see cref="Share"/>.</summary>
    public Interval? Interval => Wilson.Interval(Good, N, Normal.Z(Confidence));

    /// <summary>Mean rating; null where questions of different scales are mixed.</summary>
    public double? Mean => N == 0 || mixed ? null : Sum / N;

    /// <summary>Variance of the ratings, n - 1; null for fewer than two or mixed scales.</summary>
    public double? Variance => N < 2 || mixed ? null : Math.Max(0, (squares - Sum * Sum / N) / (N - 1));

    /// <summary>Student's interval of <see cref="Mean"/>.</summary>
    public Interval? MeanInterval => Variance is { } variance && Mean is { } mean && StudentT.T(Confidence, N - 1) * Math.Sqrt(variance / N) is var half
        ? new(mean - half, mean + half)
        : null;

    /// <summary>Mean rating from 0 (every one the lowest) to 100, each on its own scale.</summary>
    public double? Index => N == 0 ? null : 100 * scaled / N;

    double Sum { get; set; }

    double scaled;
    int? most;

    /// <summary>Counts the answers of cells that are grouped by survey and question, in this order, after all else.</summary>
    public static ShareTally Of(IEnumerable<ScoreGroup> cells, RatingScales scales)
    {
        var tally = new ShareTally();
        foreach (var cell in cells)
            tally.Add(cell, scales.Of(cell.Keys[^2], cell.Keys[^1]));
        return tally;
    }

    void Add(ScoreGroup cell, RatingScale scale)
    {
        mixed |= most is { } before && before != scale.Most;
        most = scale.Most;
        Excluded += cell.Counts.Excluded;
        for (var rating = 0; rating < cell.Counts.Bins.Length; rating++)
        {
            var count = cell.Counts[rating];
            if (rating < scale.Least || rating > scale.Most)
            {
                // A rating beyond its question's scale is no answer.
                Excluded += count;
                continue;
            }
            N += count;
            Good += scale.Good.Contains(rating) ? count : 0;
            Bad += scale.Bad.Contains(rating) ? count : 0;
            Sum += (double)count * rating;
            squares += (double)count * rating * rating;
            scaled += count * (rating - scale.Least) / (double)(scale.Most - scale.Least);
        }
    }
}
