using Cem.Kernel.Statistics;

namespace Cem.Tests.Kernel.Statistics;

public sealed class LevelContrastsTests
{
    static readonly byte[] Levels = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2];
    static readonly double[] Outcome = [5, 6, 4, 5, 1, 2, 0, 8, 9, 7, 9, 7];

    [Test]
    public void Of_one_factor_the_effects_are_differences_of_means_and_the_errors_those_of_unequal_variances()
    {
        var fit = LevelContrasts.Of([Levels], Outcome, [.. Enumerable.Range(0, Outcome.Length)]);

        var (low, high) = (fit.Of(0, LevelContrasts.Low, .95)!, fit.Of(0, LevelContrasts.High, .95)!);
        // Variances by 1/n of the three groups, times n/(n-k).
        var (between, poor, good) = (0.5, 2.0 / 3, 0.8);
        Assert.Multiple(() =>
        {
            Assert.That((fit.Intercept, low.Value, high.Value), Is.EqualTo((5.0, -4.0, 3.0)).Within(1e-12));
            Assert.That(low.StandardError, Is.EqualTo(Math.Sqrt(12.0 / 9 * (between / 4 + poor / 3))).Within(1e-12));
            Assert.That(high.StandardError, Is.EqualTo(Math.Sqrt(12.0 / 9 * (between / 4 + good / 5))).Within(1e-12));
            // The mean between is taken off twice.
            Assert.That(fit.Balance(0, .95)!.StandardError, Is.EqualTo(Math.Sqrt(12.0 / 9 * (4 * between / 4 + poor / 3 + good / 5))).Within(1e-12));
            Assert.That(high.Interval!.Value.Upper, Is.EqualTo(3 + StudentT.T(.95, 11) * high.StandardError!.Value).Within(1e-12));
        });
    }

    [Test]
    public void Rows_said_again_by_the_same_cluster_say_nothing_new()
    {
        var random = new Random(3);
        byte[][] factors = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 60).Select(_ => (byte)random.Next(3)).ToArray())];
        double[] y = [.. Enumerable.Range(0, 60).Select(i => factors[0][i] + random.NextDouble())];
        int[] clusters = [.. Enumerable.Range(0, 60).Select(i => i % 20)];
        T[] Tenfold<T>(T[] values) => [.. Enumerable.Repeat(values, 10).SelectMany(each => each)];

        var once = LevelContrasts.Of(factors, y, clusters);
        var tenfold = LevelContrasts.Of([.. factors.Select(Tenfold)], Tenfold(y), Tenfold(clusters));
        var alone = LevelContrasts.Of([.. factors.Select(Tenfold)], Tenfold(y), [.. Enumerable.Range(0, 600)]);

        Assert.That(tenfold.Of(1, LevelContrasts.High, .95)!.Value, Is.EqualTo(once.Of(1, LevelContrasts.High, .95)!.Value).Within(1e-10));
        // But for the correction for the number of rows.
        Assert.That(tenfold.Of(1, LevelContrasts.High, .95)!.StandardError / once.Of(1, LevelContrasts.High, .95)!.StandardError, Is.EqualTo(Math.Sqrt(599.0 / 593 / (59.0 / 53))).Within(1e-9));
        Assert.That(alone.Of(1, LevelContrasts.High, .95)!.StandardError, Is.LessThan(0.5 * tenfold.Of(1, LevelContrasts.High, .95)!.StandardError!));
    }

    [Test]
    public void The_effects_are_those_of_plain_least_squares_on_the_dummies()
    {
        var random = new Random(9);
        byte[][] factors = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 200).Select(_ => (byte)random.Next(3)).ToArray())];
        double[] y = [.. Enumerable.Range(0, 200).Select(i => 3 * factors[0][i] - factors[1][i] + 10 * random.NextDouble())];

        var fit = LevelContrasts.Of(factors, y, [.. Enumerable.Range(0, 200)]);
        var plain = LeastSquares.Of([.. factors.SelectMany(factor => new byte[] { 1, 2 }, (factor, level) => factor.Select(each => each == level ? 1.0 : 0).ToArray())], y)!;

        for (var j = 0; j < 5; j++)
            for (byte level = 1; level <= 2; level++)
            {
                var effect = fit.Of(j, level, .95)!;
                Assert.That(effect.Value, Is.EqualTo(plain.Coefficients[2 * j + level].Value).Within(1e-10));
                Assert.That(effect.StandardError, Is.EqualTo(plain.Coefficients[2 * j + level].StandardError).Within(20).Percent, "Errors of equal variance are near those that hold without it.");
            }
    }

    [Test]
    public void What_cannot_be_told_is_null()
    {
        var twins = LevelContrasts.Of([Levels, Levels], Outcome, [.. Enumerable.Range(0, 12)]);
        var never = LevelContrasts.Of([[0, 0, 1, 1]], [1, 2, 3, 5], [0, 1, 2, 3]);
        var one = LevelContrasts.Of([Levels], Outcome, new int[12]);
        var nobody = LevelContrasts.Of([[]], [], []);

        Assert.That(twins.Of(1, LevelContrasts.Low, .95), Is.Null);
        Assert.That((never.Of(0, LevelContrasts.High, .95), never.Balance(0, .95), never.Count(0, LevelContrasts.High)), Is.EqualTo(((LevelContrasts.Effect?)null, (LevelContrasts.Effect?)null, 0)));
        Assert.That(one.Of(0, LevelContrasts.High, .95)! with { Value = 0 }, Is.EqualTo(new LevelContrasts.Effect(0, null, null, null)));
        Assert.That(nobody.Of(0, LevelContrasts.Low, .95), Is.Null);
    }
}
