using Cem.Kernel.Columns;

namespace Cem.Tests.Kernel.Columns;

public sealed class TallyTests
{
    /// <summary>Enough entries for several buffers, from two workers, over keys few and many, near and far apart.</summary>
    [TestCase(50)]
    [TestCase(1_000_000_000)]
    [TestCase(2_000_000_000_000_000_000)]
    public void Sorting_counts_like_a_dictionary(long keys)
    {
        var random = new Random(5);
        var expected = new Dictionary<(long, int), int>();
        var workers = new[] { new SortingTally(keys, width: 3), new SortingTally(keys, width: 3) };
        var (batch, slots) = (new long[4_000], new byte[4_000]);
        foreach (var worker in workers)
        {
            // 1.2 million entries; a buffer takes 1.05.
            for (var round = 0; round < 300; round++)
            {
                for (var i = 0; i < batch.Length; i++)
                {
                    (batch[i], slots[i]) = (random.Next(4) == 0 ? keys - 1 : random.NextInt64(Math.Min(keys, 20_000)), (byte)random.Next(3));
                    expected[(batch[i], slots[i])] = expected.GetValueOrDefault((batch[i], slots[i])) + 1;
                }

                worker.Count(batch, slots);
            }
        }

        workers[0].Merge(workers[1]);
        var (found, counts) = workers[0].Finish();

        Assert.That(found, Is.Ordered.And.Unique);
        Assert.That(counts, Has.Length.EqualTo(found.Length * 3));
        var same = found.SelectMany((key, i) => Enumerable.Range(0, 3).Select(slot => (Key: (key, slot), Count: counts[i * 3 + slot])))
            .Where(entry => entry.Count > 0).ToDictionary(entry => entry.Key, entry => entry.Count);
        Assert.That(same, Has.Count.EqualTo(expected.Count));
        Assert.That(expected.All(entry => same[entry.Key] == entry.Value));
    }

    [Test]
    public void Both_kinds_of_tally_agree()
    {
        var random = new Random(6);
        var (keys, slots) = (new long[4_000], new byte[4_000]);
        Tally flat = new FlatTally(keys: 900, width: 5), sorting = new SortingTally(keys: 900, width: 5);
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < keys.Length; i++)
                (keys[i], slots[i]) = (random.Next(700), (byte)random.Next(5));
            flat.Count(keys, slots);
            sorting.Count(keys, slots);
        }

        var (expected, actual) = (flat.Finish(), sorting.Finish());
        Assert.That(actual.Keys, Is.EqualTo(expected.Keys));
        Assert.That(actual.Counts, Is.EqualTo(expected.Counts));
    }

    [Test]
    public void Few_possible_keys_are_an_array_and_many_are_sorted()
    {
        Assert.That(Tally.Create(keys: 5_000, width: 12, rows: 0), Is.InstanceOf<FlatTally>());
        Assert.That(Tally.Create(keys: 50_000, width: 12, rows: 10), Is.InstanceOf<SortingTally>());
        Assert.That(Tally.Create(keys: 50_000, width: 12, rows: 1_000_000), Is.InstanceOf<FlatTally>());
        Assert.That(Tally.Create(keys: 500_000, width: 12, rows: 10_000_000), Is.InstanceOf<SortingTally>());
    }
}
