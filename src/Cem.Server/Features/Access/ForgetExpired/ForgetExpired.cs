using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.Access.ForgetExpired;

/// <summary>Removes one-time links that are too old to be used, and failed sign-ins that no longer count.</summary>
sealed class Forget(Store store, TimeProvider clock) : IJob
{
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var due = new { Now = clock.GetUtcNow(), Since = clock.GetUtcNow() - SignInMemory.Remembered };
        return store.Read(reader => reader.Single<bool>(Sql.IsDue, due))
            && await store.Write(tx => tx.Execute(Sql.DropLinks, due) + tx.Execute(Sql.DropAttempts, due) > 0, ct);
    }
}

file static class Sql
{
    public const string IsDue = """
        SELECT EXISTS (SELECT 1 FROM access_links WHERE expires_at <= @Now) OR EXISTS (SELECT 1 FROM access_attempts WHERE last_at <= @Since)
        """;

    public const string DropLinks = "DELETE FROM access_links WHERE expires_at <= @Now";

    public const string DropAttempts = "DELETE FROM access_attempts WHERE last_at <= @Since";
}
