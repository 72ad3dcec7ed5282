namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>
/// Fills gaps of a feature by the median of the training rows, and adds a feature that says where a gap was: that
/// somebody did not answer can itself tell something.
/// </summary>
internal sealed class GapFiller
{
    readonly double[] _medians;
    readonly bool[] _hasGaps;

    public GapFiller(LogitData training)
    {
        _medians = [.. training.Features.Select(Median)];
        _hasGaps = [.. training.Features.Select(column => Array.Exists(column, v => v is null))];
    }

    /// <summary>The same rows without gaps. A gap in a feature that had none in training is filled only.</summary>
    public LogitData Fill(LogitData data)
    {
        List<string> names = [.. data.Names];
        List<double?[]> features = [.. data.Features.Select((column, j) => column.Select(v => (double?)(v ?? _medians[j])).ToArray())];
        for (var j = 0; j < _hasGaps.Length; j++)
        {
            if (!_hasGaps[j]) continue;
            names.Add(data.Names[j] + " (missing)");
            features.Add([.. data.Features[j].Select(v => (double?)(v is null ? 1 : 0))]);
        }
        return data with { Names = names, Features = features };
    }

    static double Median(double?[] column)
    {
        double[] sorted = [.. column.Where(v => v is not null).Select(v => v!.Value).Order()];
        if (sorted.Length == 0) return 0;
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
