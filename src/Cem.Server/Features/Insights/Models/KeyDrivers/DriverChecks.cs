namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>When drivers cannot be told apart, or only with care.</summary>
internal static class DriverChecks
{
    /// <summary>Refuses data from which no influence follows; gives the warnings about size.</summary>
    public static List<string> Refuse(ModelInput read, DriverData data)
    {
        var p = data.Drivers.Count;
        if (p > 60) throw read.Refuse("drivers", ModelRefusal.OutOfRange, $"At most 60 drivers, not {p}.");
        if (data.N <= p + 1) throw read.Refuse("data", ModelRefusal.NotComputable, $"{data.N} complete rows are too few for {p} drivers; at least {p + 2} are needed.");
        if (!KeyDriversMath.Varies(data.Outcome)) throw read.Refuse("outcome", ModelRefusal.NotComputable, "The outcome is the same in all complete rows.");
        return data.N < Math.Max(30, 5 * p)
            ? [read.Words.Say($"Few rows: {data.N} for {p} drivers.", $"样本偏少：{p} 个因素仅 {data.N} 行。")]
            : [];
    }

    public static IEnumerable<string> Warnings(Words words, DriverData data, DriverInfluence influence) => Warnings(words, data.Drivers, data.IsBinary, influence);

    public static IEnumerable<string> Warnings(Words words, IReadOnlyList<string> drivers, bool binary, DriverInfluence influence)
    {
        for (var j = 0; j < drivers.Count; j++)
        {
            if (influence.Correlation[j] is null)
                yield return words.Say($"{drivers[j]} is the same in all rows: its influence cannot be told.", $"{drivers[j]} 取值恒定，无法判断影响。");
            else if (influence.Vif[j] is null)
                yield return words.Say($"{drivers[j]} is determined by the other drivers: they share their influence.", $"{drivers[j]} 可由其他因素完全决定，影响由它们共享。");
            else if (influence.Vif[j] > 10)
                yield return words.Say($"{drivers[j]}: separate effects not told apart (VIF {influence.Vif[j]:0.0}).", $"{drivers[j]}：与其他因素难以区分（VIF {influence.Vif[j]:0.0}）。");
            else if (influence.Vif[j] > 5)
                yield return words.Say($"{drivers[j]} overlaps with other drivers (VIF {influence.Vif[j]:0.0}).", $"{drivers[j]} 与其他因素重叠（VIF {influence.Vif[j]:0.0}）。");
        }
        if (binary) yield return words.Say($"The outcome has two values: a linear R2 is good for ranking only.", $"结果为二值，线性 R2 仅用于排序。");
        if (influence.Lmg is null) yield return words.Say($"More than 18 drivers: Johnson's weights stand in for LMG.", $"因素超过 18 个，以 Johnson 权重代替 LMG。");
    }
}
