using System.Collections.Concurrent;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>The imports that this process is working on; one that is under way by the database and not here was cut off by a crash.</summary>
sealed class LiveImports
{
    readonly ConcurrentDictionary<long, bool> ids = [];

    public bool Has(long id) => ids.ContainsKey(id);

    public IDisposable Enter(long id)
    {
        ids[id] = true;
        return new Leaving(this, id);
    }

    sealed class Leaving(LiveImports live, long id) : IDisposable
    {
        public void Dispose() => live.ids.TryRemove(id, out _);
    }
}

sealed class OperationalDataServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddSingleton<LiveImports>();
}
