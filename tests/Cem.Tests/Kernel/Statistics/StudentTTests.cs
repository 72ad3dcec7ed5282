using Cem.Kernel.Statistics;

namespace Cem.Tests.Kernel.Statistics;

public sealed class StudentTTests
{
    // Tables of the t distribution.
    [TestCase(0.95, 1, 12.706204736174698)]
    [TestCase(0.95, 2, 4.302652729749464)]
    [TestCase(0.95, 9, 2.262157162798205)]
    [TestCase(0.95, 1000, 1.9623390808264078)]
    [TestCase(0.20, 5, 0.2671808657041464)]
    public void Quantiles_are_exact(double confidence, double df, double t) =>
        Assert.That(StudentT.T(confidence, df), Is.EqualTo(t).Within(1e-10).Percent);

    [Test]
    public void P_undoes_the_quantile([Values(0.05, 0.5, 0.95, 0.9999)] double confidence, [Values(1, 3, 40)] double df) =>
        Assert.That(StudentT.TwoSidedP(StudentT.T(confidence, df), df), Is.EqualTo(1 - confidence).Within(1e-8).Percent);

    [Test]
    public void Welch_compares_two_means()
    {
        var outcome = Welch.Test(3.8, 1.2, 10, 3.0, 2.5, 14)!;
        Assert.Multiple(() =>
        {
            Assert.That(outcome.T, Is.EqualTo(0.8 / Math.Sqrt(0.12 + 2.5 / 14)).Within(1e-12));
            Assert.That(outcome.Df, Is.EqualTo(21.98).Within(0.02));
            Assert.That(outcome.P, Is.InRange(0.15, 0.16));
            Assert.That(Welch.Test(1, 0, 5, 1, 0, 5), Is.Null);
            Assert.That(Welch.Test(1, 1, 1, 1, 1, 5), Is.Null);
        });
    }
}
