using Cem.Kernel.Columns;

namespace Cem.Tests.Kernel.Columns;

public sealed class ColumnStoreConcurrencyTests
{
    /// <summary>
    /// Every change moves one row of each of two sides by the same amount, adds rows in pairs and removes them in
    /// pairs. Whatever a reader sees, the sides must balance.
    /// </summary>
    [Test]
    public async Task No_reader_ever_sees_half_a_change([Values(6, 12)] int segmentBits)
    {
        var store = new ColumnStore(["side", "bucket"], segmentBits, parallelFrom: int.MaxValue);
        var day = new DateOnly(2026, 1, 1);
        var query = new CellQuery(Scale.Values(0, 10)) { By = ["side"], PerCluster = true };
        const int Changes = 5_000;
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(Read)).ToArray();

        var random = new Random(7);
        for (var number = 1; number <= Changes; number++)
        {
            using var change = store.Change();
            PutPair(change, number);
            PutPair(change, random.Next(1, number + 1));
            if (number % 3 == 0)
            {
                var gone = random.Next(1, number);
                Assert.That(change.Remove(gone), Is.EqualTo(change.Remove(-gone)));
            }
        }

        await stop.CancelAsync();
        Assert.That(await Task.WhenAll(readers), Has.All.GreaterThan(0));

        void PutPair(ColumnChange change, int number)
        {
            var value = random.Next(11);
            change.Put(number, day.AddDays(number % 90), number % 17, value, "left", number);
            change.Put(-number, day.AddDays(number % 90), number % 17, value, "right", -number);
        }

        int Read()
        {
            var answers = 0;
            do
            {
                var (again, first) = (store.Ask([query, query]) is [var a, var b] ? (a, b) : default);
                Assert.That(Show(again), Is.EqualTo(Show(first)), "one batch, one state");
                if (first.Count > 0)
                    Assert.That(Side(first, "left"), Is.EqualTo(Side(first, "right")));
                answers++;
            }
            while (!stop.IsCancellationRequested);
            return answers;
        }
    }

    [Test]
    public void An_answer_stays_as_it_was_given()
    {
        var store = new ColumnStore(["side"], segmentBits: 4, parallelFrom: int.MaxValue);
        Fill(store, from: 1, to: 100);
        var answer = store.Ask(new CellQuery(Scale.Values(0, 10)) { By = ["side"] });
        var before = Show(answer);
        Fill(store, from: 50, to: 200);

        Assert.That(Show(answer), Is.EqualTo(before));

        static void Fill(ColumnStore store, int from, int to)
        {
            using var change = store.Change();
            for (var key = from; key <= to; key++)
                change.Put(key, new(2026, 1, 1), 1, (key + from) % 11, "side" + key % 5);
        }
    }

    static string Side(CellTable table, string side)
    {
        var cell = table.Single(cell => cell["side"] == side);
        var clusters = cell.Clusters.OrderBy(part => part.Cluster).Select(part => $"{part.Cluster}: {Show(part.Counts)}");
        return $"{Show(cell.Counts)}; {string.Join("; ", clusters)}";
    }

    static string Show(CellTable table) => string.Join('\n', table.Select(cell => $"{cell["side"]} {Show(cell.Counts)}"));

    static string Show(Histogram counts) => string.Join(',', counts.Bins.ToArray());
}
