using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Web;

namespace Cem.Tests.Kernel.Data;

public sealed class StoreTests
{
    DirectoryInfo folder = null!;
    Store store = null!;

    [SetUp]
    public async Task Open()
    {
        folder = Directory.CreateTempSubdirectory("cem-store-");
        store = OpenStore();
        await store.Write(tx => tx.Execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT) STRICT"));
    }

    [TearDown]
    public void Close()
    {
        store.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task What_one_piece_of_work_throws_undoes_that_piece_alone_although_all_are_committed_as_one_group()
    {
        var works = Enumerable.Range(1, 200).Select(id => store.Write(tx =>
        {
            tx.Execute("INSERT INTO things (id, name) VALUES (@Id, 'x')", new { Id = id });
            if (id % 10 == 0)
                throw new InvalidOperationException($"work {id}");
        })).ToList();

        foreach (var (work, id) in works.Select((work, index) => (work, index + 1)))
            if (id % 10 == 0)
                Assert.That(async () => await work, Throws.InvalidOperationException.With.Message.EqualTo($"work {id}"));
            else
                await work;

        var ids = store.Read(reader => reader.Query<int>("SELECT id FROM things ORDER BY id"));
        Assert.That(ids, Is.EqualTo(Enumerable.Range(1, 200).Where(id => id % 10 != 0)));
    }

    [Test]
    public async Task What_is_queued_with_work_that_fails_half_done_is_committed_once()
    {
        using var queued = new ManualResetEventSlim();
        var seen = new List<string>();
        var first = store.Write(_ => queued.Wait());
        var whole = store.Write(tx =>
        {
            tx.AfterCommit(() => seen.Add("whole"));
            return tx.Execute("INSERT INTO things (id, name) VALUES (1, 'x')");
        });
        var refused = store.Write(tx =>
        {
            tx.AfterCommit(() => seen.Add("refused"));
            throw Problem.Rule("/id", "refused", ("No.", "否。"));
        });
        var halfDone = store.Write(tx =>
        {
            tx.AfterCommit(() => seen.Add("half done"));
            tx.Execute("INSERT INTO things (id, name) VALUES (2, 'x')");
            throw new InvalidOperationException("half done");
        });
        queued.Set();

        await first;
        Assert.That(await whole, Is.EqualTo(1));
        Assert.That(async () => await refused, Throws.TypeOf<Problem>());
        Assert.That(async () => await halfDone, Throws.InvalidOperationException);
        Assert.That(seen, Is.EqualTo(new[] { "whole" }));
        Assert.That(store.Read(reader => reader.Query<int>("SELECT id FROM things")), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_batch_item_that_breaks_a_rule_leaves_the_others_and_its_after_commit_out()
    {
        var seen = new List<int>();
        var problems = await store.Write(tx => Enumerable.Range(1, 3).Select(id => tx.Attempt(() =>
        {
            tx.Execute("INSERT INTO things (id, name) VALUES (@Id, 'x')", new { Id = id });
            tx.AfterCommit(() => seen.Add(id));
            if (id == 2)
                throw Problem.Rule("/id", "two", ("Two.", "二。"));
        })).ToList());

        Assert.That(problems.Select(problem => problem?.Code), Is.EqualTo(new[] { null, "two", null }));
        Assert.That(seen, Is.EqualTo(new[] { 1, 3 }));
        Assert.That(store.Read(reader => reader.Query<int>("SELECT id FROM things ORDER BY id")), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task A_reader_sees_one_snapshot_while_the_writer_goes_on()
    {
        await store.Write(tx => tx.Execute("INSERT INTO things (id) VALUES (1)"));

        var counts = store.Read(reader =>
        {
            var before = reader.Single<int>("SELECT COUNT(*) FROM things");
            Task.Run(() => store.Write(tx => tx.Execute("INSERT INTO things (id) VALUES (2)"))).GetAwaiter().GetResult();
            return (before, after: reader.Single<int>("SELECT COUNT(*) FROM things"));
        });

        Assert.That(counts, Is.EqualTo((1, 1)));
        Assert.That(store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM things")), Is.EqualTo(2));
    }

    [Test]
    public void Readers_cannot_write() =>
        Assert.That(() => store.Read(reader => reader.Query<int>("INSERT INTO things (id) VALUES (1) RETURNING id")), Throws.Exception);

    [Test]
    public void A_second_writer_on_the_same_file_is_refused() =>
        Assert.That(OpenStore, Throws.TypeOf<StoreInUseException>());

    [Test]
    public async Task Statements_bind_by_the_order_in_which_names_first_stand()
    {
        await store.Write(tx => tx.Prepare("INSERT INTO things (name, id) VALUES (@Name || ':@x' || @Name, @Id)").Run("a", 7));

        Assert.That(store.Read(reader => reader.Find<string>("SELECT name FROM things WHERE id = 7")), Is.EqualTo("a:@xa"));
    }

    [Test]
    public async Task Values_come_back_as_they_went_in()
    {
        var instant = new DateTimeOffset(2026, 3, 1, 9, 30, 0, 123, TimeSpan.FromHours(8));
        var row = await store.Write(tx => tx.Single<Values>(
            "SELECT @Instant AS instant, @Day AS day, @Id AS id, @Flag AS flag, NULL AS none, @Tags AS tags, COUNT(*) AS count FROM things",
            new { Instant = instant, Day = new DateOnly(2026, 2, 28), Id = new Id(42), Flag = true, Tags = new[] { "a", "é" } }));

        Assert.That(row.Instant, Is.EqualTo(instant));
        Assert.That(row.Tags, Is.EqualTo(new[] { "a", "é" }));
        Assert.That(row with { Instant = default, Tags = [] }, Is.EqualTo(new Values(default, new DateOnly(2026, 2, 28), new Id(42), true, null, [], 0)));
    }

    [Test]
    public async Task A_copy_holds_everything_and_can_be_put_back()
    {
        var copy = Path.Combine(folder.FullName, "copy.db");
        await store.Write(tx => tx.Execute("INSERT INTO things (id) VALUES (1)"));
        store.CopyTo(copy);
        await store.Write(tx => tx.Execute("INSERT INTO things (id) VALUES (2)"));
        Assert.That(() => Store.Replace(store.File, copy), Throws.TypeOf<StoreInUseException>());
        store.Dispose();

        var kept = Store.Replace(store.File, copy);

        Assert.That(kept, Does.Exist);
        store = OpenStore();
        Assert.That(store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM things")), Is.EqualTo(1));
        Assert.That(store.FindFaults(), Is.Empty);
    }

    Store OpenStore() => new(Path.Combine(folder.FullName, "cem.db"), TimeProvider.System, new Facts([], []));

    sealed record Values(DateTimeOffset Instant, DateOnly Day, Id Id, bool Flag, int? None, string[] Tags, int Count);
}
