using Cem.Kernel.Columns;

namespace Cem.Tests.Kernel.Columns;

public sealed class ColumnStoreTests
{
    static readonly Scale Nps = Scale.Bands(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2);
    static readonly DateOnly Day = new(2026, 3, 2);

    [Test]
    public void Counts_by_org_unit_and_month_within_a_scope_with_each_account()
    {
        var store = new ColumnStore("orgUnit", "touchpoint");
        using (var change = store.Change())
        {
            change.Put(1, new(2026, 1, 5), cluster: 7, value: 10, 11, "oa-sync");
            change.Put(2, new(2026, 1, 31), cluster: 7, value: 3, 11, "oa-sync");
            change.Put(3, new(2026, 1, 31), cluster: 8, value: null, 11, "oa-sync");
            change.Put(4, new(2026, 2, 1), cluster: 8, value: 8, 11, "oa-sync");
            change.Put(5, new(2026, 2, 1), cluster: 8, value: 9, 12, "oa-sync");
            change.Put(6, new(2026, 2, 1), cluster: 8, value: 9, 11, "booking");
            change.Put(7, new(2026, 2, 1), cluster: 8, value: 9, Member.None, "oa-sync");
        }

        var cells = store.Ask(new CellQuery(Nps)
        {
            Filter = Filter.All.Where("orgUnit", 11, 13).Where("touchpoint", "oa-sync"),
            By = ["orgUnit"],
            Periods = Periods.Of(new(2026, 1, 1), new(2026, 2, 28), day => day.Year * 100 + day.Month),
            PerCluster = true,
        }).OrderBy(cell => cell.Period).ToList();

        Assert.That(cells.Select(cell => (cell["orgUnit"].Id, cell.Period)), Is.EqualTo(new[] { (11, 202601), (11, 202602) }));
        Assert.That(cells[0].Counts.Bins.ToArray(), Is.EqualTo(new[] { 1, 0, 1 }));
        Assert.That((cells[0].Counts.N, cells[0].Counts.Excluded), Is.EqualTo((2, 1)));
        Assert.That(cells[0].Clusters.Select(part => (part.Cluster, part.Counts.N, part.Counts.Excluded)),
            Is.EqualTo(new[] { (7, 2, 0), (8, 0, 1) }));
        Assert.That(cells[1].Counts.Sum(-100, 0, 100), Is.Zero);
        Assert.That(cells[1].Clusters, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_same_row_again_changes_nothing()
    {
        var store = One();
        var version = store.Version;
        using (var change = store.Change())
            Assert.That(change.Put(1, Day, 7, 10, "north"), Is.False);

        Assert.That((store.Rows, store.Version), Is.EqualTo((1, version)));
    }

    [Test]
    public void A_correction_replaces_the_row()
    {
        var store = One();
        using (var change = store.Change())
            Assert.That(change.Put(1, Day.AddDays(1), 8, 2, "south"), Is.True);

        var cell = store.Ask(new CellQuery(Nps) { By = ["region"], PerCluster = true }).Single();
        Assert.That((cell["region"].Text, cell.Clusters[0].Cluster, cell.Counts[0]), Is.EqualTo(("south", 8, 1)));
        Assert.That(store.Rows, Is.EqualTo(1));
    }

    [Test]
    public void A_removed_row_is_gone_and_may_come_back()
    {
        var store = One();
        using (var change = store.Change())
            Assert.That((change.Remove(1), change.Remove(1), change.Remove(2)), Is.EqualTo((true, false, false)));
        Assert.That(store.Ask(new CellQuery(Nps)), Is.Empty);

        using (var change = store.Change())
            change.Put(1, Day, 7, 0, "north");
        Assert.That(store.Ask(new CellQuery(Nps)).Single().Counts[0], Is.EqualTo(1));
    }

    [Test]
    public void Nothing_is_seen_of_a_change_under_way()
    {
        var store = One();
        using (var change = store.Change())
        {
            change.Put(2, Day, 7, 10, "north");
            change.Remove(1);
            Assert.That((store.Rows, store.Ask(new CellQuery(Nps)).Single().Counts[2]), Is.EqualTo((1, 1)));
            change.Put(3, Day, 7, 10, "north");
        }

        Assert.That((store.Rows, store.Ask(new CellQuery(Nps)).Single().Counts[2]), Is.EqualTo((2, 2)));
    }

    [Test]
    public void No_row_no_cell()
    {
        var store = new ColumnStore("region");
        var queries = new[]
        {
            new CellQuery(Nps),
            new CellQuery(Nps) { By = ["region"], PerCluster = true },
            new CellQuery(Nps) { Periods = Periods.Of(Day, Day, _ => 1), PerCluster = true },
        };

        Assert.That(store.Ask(queries), Has.All.Empty);
        Assert.That(One().Ask(queries.Select(query => query with { Filter = Filter.All.Where("region") }).ToList()), Has.All.Empty);
    }

    [TestCase("2149-06-06")]
    [TestCase("1970-01-01")]
    public void Days_at_the_ends_of_the_range_are_kept(string text)
    {
        var day = DateOnly.ParseExact(text, "yyyy-MM-dd");
        var store = new ColumnStore();
        using (var change = store.Change())
            change.Put(1, day, 7, 5);

        Assert.That(store.Ask(new CellQuery(Nps) { Filter = Filter.All.Between(day, day) }), Has.Count.EqualTo(1));
        Assert.That(store.Ask(new CellQuery(Nps) { Filter = Filter.All.Between(new(2200, 1, 1), new(2300, 1, 1)) }), Is.Empty);
        Assert.That(store.Ask(new CellQuery(Nps) { Filter = Filter.All.Between(new(1900, 1, 1), new(1969, 12, 31)) }), Is.Empty);
    }

    [Test]
    public void What_cannot_be_held_is_refused_and_changes_nothing()
    {
        var store = One();
        Assert.Multiple(() =>
        {
            Assert.That(() => Put(new(1969, 12, 31), 1, "north"), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Put(new(2149, 6, 7), 1, "north"), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Put(Day, 255, "north"), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Put(Day, -1, "north"), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Put(Day, 1), Throws.ArgumentException);
            Assert.That(() => Put(Day, 1, "north", "more"), Throws.ArgumentException);
        });
        Assert.That(store.Rows, Is.EqualTo(1));
        Assert.That(Put(Day, 254, "north"), Is.True, "the next change is not shut out");

        bool Put(DateOnly day, int value, params Member[] members)
        {
            using var change = store.Change();
            return change.Put(2, day, 7, value, members);
        }
    }

    [Test]
    public void Unknown_names_are_named()
    {
        var store = One();
        Assert.That(() => store.Ask(new CellQuery(Nps) { By = ["regoin"] }), Throws.ArgumentException.With.Message.Contains("regoin"));
        Assert.That(() => store.Ask(new CellQuery(Nps) { Filter = Filter.All.Where("x", 1) }), Throws.ArgumentException.With.Message.Contains("'x'"));
        Assert.That(() => new ColumnStore("a", "a"), Throws.ArgumentException);
        var cell = store.Ask(new CellQuery(Nps)).Single();
        Assert.That(() => cell["region"], Throws.ArgumentException);
        Assert.That(() => cell.Period, Throws.InvalidOperationException);
        Assert.That(() => cell.Clusters, Throws.InvalidOperationException);
    }

    [Test]
    public void A_change_inside_a_change_is_refused()
    {
        var store = One();
        using var change = store.Change();
        Assert.That(() => store.Change().Dispose(), Throws.InvalidOperationException);
    }

    [Test]
    public void Too_many_combinations_are_refused()
    {
        var dimensions = Enumerable.Range(0, 7).Select(i => "d" + i).ToArray();
        var store = new ColumnStore(dimensions);
        using (var change = store.Change())
        {
            for (var key = 0; key < 600; key++)
                change.Put(key, Day, key, 1, [.. Enumerable.Repeat((Member)key, 7)]);
        }

        Assert.That(() => store.Ask(new CellQuery(Nps) { By = dimensions }), Throws.InvalidOperationException);
        Assert.That(store.Ask(new CellQuery(Nps) { By = dimensions[1..] }), Has.Count.EqualTo(600));
        Assert.That(
            store.Ask(new CellQuery(Nps) { By = dimensions, Filter = Filter.All.Where("d0", 1, 2) }), Has.Count.EqualTo(2),
            "members that the filter leaves out do not count");
    }

    [Test]
    public void Members_are_told_in_the_order_in_which_they_came() =>
        Assert.That(One().Members("region"), Is.EqualTo(new[] { Member.None, "north" }));

    [Test]
    public void Memory_follows_the_living_rows_however_often_they_are_corrected()
    {
        var store = new ColumnStore(["region"], segmentBits: 10, parallelFrom: int.MaxValue);
        for (var round = 0; round < 200; round++)
        {
            using var change = store.Change();
            for (var key = 0; key < 2_000; key++)
                change.Put(key, Day.AddDays(round), key % 9, round % 11, "north");
        }

        var perRow = 8 + 1 + 2 + 1 + 1;
        Assert.That(store.Bytes, Is.LessThan(2_000 * 2 * (perRow + 8) + 2 * 1024 * (perRow + 8) + 4 * 8_192));
        Assert.That(store.Ask(new CellQuery(Nps)).Single().Counts.N, Is.EqualTo(2_000));
    }

    static ColumnStore One()
    {
        var store = new ColumnStore("region");
        using var change = store.Change();
        change.Put(1, Day, 7, 10, "north");
        return store;
    }
}
