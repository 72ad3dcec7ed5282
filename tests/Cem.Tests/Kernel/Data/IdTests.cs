using Cem.Kernel.Data;
using Cem.Tests.Testing;

namespace Cem.Tests.Kernel.Data;

public sealed class IdTests
{
    [Test]
    public void An_id_survives_being_written_and_read_in_either_case()
    {
        var id = new Id(0x0123_4567_89ab_cdef);

        Assert.That(id.ToString(), Has.Length.EqualTo(13));
        Assert.That(Id.Parse(id.ToString().ToUpperInvariant(), null), Is.EqualTo(id));
        Assert.That(Id.TryParse("not-an-id", null, out _), Is.False);
    }

    [Test]
    public void Ids_are_unique_and_grow_also_within_one_millisecond_and_when_the_clock_stands_still()
    {
        var clock = new ManualClock(CemHost.Start);
        var ids = new Ids(clock);

        var made = Enumerable.Range(0, 10_000).Select(_ => ids.Next()).ToList();
        clock.Advance(TimeSpan.FromHours(1));
        made.Add(ids.Next());

        Assert.That(made, Is.Ordered.And.Unique);
    }

    [Test]
    public void Ids_made_since_an_instant_are_not_below_it_and_those_made_before_are()
    {
        var clock = new ManualClock(CemHost.Start);
        var ids = new Ids(clock);
        var before = ids.Next();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = ids.Next();

        Assert.That(Ids.Since(clock.GetUtcNow()), Is.GreaterThan(before).And.AtMost(after));
    }
}
