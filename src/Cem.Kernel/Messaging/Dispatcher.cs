using System.Diagnostics;
using Cem.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Messaging;

/// <summary>
/// Delivers what was told, oldest first: by the commit that tells it, while nothing older is owed and as long as that takes
/// little, and soon after otherwise. A handler that fails is tried again with growing pauses and finally parked, where a
/// person sees it; it never stops the others.
/// </summary>
public sealed class Dispatcher(Store store, Facts facts, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Dispatcher> log) : BackgroundService
{
    const int BatchSize = 256;

    /// <summary>How long deliveries may take in one commit: together is cheaper, but others wait for the writer meanwhile.</summary>
    static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a handler rests after its n-th failure; after the last it is parked.</summary>
    static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8),
    ];

    readonly SemaphoreSlim wake = new(0, 1);
    readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Delivers everything that is owed and due; returns how many deliveries were made or failed.</summary>
    public async Task<int> Drain(CancellationToken ct = default)
    {
        await turn.WaitAsync(ct);
        try
        {
            var total = 0;
            while (true)
            {
                var due = store.Read(reader => reader.Query<Owed>(Sql.Due, new { Now = clock.GetUtcNow(), Limit = BatchSize }));
                if (due.Count == 0)
                    return total;
                for (var made = 0; made < due.Count;)
                    made += await store.Write(tx => DeliverOwed(tx, due.Skip(made)), ct);
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

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        facts.Deliver = DeliverTold;
        facts.Owed += Wake;
        return base.StartAsync(cancellationToken);
    }

    /// <summary>What is told from here on is owed: those who handle it may soon be gone.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        facts.Deliver = null;
        facts.Owed -= Wake;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            await Repeat(stoppingToken);
    }

    async Task Repeat(CancellationToken ct)
    {
        try
        {
            await Drain(ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Delivering facts failed; it will be tried again");
        }
        // The pause is for what was put off; what is owed afresh wakes us.
        await wake.WaitAsync(TimeSpan.FromSeconds(1), ct);
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
    /// Takes what the current group of writes has told. What it leaves is owed. All of it is done under one savepoint, for
    /// each costs copies of pages and hardly any handler fails; if one does, it is all undone and done again, each delivery
    /// by itself, as a handler must bear anyway.
    /// </summary>
    void DeliverTold(Tx tx)
    {
        if (!tx.HasTold || tx.Prepare(Sql.IsBehind).Value<long?>(tx.Now) is not null)
            return;
        using var scope = scopes.CreateScope();
        if (tx.TryUnderSavepoint(() => TakeTurn(tx, (told, handler) => handler.Take(told.Fact, tx, scope.ServiceProvider))) is null)
            return;
        TakeTurn(tx, (told, handler) =>
        {
            if (tx.TryUnderSavepoint(() => handler.Take(told.Fact, tx, scope.ServiceProvider)) is { } fault)
            {
                tx.Prepare(Sql.Owe).Run(told.Id, handler.Name, tx.Now);
                PutOff(tx, told.Id, handler.Name, 0, fault);
            }
        });
    }

    static void TakeTurn(Tx tx, Action<Told, Facts.Handler> deliver)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < LongestTurn && tx.TakeTold() is { } told)
            foreach (var handler in told.Handlers)
                deliver(told, handler);
    }

    /// <summary>Makes deliveries in one write, each under a savepoint of its own; returns how many it came to before its turn was over.</summary>
    int DeliverOwed(Tx tx, IEnumerable<Owed> due)
    {
        using var scope = scopes.CreateScope();
        var began = Stopwatch.GetTimestamp();
        var made = 0;
        foreach (var owed in due)
        {
            if (tx.TryUnderSavepoint(() => Deliver(tx, owed, scope.ServiceProvider)) is { } fault)
                PutOff(tx, owed.FactId, owed.Handler, owed.Attempts, fault);
            made++;
            if (Stopwatch.GetElapsedTime(began) > LongestTurn)
                break;
        }
        return made;
    }

    void Deliver(Tx tx, Owed owed, IServiceProvider services)
    {
        var handler = facts.FindHandler(owed.Handler)
            ?? throw new InvalidOperationException($"This version has no handler {owed.Handler}.");
        if (tx.Prepare(Sql.Deliver).Run(owed.FactId, owed.Handler) == 1)
            handler.Take(facts.Read(owed.Name, owed.Body), tx, services);
    }

    void PutOff(Tx tx, long fact, string handler, int attempts, Exception fault)
    {
        var parked = attempts >= Pauses.Length;
        tx.Prepare(Sql.PutOff).Run(tx.Now + (parked ? TimeSpan.Zero : Pauses[attempts]), parked, $"{fault.GetType().Name}: {fault.Message}", fact, handler);
        log.LogWarning(fault, "{Handler} failed on fact {Fact}, attempt {Attempt}", handler, fact, attempts + 1);
    }

    public override void Dispose()
    {
        facts.Deliver = null;
        facts.Owed -= Wake;
        wake.Dispose();
        turn.Dispose();
        base.Dispose();
    }

    sealed record Owed(long FactId, string Handler, int Attempts, string Name, string Body);

    static class Sql
    {
        public const string Due = """
            SELECT d.fact_id, d.handler, d.attempts, f.name, f.body
            FROM kernel_deliveries d JOIN kernel_facts f ON f.id = d.fact_id
            WHERE d.parked = 0 AND d.due_at <= @Now
            ORDER BY d.fact_id, d.handler
            LIMIT @Limit
            """;

        public const string IsBehind = "SELECT 1 FROM kernel_deliveries WHERE parked = 0 AND due_at <= @Now LIMIT 1";

        public const string Owe = "INSERT INTO kernel_deliveries (fact_id, handler, due_at) VALUES (@Fact, @Handler, @Now)";

        public const string Deliver = "DELETE FROM kernel_deliveries WHERE fact_id = @Fact AND handler = @Handler";

        public const string PutOff = """
            UPDATE kernel_deliveries SET attempts = attempts + 1, due_at = @Due, parked = @Parked, error = @Error
            WHERE fact_id = @Fact AND handler = @Handler
            """;

        public const string Retry = """
            UPDATE kernel_deliveries SET attempts = 0, parked = 0, due_at = @Now
            WHERE (@Fact IS NULL OR fact_id = @Fact) AND (@Handler IS NULL OR handler = @Handler) AND attempts > 0
            """;
    }
}
