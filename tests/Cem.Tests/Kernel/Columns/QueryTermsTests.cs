using Cem.Kernel.Columns;

namespace Cem.Tests.Kernel.Columns;

/// <summary>The small things queries are made of: members, scales, periods, histograms.</summary>
public sealed class QueryTermsTests
{
    [Test]
    public void A_text_an_id_and_none_are_three_things()
    {
        Assert.That((Member)"1", Is.Not.EqualTo((Member)1));
        Assert.That((Member)(string?)null, Is.EqualTo(Member.None));
        Assert.That((Member)"", Is.Not.EqualTo(Member.None));
        Assert.That((Member)0, Is.Not.EqualTo(Member.None));
        Assert.That(new[] { (Member)"a", 5, Member.None }.Select(member => member.ToString()), Is.EqualTo(new[] { "a", "5", "" }));
    }

    [Test]
    public void Periods_keep_their_labels_in_order_and_may_come_again()
    {
        var periods = Periods.Of(new(2026, 1, 30), new(2026, 2, 2), day => day.Month == 1 ? 9 : day.Day == 2 ? 9 : 4);

        Assert.That(periods.Labels, Is.EqualTo(new[] { 9, 4 }));
        Assert.That(Enumerable.Range(0, 4).Select(day => periods.IndexOf(periods.From.AddDays(day))), Is.EqualTo(new[] { 0, 0, 1, 0 }));
        Assert.That(() => Periods.Of(new(2026, 1, 2), new(2026, 1, 1), _ => 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_scale_tells_bins_from_excluded()
    {
        Assert.That(Slots(Scale.Values(1, 5), 0, 1, 5, 6, 255), Is.EqualTo(new[] { 6, 1, 5, 6, 6 }));
        Assert.That(Slots(Scale.Bands(0, -1, 1), 0, 1, 2, 3, 255), Is.EqualTo(new[] { 0, 2, 1, 2, 2 }));
        Assert.That(Slots(Scale.Values(0, 254), 0, 254, 255), Is.EqualTo(new[] { 0, 254, 255 }));
        Assert.That(Scale.Bands(-1).Bins, Is.Zero);
        Assert.That(() => Scale.Values(0, 255), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Scale.Values(2, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Scale.Bands(255), Throws.InstanceOf<ArgumentOutOfRangeException>());

        static int[] Slots(Scale scale, params int[] values) => [.. values.Select(value => (int)scale.SlotOfValue[value])];
    }

    [Test]
    public void Histograms_add_up()
    {
        var sum = new Histogram(new[] { 1, 2, 3, 4 }) + new Histogram(new[] { 10, 20, 30, 40 });

        Assert.That(sum.Bins.ToArray(), Is.EqualTo(new[] { 11, 22, 33 }));
        Assert.That((sum.N, sum.Excluded, sum[2]), Is.EqualTo((66, 44, 33)));
        Assert.That(sum.Sum(-100, 0, 100), Is.EqualTo(2200));
        Assert.That((default(Histogram) + sum + default(Histogram)).Excluded, Is.EqualTo(44));
        Assert.That((default(Histogram).N, default(Histogram).Excluded), Is.EqualTo((0, 0)));
        Assert.That(() => sum.Sum(1, 2), Throws.ArgumentException);
        Assert.That(() => sum + new Histogram(new[] { 1, 2 }), Throws.ArgumentException);
    }
}
