namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>Flags features that know the outcome too well: most likely they were recorded after it.</summary>
internal static class LeakGuard
{
    const double LargestAuc = 0.98;

    // Levels this common that all went one way, in both directions, are no coincidence.
    const int CommonLevel = 20;

    const double LargestDetermined = 0.5;

    public static IEnumerable<string> Warnings(Words words, LogitData data)
    {
        for (var j = 0; j < data.Names.Count; j++)
        {
            var column = data.Columns[j];
            if (Kernel.Statistics.Auc.Of(data.Y, column) is { } area && Math.Max(area.Value, 1 - area.Value) is > LargestAuc and var auc)
                yield return words.Say($"{data.Names[j]} alone tells the outcome (AUC {auc:0.000}): it may only have been known afterwards.", $"{data.Names[j]} 单独即可判定结果（AUC {auc:0.000}）：可能是事后信息。");
            else if (Determined(column, data.Y) is > LargestDetermined and var share)
                yield return words.Say($"{data.Names[j]} alone settles the outcome of {words.Percent(share)} of rows: it may only have been known afterwards.", $"{data.Names[j]} 单独即可确定 {words.Percent(share)} 行的结果：可能是事后信息。");
        }
    }

    // The share of rows at common levels where everybody went one way; 0 unless there are such levels for either way.
    static double Determined(double[] column, bool[] y)
    {
        var levels = column.Zip(y).GroupBy(row => row.First, row => row.Second).Select(level => (N: level.Count(), Events: level.Count(v => v))).Where(level => level.N >= CommonLevel).ToList();
        int events = levels.Where(level => level.Events == level.N).Sum(level => level.N), others = levels.Where(level => level.Events == 0).Sum(level => level.N);
        return events > 0 && others > 0 ? (double)(events + others) / y.Length : 0;
    }
}
