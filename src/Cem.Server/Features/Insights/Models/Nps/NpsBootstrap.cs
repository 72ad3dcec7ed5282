using System.Numerics;
using Cem.Kernel.Statistics;
using MathNet.Numerics.IntegralTransforms;

namespace Cem.Server.Features.Insights.Models.Nps;

/// <summary>
/// The limits that a multinomial percentile bootstrap of the NPS tends to with endless draws: the quantiles of the
/// n-fold convolution of one answer's distribution, so nothing is random and no seed is needed.
/// </summary>
internal static class NpsBootstrap
{
    // Beyond this the limits differ from the normal ones by less than 0.0001 points, and the array would only grow.
    const long Largest = 1_000_000;

    /// <summary>Centre, standard error and percentile limits in points; null without answers.</summary>
    public static NpsEstimate? Exact(NpsCounts counts, double confidence)
    {
        if (counts is not { Nps: { } nps, Variance: { } variance }) return null;
        var n = counts.N;
        var se = 100 * Math.Sqrt(variance / n);
        if (variance == 0) return new(nps, 0, new(nps, nps));
        if (n > Largest) return NpsMath.Wald(counts, Normal.Z(confidence));

        // The sum of n answers in -1, 0, 1 lies within 40 standard deviations of its mean, so it may wrap around there.
        var mean = Math.Round(nps / 100 * n);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(2.0 * n + 2, 80 * Math.Sqrt(n * variance) + 64));
        var transform = new Complex[size];
        double p = (double)counts.Promoters / n, d = (double)counts.Detractors / n, s = (double)counts.Passives / n;
        for (var j = 0; j < size; j++)
        {
            var t = 2 * Math.PI * j / size;
            var one = new Complex(s + (p + d) * Math.Cos(t), (p - d) * Math.Sin(t));
            // Shifted so that the mean comes to lie in the middle of the array.
            transform[j] = Complex.Pow(one, n) * Complex.FromPolarCoordinates(1, -t * (mean - size / 2));
        }
        Fourier.Forward(transform, FourierOptions.AsymmetricScaling);
        var tail = (1 - confidence) / 2;
        double Points(double q)
        {
            double sum = 0;
            for (var k = 0; k < size; k++)
            {
                sum += transform[k].Real / size;
                if (sum >= q - 1e-12) return 100 * (mean - size / 2 + k) / n;
            }
            return 100;
        }
        return new(nps, se, new Interval(Points(tail), Points(1 - tail)).Clamp(-100, 100));
    }
}
