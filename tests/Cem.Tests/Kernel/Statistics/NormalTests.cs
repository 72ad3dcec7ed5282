using Cem.Kernel.Statistics;

namespace Cem.Tests.Kernel.Statistics;

public sealed class NormalTests
{
    [TestCase(0.95, 1.959963984540054)]
    [TestCase(0.80, 1.2815515655446004)]
    [TestCase(0.90, 1.6448536269514722)]
    [TestCase(0.99, 2.5758293035489004)]
    [TestCase(0.999, 3.2905267314919255)]
    public void Z_is_exact(double confidence, double z) => Assert.That(Normal.Z(confidence), Is.EqualTo(z).Within(1e-13));

    [Test]
    public void The_quantile_undoes_the_cdf([Values(1e-12, 1e-5, 0.01, 0.3, 0.5, 0.7, 0.999)] double p) =>
        Assert.That(Normal.Cdf(Normal.Quantile(p)), Is.EqualTo(p).Within(1e-12).Percent);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void A_confidence_outside_0_and_1_is_refused(double confidence) =>
        Assert.That(() => Normal.Z(confidence), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Tails_keep_their_digits() =>
        Assert.That(Normal.TwoSidedP(20), Is.EqualTo(5.507248237212467e-89).Within(1e-9).Percent);
}
