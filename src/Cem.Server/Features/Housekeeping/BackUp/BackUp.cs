using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping.BackUp;

/// <summary>
/// <c>backup FILE</c>: a consistent copy of the whole database while the server goes on. It holds everything, keys and
/// secrets included; an existing file is never overwritten.
/// </summary>
sealed class Verb(Store store, Caller caller) : IVerb
{
    public string Name => "backup";

    public string Usage => "FILE";

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var file = Path.GetFullPath(call.Operand(0, "FILE"));
        if (File.Exists(file))
        {
            await call.Error.WriteLineAsync($"{file} is there already; name another file.");
            return 1;
        }
        try
        {
            await Task.Run(() => store.CopyTo(file), ct);
        }
        catch (Microsoft.Data.Sqlite.SqliteException fault)
        {
            await call.Error.WriteLineAsync($"The back-up to {file} failed: {fault.Message}");
            return 1;
        }
        await store.Write(tx => tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "server.backed-up", Path.GetFileName(file))), ct);
        await call.Error.WriteLineAsync($"Wrote {file}, {new FileInfo(file).Length / 1024} kB.");
        return 0;
    }
}
