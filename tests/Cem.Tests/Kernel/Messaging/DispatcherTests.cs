using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Tests.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cem.Tests.Kernel.Messaging;

public sealed class DispatcherTests
{
    DirectoryInfo folder = null!;
    ServiceProvider services = null!;
    ManualClock clock = null!;
    Store store = null!;
    Dispatcher dispatcher = null!;

    [SetUp]
    public async Task Open()
    {
        folder = Directory.CreateTempSubdirectory("cem-facts-");
        clock = new ManualClock(CemHost.Start);
        services = new ServiceCollection().AddSingleton<Weather>().BuildServiceProvider();
        var facts = new Facts([typeof(DispatcherTests).Assembly], [typeof(DispatcherTests).Assembly]);
        store = new Store(Path.Combine(folder.FullName, "cem.db"), clock, facts);
        dispatcher = new Dispatcher(store, facts, services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<Dispatcher>.Instance);
        await store.Write(tx => tx.Execute("CREATE TABLE seen (handler TEXT, number INTEGER) STRICT"));
    }

    [TearDown]
    public void Close()
    {
        dispatcher.Dispose();
        store.Dispose();
        services.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Each_fact_reaches_each_handler_once_and_in_order()
    {
        await store.Write(tx =>
        {
            for (var number = 1; number <= 300; number++)
                tx.Tell(new Rained(number));
        });

        await Task.WhenAll(dispatcher.Drain(), dispatcher.Drain());
        await dispatcher.Drain();

        Assert.That(Seen("calm"), Is.EqualTo(Enumerable.Range(1, 300)));
        Assert.That(Seen("moody"), Is.EqualTo(Enumerable.Range(1, 300)));
    }

    [Test]
    public async Task A_fact_told_in_work_that_fails_was_never_told()
    {
        Assert.That(async () => await store.Write(tx =>
        {
            tx.Tell(new Rained(1));
            throw new InvalidOperationException();
        }), Throws.InvalidOperationException);

        await dispatcher.Drain();

        Assert.That(Seen("calm"), Is.Empty);
    }

    [Test]
    public async Task A_handler_that_fails_leaves_nothing_stops_nobody_is_tried_again_and_then_parked()
    {
        services.GetRequiredService<Weather>().Bad = true;
        await store.Write(tx => tx.Tell(new Rained(1)));

        await dispatcher.Drain();
        Assert.That(Seen("calm"), Is.EqualTo(new[] { 1 }));
        Assert.That(Seen("moody"), Is.Empty, "what the failed handler wrote was undone");

        services.GetRequiredService<Weather>().Bad = false;
        await dispatcher.Drain();
        Assert.That(Seen("moody"), Is.Empty, "it rests before the next attempt");
        clock.Advance(TimeSpan.FromSeconds(1));
        await dispatcher.Drain();
        Assert.That(Seen("moody"), Is.EqualTo(new[] { 1 }));

        services.GetRequiredService<Weather>().Bad = true;
        await store.Write(tx => tx.Tell(new Rained(2)));
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await dispatcher.Drain();
            clock.Advance(TimeSpan.FromHours(9));
        }
        Assert.That(store.Read(reader => reader.Query<string>("SELECT error FROM kernel_v_parked")), Is.EqualTo(new[] { "InvalidOperationException: bad weather" }));
    }

    [Test]
    public async Task What_was_told_before_the_process_died_is_delivered_after_the_restart()
    {
        await store.Write(tx => tx.Tell(new Rained(1)));
        dispatcher.Dispose();
        store.Dispose();
        var facts = new Facts([typeof(DispatcherTests).Assembly], [typeof(DispatcherTests).Assembly]);
        store = new Store(Path.Combine(folder.FullName, "cem.db"), clock, facts);
        dispatcher = new Dispatcher(store, facts, services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<Dispatcher>.Instance);

        await dispatcher.Drain();

        Assert.That(Seen("calm"), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task While_it_runs_what_is_told_is_delivered_by_the_commit_that_tells_it()
    {
        await dispatcher.StartAsync(CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => store.Write(tx => tx.Tell(new Rained(number)))));

        Assert.That(Seen("calm"), Is.EquivalentTo(Enumerable.Range(1, 50)));
        Assert.That(Seen("moody"), Is.EqualTo(Seen("calm")));
        Assert.That(Owed(), Is.Zero);
        Assert.That(store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts")), Is.EqualTo(50));
    }

    [Test]
    public async Task What_fails_in_the_commit_that_tells_it_is_owed_and_touches_neither_the_teller_nor_the_others()
    {
        await dispatcher.StartAsync(CancellationToken.None);
        services.GetRequiredService<Weather>().Bad = true;

        await store.Write(tx =>
        {
            tx.Execute("INSERT INTO seen (handler, number) VALUES ('teller', 1)");
            tx.Tell(new Rained(1));
        });

        Assert.That(Seen("teller"), Is.EqualTo(new[] { 1 }));
        Assert.That(Seen("calm"), Is.EqualTo(new[] { 1 }));
        Assert.That(Seen("moody"), Is.Empty, "what the failed handler wrote was undone");
        Assert.That(Owed(), Is.EqualTo(1));
        services.GetRequiredService<Weather>().Bad = false;
        clock.Advance(TimeSpan.FromSeconds(1));
        await dispatcher.Drain();
        Assert.That(Seen("moody"), Is.EqualTo(new[] { 1 }));
        Assert.That(Owed(), Is.Zero);
    }

    [Test]
    public async Task One_failure_among_many_facts_of_a_commit_is_owed_alone_and_nothing_is_delivered_twice()
    {
        await dispatcher.StartAsync(CancellationToken.None);
        services.GetRequiredService<Weather>().BadFor = 3;

        await store.Write(tx =>
        {
            for (var number = 1; number <= 4; number++)
                tx.Tell(new Thundered(number));
        });
        // What a busy machine did not deliver within the commit.
        await dispatcher.Drain();

        Assert.That(Seen("calm"), Is.EqualTo(new[] { 1, 2, 3, 4 }), "also what was told by a handler that was undone and ran again");
        Assert.That(Seen("moody"), Is.EqualTo(new[] { 1, 2, 4 }));
        Assert.That(Owed(), Is.EqualTo(1));
        Assert.That(store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'Rained'")), Is.EqualTo(4));
    }

    [Test]
    public async Task What_is_too_much_for_one_commit_is_owed_and_goes_before_what_is_told_after_it()
    {
        await dispatcher.StartAsync(CancellationToken.None);

        var much = store.Write(tx =>
        {
            for (var number = 1; number <= 3000; number++)
                tx.Tell(new Rained(number));
        });
        for (var number = 3001; number <= 3020; number++)
            await store.Write(tx => tx.Tell(new Rained(number)));
        await much;
        await dispatcher.Drain();

        Assert.That(Seen("calm"), Is.EqualTo(Enumerable.Range(1, 3020)));
        Assert.That(Seen("moody"), Is.EqualTo(Enumerable.Range(1, 3020)));
    }

    [Test]
    public async Task What_a_handler_tells_is_delivered_too()
    {
        await dispatcher.StartAsync(CancellationToken.None);

        await store.Write(tx => tx.Tell(new Thundered(7)));

        Assert.That(Seen("calm"), Is.EqualTo(new[] { 7 }));
        Assert.That(Owed(), Is.Zero);
    }

    [Test]
    public async Task Once_it_has_stopped_what_is_told_is_owed()
    {
        await dispatcher.StartAsync(CancellationToken.None);
        await dispatcher.StopAsync(CancellationToken.None);

        await store.Write(tx => tx.Tell(new Rained(1)));

        Assert.That(Seen("calm"), Is.Empty);
        Assert.That(Owed(), Is.EqualTo(2));
    }

    int Owed() => store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_v_owed"));

    IReadOnlyList<int> Seen(string handler) =>
        store.Read(reader => reader.Query<int>("SELECT number FROM seen WHERE handler = @Handler ORDER BY rowid", new { Handler = handler }));
}

sealed record Rained(int Number) : INotification;

sealed record Thundered(int Number) : INotification;

/// <summary>Where there is thunder, there is rain.</summary>
sealed class Thunder : IFactHandler<Thundered>
{
    public void Handle(Thundered fact, Tx tx) => tx.Tell(new Rained(fact.Number));
}

sealed class Weather
{
    public bool Bad { get; set; }

    /// <summary>Bad for the fact of this number alone.</summary>
    public int? BadFor { get; set; }
}

sealed class Moody(Weather weather) : IFactHandler<Rained>
{
    public void Handle(Rained fact, Tx tx)
    {
        tx.Execute("INSERT INTO seen (handler, number) VALUES ('moody', @Number)", fact);
        if (weather.Bad || weather.BadFor == fact.Number)
            throw new InvalidOperationException("bad weather");
    }
}
