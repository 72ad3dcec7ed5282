using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping.Restore;

/// <summary>
/// <c>restore FILE</c>: puts a back-up in the place of the database, after checking that it is sound; what was there is kept
/// beside it. Refused while a server runs on the data folder.
/// </summary>
sealed class Verb(Settings settings, IServiceProvider services, Caller caller) : IVerb
{
    public string Name => "restore";

    public string Usage => "FILE";

    public VerbRuns Runs => VerbRuns.WithoutServer;

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var kept = Store.Replace(settings.DatabaseFile, Path.GetFullPath(call.Operand(0, "FILE")));
        // Opened only now, so that the trail is the restored one.
        await services.GetRequiredService<Store>().Write(tx => tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "server.restored", Path.GetFileName(call.Operand(0, "FILE")))), ct);
        await call.Error.WriteLineAsync(kept is null ? "Restored." : $"Restored. What was there before is kept as {kept}.");
        return 0;
    }
}
