using Cem.Kernel.Statistics;

namespace Cem.Tests.Kernel.Statistics;

public sealed class WilsonTests
{
    static readonly double Z = Normal.Z(0.95);

    [TestCase(0, 1, 0, 0.7935)]
    [TestCase(5, 5, 0.5655, 1)]
    [TestCase(8, 10, 0.4902, 0.9433)]
    [TestCase(45, 50, 0.7864, 0.9565)]
    public void Worked_examples_come_out(double x, double n, double lower, double upper)
    {
        var interval = Wilson.Interval(x, n, Z)!.Value;
        Assert.That((interval.Lower, interval.Upper), Is.EqualTo((lower, upper)).Using<(double, double)>(
            (a, b) => Math.Abs(a.Item1 - b.Item1) < 5e-5 && Math.Abs(a.Item2 - b.Item2) < 5e-5));
    }

    [Test]
    public void The_ends_are_exact([Range(1, 60)] int n) => Assert.Multiple(() =>
    {
        Assert.That(Wilson.Interval(0, n, Z)!.Value.Lower, Is.Zero);
        Assert.That(Wilson.Interval(n, n, Z)!.Value.Upper, Is.EqualTo(1));
    });

    [Test]
    public void No_data_gives_no_interval() => Assert.That(Wilson.Interval(0, 0, Z), Is.Null);

    [Test]
    public void More_successes_than_answers_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => Wilson.Interval(2, 1, Z), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Wilson.Interval(-1, 1, Z), Throws.TypeOf<ArgumentOutOfRangeException>());
    });

    [Test]
    public void Equal_weights_leave_n_alone_and_unequal_ones_shrink_it() => Assert.Multiple(() =>
    {
        Assert.That(Wilson.EffectiveN([2, 2, 2, 2]), Is.EqualTo(4));
        Assert.That(Wilson.EffectiveN([1, 1, 10]), Is.EqualTo(144 / 102.0));
        Assert.That(Wilson.EffectiveN([]), Is.Zero);
    });

    [Test]
    public void A_finite_population_raises_n_up_to_certainty() => Assert.Multiple(() =>
    {
        Assert.That(Wilson.FinitePopulationN(50, 100), Is.EqualTo(99));
        Assert.That(Wilson.FinitePopulationN(100, 100), Is.EqualTo(double.PositiveInfinity));
    });

    [Test]
    public void The_nominal_coverage_is_about_kept_at_small_n()
    {
        // Exact enumeration: Wald covers less than 0.88 on average at n = 10, Wilson about 0.95.
        var coverage = Enumerable.Range(1, 99).Average(percent => Enumerable.Range(0, 11)
            .Where(x => Wilson.Interval(x, 10, Z) is { } i && i.Lower <= percent / 100.0 && percent / 100.0 <= i.Upper)
            .Sum(x => MathNet.Numerics.Distributions.Binomial.PMF(percent / 100.0, 10, x)));
        Assert.That(coverage, Is.InRange(0.94, 0.97));
    }
}
