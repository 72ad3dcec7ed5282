namespace Cem.Server.Features.Insights.Models.Auc;

/// <summary>Rows of an outcome <c>y</c> (0 or 1) and a prediction <c>p</c>; a row with either missing is excluded.</summary>
internal sealed record OutcomePairs(bool[] Y, double[] P, double[]? Other, int Excluded)
{
    /// <param name="other">The name of a second prediction of the same rows, if the model reads one.</param>
    public static OutcomePairs Read(ModelInput read, string? other = null)
    {
        var y = read.NumbersOrNulls("y");
        var p = List("p");
        var second = other is not null && read.Has(other) ? List(other) : null;
        for (var i = 0; i < y.Count; i++)
            if (y[i] is not (null or 0 or 1)) throw new ModelRefusal(ModelRefusal.OutOfRange, $"/y/{i}", FormattableString.Invariant($"An outcome is 0 or 1, not {y[i]}."));
        List<int> rows = [.. Enumerable.Range(0, y.Count).Where(i => y[i] is not null && p[i] is not null && (second is null || second[i] is not null))];
        return new([.. rows.Select(i => y[i] == 1)], [.. rows.Select(i => p[i]!.Value)], second is null ? null : [.. rows.Select(i => second[i]!.Value)], y.Count - rows.Count);

        IReadOnlyList<double?> List(string field)
        {
            var list = read.NumbersOrNulls(field);
            return list.Count == y.Count ? list : throw read.Refuse(field, ModelRefusal.Inconsistent, $"There are {y.Count} outcomes and {list.Count} values of {field}.");
        }
    }
}
