namespace Cem.Kernel.Data;

/// <summary>
/// Makes ids: milliseconds since 2020 in the upper bits, then a random start that only counts up, so that ids sort by
/// the time they were made, are unique within the process and practically unique across restarts.
/// </summary>
public sealed class Ids(TimeProvider clock)
{
    const int SequenceBits = 20;
    static readonly long Epoch = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    long last;

    /// <summary>No id made since that instant is below this one.</summary>
    public static long Since(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() - Epoch << SequenceBits;

    public long Next()
    {
        var fresh = clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch << SequenceBits
            | (long)Random.Shared.Next(1 << SequenceBits - 1);
        while (true)
        {
            var seen = Interlocked.Read(ref last);
            var next = Math.Max(seen + 1, fresh);
            if (Interlocked.CompareExchange(ref last, next, seen) == seen)
                return next;
        }
    }
}
