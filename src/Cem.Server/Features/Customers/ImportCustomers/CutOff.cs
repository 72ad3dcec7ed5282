using System.Collections.Concurrent;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers.ImportCustomers;

/// <summary>The imports that this process is taking from a caller at the moment.</summary>
sealed class UnderWay
{
    readonly ConcurrentDictionary<long, bool> imports = new();

    public void Begin(long import) => imports[import] = true;

    public void End(long import) => imports.TryRemove(import, out _);

    public bool Has(long import) => imports.ContainsKey(import);
}

/// <summary>
/// Marks imports as failed whose caller was still sending when the server went down: nobody will send the rest. Files that
/// lie in the data folder are taken up again by their own job.
/// </summary>
sealed class MarkCutOff(Store store, UnderWay underWay) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var suspects = store.Read(reader => reader.Query<long>(CutOffSql.Streaming));
        if (suspects.All(underWay.Has))
            return false;
        // Asked anew inside the write: what has begun by then is known to be under way.
        return await store.Write(tx =>
        {
            var cutOff = tx.Query<long>(CutOffSql.Streaming).Where(import => !underWay.Has(import)).ToList();
            foreach (var import in cutOff)
                ImportLog.Finish(tx, import, ImportState.Failed, (
                    "The server stopped before it had all of this file. Send it again: rows that were taken are found unchanged.",
                    "服务器在文件接收完成前停止。请重新发送；已导入的行不会重复变更。"));
            return cutOff.Count > 0;
        }, ct);
    }
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddSingleton<UnderWay>();
}

file static class CutOffSql
{
    public const string Streaming = "SELECT id FROM customers_imports WHERE state = 'running' AND bytes_total IS NULL";
}
