namespace Cem.Kernel.Time;

/// <summary>
/// The server's clock: the system's, unless it is set to replay history (the sample company) or to run from another day.
/// Timers always follow the system.
/// </summary>
public sealed class ServerClock : TimeProvider
{
    long standing;
    long offset;

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = Interlocked.Read(ref standing);
        return ticks != 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : base.GetUtcNow().AddTicks(Interlocked.Read(ref offset));
    }

    /// <summary>Stands still at an instant until it is set again or runs on.</summary>
    public void StandAt(DateTimeOffset instant) => Interlocked.Exchange(ref standing, instant.UtcTicks);

    /// <summary>Runs on from an instant.</summary>
    public void RunFrom(DateTimeOffset instant)
    {
        Interlocked.Exchange(ref offset, instant.UtcTicks - base.GetUtcNow().UtcTicks);
        Interlocked.Exchange(ref standing, 0);
    }
}
