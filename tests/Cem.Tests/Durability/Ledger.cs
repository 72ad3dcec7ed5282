using System.Collections.Concurrent;

namespace Cem.Tests.Durability;

/// <summary>
/// What the client was promised: every acknowledged call, under the name it will be looked for. A promise made twice must be
/// the same both times.
/// </summary>
sealed class Ledger
{
    int acknowledged;

    /// <summary>Account -> number of its last acknowledged name.</summary>
    public ConcurrentDictionary<string, int> Accounts { get; } = new();

    /// <summary>Contact -> account.</summary>
    public ConcurrentDictionary<string, string> Contacts { get; } = new();

    /// <summary>Event -> the id that was answered.</summary>
    public ConcurrentDictionary<string, string> Events { get; } = new();

    /// <summary>Submission -> the id that was answered.</summary>
    public ConcurrentDictionary<string, string> Submissions { get; } = new();

    /// <summary>Feedback -> the id that was answered.</summary>
    public ConcurrentDictionary<string, string> Feedback { get; } = new();

    /// <summary>Key of a step on a work order -> the step's name.</summary>
    public ConcurrentDictionary<string, string> Steps { get; } = new();

    /// <summary>Invitation whose survey was walked to its end -> the last answer.</summary>
    public ConcurrentDictionary<string, string> Walks { get; } = new();

    public ConcurrentQueue<string> Breaches { get; } = new();

    /// <summary>Calls acknowledged so far.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Raised at each acknowledged call, with their number.</summary>
    public event Action<int>? Grew;

    public void Acknowledge() => Grew?.Invoke(Interlocked.Increment(ref acknowledged));

    /// <summary>Keeps what was promised under a name; a second promise must say the same.</summary>
    public void Keep(ConcurrentDictionary<string, string> promises, string name, string promised)
    {
        if (promises.GetOrAdd(name, promised) is var before && before != promised)
            Breaches.Enqueue($"{name} was {before} when first acknowledged, then {promised}");
    }
}
