using Cem.Kernel.Columns;

namespace Cem.Tests.Kernel.Columns;

public sealed class KeyIndexTests
{
    [Test]
    public void It_finds_what_a_dictionary_finds([Values(1L, 1L << 22, 5_700_357_409_661_599_242)] long step)
    {
        var random = new Random(3);
        var keys = new List<long>();
        var index = new KeyIndex(row => keys[row]);
        var expected = new Dictionary<long, int>();
        for (var i = 0; i < 40_000; i++)
        {
            var key = unchecked(random.Next(5_000) * step);
            if (random.Next(3) == 0 && expected.Remove(key))
            {
                index.Remove(key);
                continue;
            }

            keys.Add(key);
            expected[key] = keys.Count - 1;
            index.Set(key, keys.Count - 1);
        }

        Assert.That(index.Count, Is.EqualTo(expected.Count));
        Assert.That(Enumerable.Range(0, 5_000).Select(i => unchecked(i * step)).All(key => index.Find(key) == expected.GetValueOrDefault(key, -1)));
    }
}
