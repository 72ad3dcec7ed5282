using System.Numerics;

namespace Cem.Kernel.Columns;

/// <summary>Counts of rows by bin, the excluded beside them.</summary>
public readonly struct Histogram : IAdditionOperators<Histogram, Histogram, Histogram>
{
    readonly ReadOnlyMemory<int> _slots;

    /// <param name="slots">The bins, then the excluded.</param>
    internal Histogram(ReadOnlyMemory<int> slots) => _slots = slots;

    /// <summary>Rows in each bin of the scale.</summary>
    public ReadOnlySpan<int> Bins => _slots.IsEmpty ? [] : _slots.Span[..^1];

    /// <summary>Rows in one bin.</summary>
    public int this[int bin] => Bins[bin];

    /// <summary>Rows counted: the sum of the bins.</summary>
    public int N
    {
        get
        {
            var n = 0;
            foreach (var count in Bins)
                n += count;
            return n;
        }
    }

    /// <summary>Rows that passed the filter and have no bin: value missing, or out of the scale's range.</summary>
    public int Excluded => _slots.IsEmpty ? 0 : _slots.Span[^1];

    /// <summary>Sum over the rows of the score of their bin: with -100, 0, 100 the NPS times N.</summary>
    /// <exception cref="ArgumentException">Not one score a bin.</exception>
    public double Sum(params ReadOnlySpan<double> scores)
    {
        if (scores.Length != Bins.Length)
            throw new ArgumentException($"{scores.Length} scores for {Bins.Length} bins.", nameof(scores));
        var sum = 0.0;
        for (var bin = 0; bin < scores.Length; bin++)
            sum += scores[bin] * Bins[bin];
        return sum;
    }

    /// <summary>The counts of both together, such as of the weeks of a trailing window.</summary>
    /// <exception cref="ArgumentException">They are on different scales.</exception>
    public static Histogram operator +(Histogram left, Histogram right)
    {
        if (left._slots.IsEmpty || right._slots.IsEmpty)
            return left._slots.IsEmpty ? right : left;
        if (left._slots.Length != right._slots.Length)
            throw new ArgumentException($"{left.Bins.Length} bins and {right.Bins.Length} bins do not add.");
        var sum = left._slots.ToArray();
        for (var slot = 0; slot < sum.Length; slot++)
            sum[slot] += right._slots.Span[slot];
        return new(sum);
    }
}

/// <summary>The part of a cell's histogram that one cluster made.</summary>
public readonly record struct ClusterCounts(long Cluster, Histogram Counts);
