using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.OperationalData.ForgetRejectedRows;

/// <summary>Refused rows may hold personal data that was never taken: they go after a week, the counts stay.</summary>
sealed class Forget(Store store, TimeProvider clock) : IJob
{
    const int MostRows = 5_000;

    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        return store.Read(reader => reader.Find<long?>(Sql.Due, new { Before = before })) is { } import
            && await store.Write(tx => tx.Execute(Sql.Forget, new { Import = import, Most = MostRows }) > 0, ct);
    }
}

file static class Sql
{
    public const string Due = """
        SELECT r.import_id FROM operational_data_rejections r JOIN operational_data_imports i ON i.id = r.import_id WHERE i.finished_at < @Before LIMIT 1
        """;

    public const string Forget = """
        DELETE FROM operational_data_rejections
        WHERE import_id = @Import AND line IN (SELECT line FROM operational_data_rejections WHERE import_id = @Import LIMIT @Most)
        """;
}
