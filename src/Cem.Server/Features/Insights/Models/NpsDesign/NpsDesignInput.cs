namespace Cem.Server.Features.Insights.Models.NpsDesign;

/// <summary>The rows of a design: from a CSV table by column names, or from lists of one length.</summary>
internal sealed record NpsDesignInput(IReadOnlyList<NpsRow> Rows, int Excluded, double? Population, bool Weighted, bool Clustered)
{
    public static readonly string[] Fields =
        [.. Table.Fields, "scoreColumn", "filter", "design", "weight", "weights", "cluster", "clusters", "scores", "populationSize", "confidence", "notApplicable", "missingCode"];

    public static NpsDesignInput Read(ModelInput read)
    {
        read.TextOrNull("design");
        var (scores, weights, clusters) = read.Has("scores") ? Lists(read) : Columns(read);
        var notApplicable = read.NumberOrNull("notApplicable") ?? read.NumberOrNull("missingCode");
        var rows = new List<NpsRow>(scores.Count);
        for (var i = 0; i < scores.Count; i++)
        {
            var weight = weights is null ? 1 : weights[i];
            if (weight < 0) throw new ModelRefusal(ModelRefusal.OutOfRange, read.Has("weights") ? $"/weights/{i}" : "/weight", FormattableString.Invariant($"Weights must not be negative; row {i + 1} has {weight}."));
            if (weight is not { } w || Ratings.Of([scores[i]], 0, 10, notApplicable).Valid is not [var rating] || clusters?[i] is "") continue;
            rows.Add(new(NpsDesignMath.Points(rating), w, clusters?[i]));
        }
        if (rows.Count > 0 && rows.All(row => row.Weight == 0))
            throw read.Refuse(read.Has("weights") ? "weights" : "weight", ModelRefusal.OutOfRange, "At least one weight must be above 0.");
        var population = read.NumberOrNull("populationSize");
        if (population is { } size && (size < rows.Count || size < 1))
            throw read.Refuse("populationSize", ModelRefusal.OutOfRange, FormattableString.Invariant($"populationSize must be at least the {rows.Count} who answered, not {size}."));
        return new(rows, scores.Count - rows.Count, population, weights is not null, clusters is not null);
    }

    static (IReadOnlyList<double?> Scores, IReadOnlyList<double?>? Weights, IReadOnlyList<string>? Clusters) Lists(ModelInput read)
    {
        var scores = read.NumbersOrNulls("scores");
        var weights = read.Has("weights") ? read.NumbersOrNulls("weights") : null;
        var clusters = read.Has("clusters") ? read.Texts("clusters") : null;
        if (weights is not null && weights.Count != scores.Count) throw read.Refuse("weights", ModelRefusal.Inconsistent, $"There are {scores.Count} scores and {weights.Count} weights.");
        if (clusters is not null && clusters.Count != scores.Count) throw read.Refuse("clusters", ModelRefusal.Inconsistent, $"There are {scores.Count} scores and {clusters.Count} clusters.");
        return (scores, weights, clusters);
    }

    static (IReadOnlyList<double?> Scores, IReadOnlyList<double?>? Weights, IReadOnlyList<string>? Clusters) Columns(ModelInput read)
    {
        var table = RowFilter.Apply(read, Table.Of(read));
        var scores = table.Numbers(table.Column(read, "scoreColumn", read.Text("scoreColumn")));
        var clusters = read.Has("cluster") ? table.Cells(table.Column(read, "cluster", read.Text("cluster"))) : null;
        return (scores, read.Has("weight") ? Weights(read, table) : null, clusters);
    }

    static double?[] Weights(ModelInput read, Table table)
    {
        var weight = read.Text("weight");
        return table.Has(weight)
            ? table.Numbers(weight)
            : WeightRule.Weights(weight, table) ?? throw read.Refuse("weight", ModelRefusal.Inconsistent, $"data has no column \"{weight}\", and it is no rule for weights.");
    }
}
