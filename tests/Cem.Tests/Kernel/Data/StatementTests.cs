using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Microsoft.Data.Sqlite;

namespace Cem.Tests.Kernel.Data;

public sealed class StatementTests
{
    DirectoryInfo folder = null!;
    Store store = null!;

    [SetUp]
    public async Task Open()
    {
        folder = Directory.CreateTempSubdirectory("cem-statement-");
        store = new Store(Path.Combine(folder.FullName, "cem.db"), TimeProvider.System, new Facts([], []));
        await store.Write(tx => tx.Execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"));
    }

    [TearDown]
    public void Close()
    {
        store.Dispose();
        folder.Delete(recursive: true);
    }

    static readonly TestCaseData[] Values =
    [
        new(null, "null", null),
        new(9_007_199_254_740_993L, "integer", "9007199254740993"),
        new(-7, "integer", "-7"),
        new(true, "integer", "1"),
        new(false, "integer", "0"),
        new(0.1, "real", "0.1"),
        new("", "text", ""),
        new("谢谢 😀 '; DROP TABLE things; --", "text", "谢谢 😀 '; DROP TABLE things; --"),
        new(new string('长', 5_000), "text", new string('长', 5_000)),
        new(DateTimeOffset.FromUnixTimeMilliseconds(1_773_194_400_123), "integer", "1773194400123"),
        new(new DateOnly(2026, 3, 11), "integer", "20260311"),
        new(new Id(42), "integer", "42"),
        new(new byte[] { 65, 66 }, "blob", "AB"),
        new(Array.Empty<byte>(), "blob", ""),
    ];

    [TestCaseSource(nameof(Values))]
    public async Task A_value_arrives_as_what_it_is(object? value, string type, string? text)
    {
        var (storedType, storedText) = await store.Write(tx =>
            tx.Prepare("SELECT typeof(@Value), CAST(@Value AS TEXT)").Find(row => (row.Text(0), row.TextOrNull(1)), value));

        Assert.That(storedType, Is.EqualTo(type));
        Assert.That(storedText, Is.EqualTo(text));
    }

    [Test]
    public async Task Parameters_are_bound_in_the_order_in_which_their_names_first_stand() =>
        Assert.That(await store.Write(tx => tx.Prepare("SELECT @B || @A || @B").Value<string>("b", "a")), Is.EqualTo("bab"));

    [Test]
    public async Task A_statement_tells_how_many_rows_it_changed_and_reads_them_all()
    {
        var (added, changed, none, names, missing) = await store.Write(tx =>
        {
            var added = tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Run(1, "one") + tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Run(2, "two");
            var changed = tx.Prepare("UPDATE things SET name = name || '!' WHERE id >= @Id").Run(1);
            return (added, changed, tx.Prepare("SELECT 1 FROM things WHERE id > @Id").Run(0),
                tx.Prepare("SELECT id, name, NULL FROM things ORDER BY id").List(row => (row.Number(0), row.Text(1), row.NumberOrNull(2))),
                tx.Prepare("SELECT name FROM things WHERE id = @Id").Find(row => row.Text(0), 3));
        });

        Assert.That((added, changed, none), Is.EqualTo((2, 2, 0)));
        Assert.That(names, Is.EqualTo(new[] { (1L, "one!", (long?)null), (2L, "two!", null) }));
        Assert.That(missing, Is.Null);
    }

    [Test]
    public async Task Values_bound_one_by_one_arrive_like_those_given_at_once()
    {
        var (added, seen) = await store.Write(tx =>
        {
            var added = tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Bind().Add(1).AddText("一"u8).Run();
            return (added, tx.Prepare("SELECT typeof(@A) || typeof(@B) || typeof(@C), name, @D || @E FROM things WHERE id = @F")
                .Bind().Add(2).Add((long?)null).AddText([]).Add("x").Add((string?)null).Add(1).Find(row => (row.Text(0), row.Text(1), row.TextOrNull(2))));
        });

        Assert.That(added, Is.EqualTo(1));
        Assert.That(seen, Is.EqualTo(("integernulltext", "一", (string?)null)));
    }

    [Test]
    public void Values_bound_one_by_one_must_be_all_there() =>
        Assert.That(async () => await store.Write(tx => tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Bind().Add(1).Run()), Throws.ArgumentException);

    [Test]
    public async Task A_value_that_is_not_there_is_the_default()
    {
        var (missing, nothing, number) = await store.Write(tx => (
            tx.Prepare("SELECT id FROM things WHERE id = @Id").Value<long?>(1),
            tx.Prepare("SELECT NULL").Value<string>(),
            tx.Prepare("SELECT COUNT(*) FROM things").Value<int>()));

        Assert.That((missing, nothing, number), Is.EqualTo(((long?)null, (string?)null, 0)));
    }

    [Test]
    public async Task A_refused_row_says_why_and_leaves_the_statement_usable()
    {
        Assert.That(async () => await store.Write(tx => tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Run(1, null)),
            Throws.InstanceOf<SqliteException>().With.Message.Contains("things.name").And.Property("SqliteErrorCode").EqualTo(19));

        Assert.That(await store.Write(tx => tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Run(1, "one")), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reader_that_throws_leaves_the_statement_usable()
    {
        await store.Write(tx => tx.Prepare("INSERT INTO things (id, name) VALUES (@Id, @Name)").Run(1, "one"));
        Assert.That(async () => await store.Write(tx => tx.Prepare("SELECT name FROM things").Find<string>(_ => throw new InvalidOperationException("no"))),
            Throws.InvalidOperationException);

        Assert.That(await store.Write(tx => tx.Prepare("SELECT name FROM things").Value<string>()), Is.EqualTo("one"));
    }

    [Test]
    public void Too_few_values_or_a_value_of_an_unknown_kind_are_refused()
    {
        Assert.That(async () => await store.Write(tx => tx.Prepare("SELECT @A, @B").Run(1)), Throws.ArgumentException.With.Message.Contains("2 parameters, 1 were given"));
        Assert.That(async () => await store.Write(tx => tx.Prepare("SELECT @A").Run(Guid.Empty)), Throws.ArgumentException.With.Message.Contains("Guid"));
    }
}
