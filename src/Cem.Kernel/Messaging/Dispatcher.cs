using Cem.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Messaging;

/// <summary>
/// Delivers what was told, oldest first. A handler that fails is tried again with growing pauses and finally parked,
/// where a person sees it; it never stops the others.
/// </summary>
public sealed class Dispatcher(Store store, Facts facts, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Dispatcher> log) : BackgroundService
{
    const int BatchSize = 256;

    /// <summary>Deliveries in one write: many, for it is cheaper; not too many, for others wait for the writer meanwhile.</summary>
    const int ChunkSize = 32;

    /// <summary>Facts come in bursts; a short wait lets them be delivered together.</summary>
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a handler rests after its n-th failure; after the last it is parked.</summary>
    static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8),
    ];

    readonly SemaphoreSlim wake = new(0, 1);
    readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Delivers everything that is due; returns how many deliveries were made or failed.</summary>
    public async Task<int> Drain(CancellationToken ct = default)
    {
        await turn.WaitAsync(ct);
        try
        {
            var total = 0;
            while (true)
            {
                var due = store.Read(reader => reader.Query<Delivery>(Sql.Due, new { Now = clock.GetUtcNow(), Limit = BatchSize }));
                if (due.Count == 0)
                    return total;
                await using var scope = scopes.CreateAsyncScope();
                await Deliver(due, scope.ServiceProvider, ct);
                total += due.Count;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Delivers again what was parked or put off, with all its attempts before it.</summary>
    /// <param name="factId">One fact; null for all.</param>
    /// <param name="handler">One handler of it; null for all.</param>
    /// <returns>How many deliveries.</returns>
    public static int Retry(Tx tx, long? factId, string? handler) => tx.Execute(Sql.Retry, new { Fact = factId, Handler = handler, tx.Now });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        facts.Told += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Drain(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Delivering facts failed; it will be tried again");
            }
            // The pause is for what was put off; fresh facts wake us.
            if (await wake.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken))
                await Task.Delay(Gather, stoppingToken);
        }
    }

    void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0)
                wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just woken it.
        }
    }

    /// <summary>
    /// Delivers a batch in one write, each delivery under a savepoint of its own, so that one that fails undoes itself alone.
    /// </summary>
    async Task Deliver(IReadOnlyList<Delivery> due, IServiceProvider services, CancellationToken ct)
    {
        foreach (var chunk in due.Chunk(ChunkSize))
        {
            var prepared = chunk.Select(delivery => Prepare(delivery, services)).ToList();
            foreach (var (delivery, fault) in await store.Write(tx => prepared.Select(each => (each.Delivery, Fault: each.Fault ?? Deliver(tx, each))).Where(each => each.Fault is not null).ToList(), ct))
            {
                log.LogWarning(fault, "{Handler} failed on fact {Fact}, attempt {Attempt}", delivery.Handler, delivery.FactId, delivery.Attempts + 1);
                await PutOff(delivery, fault!, ct);
            }
        }
    }

    Prepared Prepare(Delivery delivery, IServiceProvider services)
    {
        try
        {
            var handler = facts.FindHandler(delivery.Handler)
                ?? throw new InvalidOperationException($"This version has no handler {delivery.Handler}.");
            var (fact, instance) = (facts.Read(delivery.Name, delivery.Body), handler.Make(services));
            return new Prepared(delivery, tx => handler.Call(instance, fact, tx), null);
        }
#pragma warning disable CA1031 // whatever is wrong with one is recorded and must not stop the others
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new Prepared(delivery, null, fault);
        }
    }

    static Exception? Deliver(Tx tx, Prepared each) => tx.TryUnderSavepoint(() =>
    {
        if (tx.Prepare("DELETE FROM kernel_deliveries WHERE fact_id = @Fact AND handler = @Handler").Run(each.Delivery.FactId, each.Delivery.Handler) == 1)
            each.Call!(tx);
    });

    Task PutOff(Delivery delivery, Exception fault, CancellationToken ct)
    {
        var parked = delivery.Attempts >= Pauses.Length;
        var due = clock.GetUtcNow() + (parked ? TimeSpan.Zero : Pauses[delivery.Attempts]);
        return store.Write(tx => tx.Prepare("""
            UPDATE kernel_deliveries SET attempts = attempts + 1, due_at = @Due, parked = @Parked, error = @Error
            WHERE fact_id = @Fact AND handler = @Handler
            """).Run(due, parked ? 1 : 0, $"{fault.GetType().Name}: {fault.Message}", delivery.FactId, delivery.Handler), ct);
    }

    public override void Dispose()
    {
        facts.Told -= Wake;
        wake.Dispose();
        turn.Dispose();
        base.Dispose();
    }

    sealed record Prepared(Delivery Delivery, Action<Tx>? Call, Exception? Fault);

    sealed record Delivery(long FactId, string Handler, int Attempts, string Name, string Body);

    static class Sql
    {
        public const string Due = """
            SELECT d.fact_id, d.handler, d.attempts, f.name, f.body
            FROM kernel_deliveries d JOIN kernel_facts f ON f.id = d.fact_id
            WHERE d.parked = 0 AND d.due_at <= @Now
            ORDER BY d.fact_id, d.handler
            LIMIT @Limit
            """;

        public const string Retry = """
            UPDATE kernel_deliveries SET attempts = 0, parked = 0, due_at = @Now
            WHERE (@Fact IS NULL OR fact_id = @Fact) AND (@Handler IS NULL OR handler = @Handler) AND attempts > 0
            """;
    }
}
