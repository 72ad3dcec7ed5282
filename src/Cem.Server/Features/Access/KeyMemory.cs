namespace Cem.Server.Features.Access;

/// <summary>
/// Tells those who remember keys when to forget them: a revoked key is out with the next call. Counts up after each commit
/// that changed a key.
/// </summary>
sealed class KeyMemory
{
    long generation;

    public long Generation => Interlocked.Read(ref generation);

    public void Forget() => Interlocked.Increment(ref generation);
}
