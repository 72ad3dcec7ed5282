using Cem.Kernel.Statistics;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>Finds the weights of indicators that are not set by hand.</summary>
static class Weights
{
    /// <summary>The same indicators with the weights that their parents' weightings come to.</summary>
    /// <exception cref="Problem">422: a matrix does not fit its indicators, or its judgements contradict each other.</exception>
    public static IReadOnlyList<Indicator> Derive(IReadOnlyList<Indicator> all)
    {
        var faults = new List<FieldError>();
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (index, it) in all.Index())
            if (it is { Retired: false, Weighting: { Method: not WeightingMethod.Manual } weighting })
            {
                var children = all.Where(child => child.Parent == it.Code && !child.Retired).Select(child => child.Code).ToList();
                var fault = Fault(it.Code, weighting, children);
                var weights = fault is null ? Of(it.Code, weighting, out fault) : [];
                if (fault is { } say)
                    faults.Add(new($"/indicators/{index}/weighting", say.Code, say.Say));
                foreach (var (code, weight) in (weighting.Children ?? []).Zip(weights))
                    found[code] = weight;
            }
        return faults.Count > 0 ? throw Problem.Rules(faults) : [.. all.Select(it => found.TryGetValue(it.Code, out var weight) ? it with { Weight = weight } : it)];
    }

    static (string Code, Say Say)? Fault(string code, Weighting weighting, IReadOnlyList<string> children)
    {
        if (weighting.Children is not { Count: > 0 } given || weighting.Matrix is not { Count: > 0 } matrix)
            return ("weighting", ($"The weighting below '{code}' needs its children and a matrix.", $"“{code}”的赋权需要 children 和 matrix。"));
        if (!given.Order(StringComparer.Ordinal).SequenceEqual(children.Order(StringComparer.Ordinal)))
            return ("weighting", ($"The weighting below '{code}' must name each of these once: {string.Join(", ", children)}.", $"“{code}”的赋权须恰好包含：{string.Join("、", children)}。"));
        if (matrix.Any(row => row.Count != given.Count) || matrix.Any(row => row.Any(cell => !double.IsFinite(cell))))
            return ("weighting", ($"Each row of the matrix below '{code}' has {given.Count} numbers.", $"“{code}”的矩阵每行须有 {given.Count} 个数。"));
        if (weighting.Method == WeightingMethod.Entropy)
            return null;
        if (matrix.Count != given.Count || given.Count > PairwiseWeights.Largest)
            return ("weighting", ($"The judgements below '{code}' form a square of at most {PairwiseWeights.Largest} rows.", $"“{code}”的判断矩阵须为方阵，最多 {PairwiseWeights.Largest} 阶。"));
        for (var i = 0; i < given.Count; i++)
            for (var j = 0; j <= i; j++)
                if (matrix[i][j] is < 1e-6 or > 1e6 || Math.Abs(matrix[i][j] * matrix[j][i] - 1) > PairwiseWeights.ReciprocalTolerance)
                    return ("not-reciprocal", ($"'{given[i]}' over '{given[j]}' must be the reciprocal of '{given[j]}' over '{given[i]}'.", $"“{given[i]}”对“{given[j]}”须为“{given[j]}”对“{given[i]}”的倒数。"));
        return null;
    }

    static double[] Of(string code, Weighting weighting, out (string Code, Say Say)? fault)
    {
        var matrix = weighting.Matrix!;
        fault = null;
        if (weighting.Method == WeightingMethod.Entropy)
            return Entropy.Weights([.. matrix.Select(row => row.ToArray())]);
        var square = new double[matrix.Count, matrix.Count];
        for (var i = 0; i < matrix.Count; i++)
            for (var j = 0; j < matrix.Count; j++)
                square[i, j] = matrix[i][j];
        var result = PairwiseWeights.Solve(square);
        if (!result.Consistent)
            fault = ("inconsistent", ($"The judgements below '{code}' contradict each other: CR = {result.Ratio:0.000}, above 0.1. Revise them.", $"“{code}”的判断矩阵不一致：CR={result.Ratio:0.000}，大于 0.1，请修正。"));
        return result.Weights;
    }
}
