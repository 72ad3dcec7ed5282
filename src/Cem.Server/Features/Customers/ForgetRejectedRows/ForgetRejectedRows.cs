using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.Customers.ForgetRejectedRows;

/// <summary>Refused rows may hold personal data that was never taken: they go after a week, the counts stay.</summary>
sealed class Forget(Store store, TimeProvider clock) : IJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        return store.Read(reader => reader.Single<bool>(Sql.IsDue, new { Before = before }))
            && await store.Write(tx => tx.Execute(Sql.Forget, new { Before = before }) > 0, ct);
    }
}

file static class Sql
{
    public const string IsDue = """
        SELECT EXISTS (SELECT 1 FROM customers_import_rejections r JOIN customers_imports i ON i.id = r.import_id WHERE i.finished_at < @Before)
        """;

    public const string Forget = """
        DELETE FROM customers_import_rejections WHERE import_id IN (SELECT id FROM customers_imports WHERE finished_at < @Before)
        """;
}
