namespace Cem.Kernel.Statistics;

/// <summary>Isotonic regression by pooling adjacent violators.</summary>
public static class Isotonic
{
    /// <summary>The non-decreasing values nearest, in weighted least squares, to values in a given order.</summary>
    public static double[] Fit(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        var blocks = new List<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < values.Count; i++)
        {
            blocks.Add((values[i] * weights[i], weights[i], 1));
            while (blocks.Count > 1 && blocks[^2].Sum * blocks[^1].Weight > blocks[^1].Sum * blocks[^2].Weight)
            {
                var last = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (blocks[^1].Sum + last.Sum, blocks[^1].Weight + last.Weight, blocks[^1].Count + last.Count);
            }
        }
        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Sum / block.Weight, block.Count))];
    }
}
