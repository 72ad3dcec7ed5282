using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Nps;
using Multinomial = MathNet.Numerics.Distributions.Multinomial;

namespace Cem.Tests.Features.Insights.Models.Nps;

public sealed class NpsTests
{
    static readonly double Z = Normal.Z(0.95);

    [TestCase(5, 3, 2, -19.1, 65.2)]
    [TestCase(19, 5, 12, -10.1, 46.0)]
    [TestCase(1, 0, 0, -48.5, 98.5)]
    [TestCase(10, 0, 0, 47.5, 100)]
    [TestCase(0, 10, 0, -18.5, 18.5)]
    public void Worked_examples_come_out(int promoters, int passives, int detractors, double lower, double upper)
    {
        var interval = NpsMath.AdjustedWald(new(promoters, passives, detractors), Z)!.Interval;
        Assert.That(new[] { interval.Lower, interval.Upper }, Is.EqualTo(new[] { lower, upper }).Within(0.05));
    }

    [Test]
    public void One_promoter_is_not_certain_to_be_100()
    {
        var answer = Ask.Model("nps", """{"scores":[10]}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Figure("nps"), Is.EqualTo(100));
            Assert.That(answer.Figure("adjWaldLower"), Is.EqualTo(-48.5).Within(0.01));
            Assert.That(answer["warnings"]!.AsArray(), Is.Not.Empty);
        });
    }

    [Test]
    public void Adjusted_Wald_keeps_its_coverage_where_Wald_does_not()
    {
        // Exact enumeration over one trinomial at n = 10; the paper's point.
        double[] shares = [0.6, 0.3, 0.1];
        double adjusted = 0, plain = 0, truth = 50;
        for (var p = 0; p <= 10; p++)
            for (var d = 0; d <= 10 - p; d++)
            {
                var counts = new NpsCounts(p, 10 - p - d, d);
                var chance = new Multinomial(shares, 10).Probability([p, 10 - p - d, d]);
                if (Covers(NpsMath.AdjustedWald(counts, Z)!.Interval, truth)) adjusted += chance;
                if (Covers(NpsMath.Wald(counts, Z)!.Interval, truth)) plain += chance;
            }
        Assert.Multiple(() =>
        {
            Assert.That(adjusted, Is.GreaterThan(0.94));
            Assert.That(plain, Is.LessThan(0.93));
        });
    }

    [Test]
    public void The_exact_bootstrap_agrees_with_the_normal_limits_at_large_n()
    {
        var counts = new NpsCounts(400_000, 350_000, 240_000);
        Assert.That(NpsBootstrap.Exact(counts, 0.95)!.Interval.Lower, Is.EqualTo(NpsMath.Wald(counts, Z)!.Interval.Lower).Within(0.001));
        Assert.That(NpsBootstrap.Exact(new(4_000_000_000, 1, 2_000_000_000), 0.95)!.Interval.Upper, Is.EqualTo(33.34).Within(0.01));
    }

    [Test]
    public void A_declared_not_applicable_code_is_no_detractor()
    {
        var answer = Ask.Model("nps", """{"scores":[0,0,10,9],"notApplicable":0}""");
        Assert.That((answer.Figure("n"), answer.Figure("excluded"), answer.Figure("nps")), Is.EqualTo((2, 2, 100)));
    }

    [Test]
    public void Ratings_that_are_not_whole_are_excluded() =>
        Assert.That(Ask.Model("nps", """{"scores":[9.5,7.0,null]}""").Figure("excluded"), Is.EqualTo(2));

    [TestCase("""{"scores":[9,"x"]}""", "/scores/1")]
    [TestCase("""{"scores":9}""", "/scores")]
    [TestCase("""{"scores":[9],"confidence":1}""", "/confidence")]
    [TestCase("""{"scores":[9],"confidence":0}""", "/confidence")]
    [TestCase("""{"scores":[9],"promoters":1}""", "/promoters")]
    [TestCase("""{"promoters":-1,"passives":0,"detractors":0}""", "/promoters")]
    [TestCase("""{"promoters":1,"detractors":0}""", "/passives")]
    [TestCase("""{"promoters":1.5,"passives":0,"detractors":0}""", "/promoters")]
    public void What_cannot_be_counted_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("nps", input).Pointer, Is.EqualTo(pointer));

    static bool Covers(Interval interval, double value) => interval.Lower <= value && value <= interval.Upper;
}
