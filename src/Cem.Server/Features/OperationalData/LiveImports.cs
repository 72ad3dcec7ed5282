using System.Collections.Concurrent;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>The imports that this process is working on; one that is under way by the database and not here was cut off by a crash.</summary>
sealed class LiveImports
{
    readonly ConcurrentDictionary<long, string?> files = [];

    public bool Has(long id) => files.ContainsKey(id);

    /// <summary>Whether a file is being taken, or was and has not been put away yet.</summary>
    public bool Holds(string file) => files.Values.Contains(file);

    /// <param name="file">Where the file lies; null for one that streams in.</param>
    /// <returns>Ends the work when disposed.</returns>
    public IDisposable Enter(long id, string? file = null)
    {
        files[id] = file;
        return new Leaving(this, id);
    }

    sealed class Leaving(LiveImports live, long id) : IDisposable
    {
        public void Dispose() => live.files.TryRemove(id, out _);
    }
}

sealed class OperationalDataServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddSingleton<LiveImports>();
}
