using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>Which features a logistic regression can use, by index, and why others cannot be.</summary>
internal sealed record UsableFeatures(IReadOnlyList<int> Used, List<string> Warnings);

/// <summary>When a logistic regression can be computed at all.</summary>
internal static class LogitChecks
{
    // More would take long and mean little.
    const int LargestFeatures = 100;

    /// <summary>Refuses rows of one class; leaves out features that are constant or repeat others.</summary>
    public static UsableFeatures Usable(ModelInput read, LogitData data)
    {
        if (data.Names.Count > LargestFeatures) throw read.Refuse("features", ModelRefusal.OutOfRange, $"At most {LargestFeatures} features, not {data.Names.Count}.");
        if (data.Events == 0 || data.Events == data.N)
            throw read.Refuse(read.Has("y") ? "y" : "outcome", ModelRefusal.NotComputable, $"{data.Events} of {data.N} complete rows are events; both outcomes are needed.");
        var columns = data.Columns;
        var warnings = new List<string>();
        // The regression of any varying target drops exactly the columns that earlier ones determine.
        var fit = LeastSquares.Of(columns, [.. data.Y.Select(y => y ? 1.0 : 0.0)])!;
        var used = new List<int>();
        for (var j = 0; j < columns.Count; j++)
        {
            if (fit.Coefficients[j + 1].Value is not null) { used.Add(j); continue; }
            warnings.Add(read.Words.Say($"{data.Names[j]} is constant or determined by the other features, and left out.", $"{data.Names[j]} 取值恒定或可由其他特征决定，已剔除。"));
        }
        return new(used, warnings);
    }
}
