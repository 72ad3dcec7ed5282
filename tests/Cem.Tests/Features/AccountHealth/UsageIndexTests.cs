using Cem.Server.Features.AccountHealth;

namespace Cem.Tests.Features.AccountHealth;

public sealed class UsageIndexTests
{
    static readonly UsagePeers Peers = UsagePeers.Of(Enumerable.Range(1, 5).Select(i => new UsageFigures(i / 10.0, i, i, null)));

    [Test]
    public void Activation_frequency_and_breadth_are_the_share_of_accounts_that_show_less_and_the_trend_starts_at_50()
    {
        var index = UsageIndex.Of(new UsageFigures(0.5, 3, 1, 0.1), Peers);

        Assert.That(index.Parts.Select(part => part.Score), Is.EqualTo(new double?[] { 90, 50, 10, 60 }).Within(1e-9));
        Assert.That(index.Value, Is.EqualTo(0.4 * 90 + 0.25 * 50 + 0.2 * 10 + 0.15 * 60).Within(1e-9));
    }

    [Test]
    public void What_is_not_measured_gives_its_weight_to_the_others_until_less_than_half_is_left()
    {
        Assert.That(UsageIndex.Of(new UsageFigures(0.3, null, 3, null), Peers).Value, Is.EqualTo(50).Within(1e-9));
        Assert.That(UsageIndex.Of(new UsageFigures(null, 3, 3, null), Peers).Value, Is.Null);
        Assert.That(UsageIndex.Of(new UsageFigures(null, null, null, null), Peers).Value, Is.Null);
    }

    [Test]
    public void With_fewer_than_five_accounts_nothing_is_compared()
    {
        var few = UsagePeers.Of(Enumerable.Range(1, 4).Select(i => new UsageFigures(i / 10.0, i, i, null)));

        Assert.That(UsageIndex.Of(new UsageFigures(0.3, 3, 3, 0), few).Value, Is.Null);
    }

    [Test]
    public void The_last_five_weeks_are_held_against_the_thirteen_before_and_no_seats_are_no_activation()
    {
        var today = new DateOnly(2026, 3, 11);
        var figures = UsageFigures.Of([new(today.AddDays(-10), "seats", 0), new(today.AddDays(-10), "active", 30), new(today.AddDays(-20), "active", 50), new(today.AddDays(-60), "active", 80), new(today.AddDays(-200), "active", 1000)], today);

        Assert.That(figures, Is.EqualTo(new UsageFigures(null, null, null, -0.5)));
        Assert.That(UsageFigures.Of([new(today.AddDays(-10), "seats", 100)], today), Is.EqualTo(new UsageFigures(null, null, null, null)));
    }

    [Test]
    public void Peers_corrected_by_a_few_rank_as_peers_sorted_anew()
    {
        var random = new Random(3);
        var all = Enumerable.Range(0, 300).Select(_ => Figures(random)).ToList();
        var now = all.Take(20).Select(_ => Figures(random)).ToList();
        var corrected = UsagePeers.Of(all).With([.. all.Take(20)], now);
        var anew = UsagePeers.Of([.. now, .. all.Skip(20)]);

        foreach (var each in now.Concat(all))
            Assert.That(UsageIndex.Of(each, corrected).Value, Is.EqualTo(UsageIndex.Of(each, anew).Value));

    }

    [TestCase(1, 500)]
    [TestCase(40, 30)]
    [TestCase(250, 4)]
    public void Peers_changed_again_and_again_rank_as_peers_sorted_anew(int atATime, int times)
    {
        var random = new Random(4);
        var all = Enumerable.Range(0, 300).Select(_ => Figures(random)).ToList();
        var corrected = UsagePeers.Of(all);

        for (var time = 0; time < times; time++)
        {
            int[] changed = [.. Enumerable.Range(0, 300).OrderBy(_ => random.Next()).Take(atATime)];
            var before = changed.Select(i => all[i]).ToList();
            foreach (var i in changed)
                all[i] = Figures(random);
            corrected = corrected.With(before, [.. changed.Select(i => all[i])]);
        }

        var anew = UsagePeers.Of(all);
        foreach (var each in all)
            Assert.That(UsageIndex.Of(each, corrected).Value, Is.EqualTo(UsageIndex.Of(each, anew).Value));
    }

    static UsageFigures Figures(Random random) => new(random.Next(10) == 0 ? null : random.Next(20) / 20.0, random.Next(5), random.Next(9), null);
}
