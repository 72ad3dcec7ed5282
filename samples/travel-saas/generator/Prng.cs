namespace TravelSaas;

/// <summary>
/// xoshiro256** seeded through splitmix64 (Blackman, Vigna 2018). Written out here, and using only exact integer and
/// IEEE operations, so that the sample is the same to the byte on every runtime and machine.
/// Every subject has its own stream by name, so that a new draw in one place moves nothing elsewhere.
/// </summary>
internal sealed class Prng
{
    private ulong _a, _b, _c, _d;

    public Prng(string stream)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in stream)
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        _a = SplitMix(ref hash);
        _b = SplitMix(ref hash);
        _c = SplitMix(ref hash);
        _d = SplitMix(ref hash);
    }

    /// <summary>A number in [0, 1) of 53 random bits.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Unit() * (high - low + 1));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>About standard normal: the sum of twelve uniform numbers less six, free of library functions.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Unit();
        return sum;
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[(int)(Unit() * items.Count)];

    /// <summary>One of the items, each as likely as its weight.</summary>
    public T Weighted<T>(params ReadOnlySpan<(T Item, double Weight)> items)
    {
        var total = 0.0;
        foreach (var (_, weight) in items)
            total += weight;
        var at = Unit() * total;
        foreach (var (item, weight) in items)
        {
            at -= weight;
            if (at < 0)
                return item;
        }
        return items[^1].Item;
    }

    /// <summary>A whole number with the given mean: its floor, or one more as often as the rest demands.</summary>
    public int Rounded(double mean) => (int)mean + (Chance(mean - (int)mean) ? 1 : 0);

    private ulong Bits()
    {
        var result = unchecked(ulong.RotateLeft(_b * 5, 7) * 9);
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
