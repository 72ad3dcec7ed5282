using Cem.Kernel.Statistics;

namespace Cem.Tests.Kernel.Statistics;

public sealed class MultipleTestingTests
{
    static readonly double[] P = [0.01, 0.04, 0.03, 0.2, 0.005];

    [Test]
    public void The_worked_example_comes_out() => Assert.Multiple(() =>
    {
        Assert.That(MultipleTesting.BenjaminiHochberg(P), Is.EqualTo(new[] { 0.025, 0.05, 0.05, 0.2, 0.025 }).Within(1e-12));
        Assert.That(MultipleTesting.Holm(P), Is.EqualTo(new[] { 0.04, 0.09, 0.09, 0.2, 0.025 }).Within(1e-12));
    });

    [Test]
    public void No_test_and_one_test_need_no_adjustment() => Assert.Multiple(() =>
    {
        Assert.That(MultipleTesting.BenjaminiHochberg([]), Is.Empty);
        Assert.That(MultipleTesting.Holm([0.04]), Is.EqualTo(new[] { 0.04 }));
    });

    [Test]
    public void No_adjusted_p_is_above_1() => Assert.That(MultipleTesting.Holm([0.6, 0.7, 0.8]), Is.All.EqualTo(1));
}
