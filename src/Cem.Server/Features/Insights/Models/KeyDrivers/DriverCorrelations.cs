using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>Influence from correlations alone, for those who have no rows. Figures are lists in the order of the matrix.</summary>
internal static class DriverCorrelations
{
    const double Rounding = 1e-8;

    public static ModelAnswer Answer(ModelInput read)
    {
        foreach (var field in new[] { "data", "drivers", "outcome" })
            if (read.Has(field)) throw read.Refuse(field, ModelRefusal.Inconsistent, "Send either data or correlations, not both.");
        var matrix = read.Square("correlations");
        var outcome = read.Numbers("outcomeCorrelations").ToArray();
        Check(read, matrix, outcome);
        var importance = new RelativeImportance(matrix, outcome);
        var r2 = importance.R2;
        if (r2 > 1 + Rounding) throw read.Refuse("outcomeCorrelations", ModelRefusal.Inconsistent, FormattableString.Invariant($"No data can have these correlations: they give an R2 of {r2}."));
        var lmg = outcome.Length <= RelativeImportance.LargestExact ? importance.Lmg() : null;
        var johnson = importance.Johnson();
        double?[]? Percent(double[]? shares) => DriverInfluence.Percent(shares?.Select(share => (double?)share).ToArray(), r2);
        var determined = importance.Vif().Any(vif => vif is null);
        var figures = new JsonObject
        {
            ["r2"] = Wire.Number(r2),
            ["lmg"] = lmg is null ? null : Wire.Numbers(lmg),
            ["lmgPercent"] = Percent(lmg) is { } lmgPercent ? Wire.Numbers(lmgPercent) : null,
            ["johnson"] = Wire.Numbers(johnson),
            ["johnsonPercent"] = Wire.Numbers(Percent(johnson)!),
            ["last"] = Wire.Numbers(importance.Last()),
            ["standardisedBeta"] = Wire.Numbers(importance.Betas()),
            ["vif"] = Wire.Numbers(importance.Vif()),
        };
        List<string> warnings = determined
            ? [read.Words.Say($"Some drivers determine others: they share their influence, and their coefficients are only the smallest of many that fit.", $"部分因素可由其他因素决定：影响共享，系数仅为众多解中最小者。")]
            : [];
        // Rows are not known here unless the caller says how many there were.
        var n = read.Has("n") ? read.Count("n") : double.NaN;
        return new(n, 0, lmg is null ? "Johnson relative weights" : "LMG (Shapley of R2), Johnson relative weights", warnings,
            read.Words.Say($"{outcome.Length} drivers explain an R2 of {r2:0.000}.", $"{outcome.Length} 个因素共解释 R2={r2:0.000}。"), figures);
    }

    static void Check(ModelInput read, double[,] matrix, double[] outcome)
    {
        var p = matrix.GetLength(0);
        if (p > 60) throw read.Refuse("correlations", ModelRefusal.OutOfRange, $"At most 60 drivers, not {p}.");
        if (outcome.Length != p) throw read.Refuse("outcomeCorrelations", ModelRefusal.Inconsistent, $"There are {p} drivers and {outcome.Length} correlations with the outcome.");
        for (var i = 0; i < p; i++)
        {
            if (Math.Abs(outcome[i]) > 1) throw new ModelRefusal(ModelRefusal.OutOfRange, $"/outcomeCorrelations/{i}", "A correlation lies between -1 and 1.");
            for (var j = 0; j < p; j++)
            {
                if (i == j ? Math.Abs(matrix[i, i] - 1) > Rounding : Math.Abs(matrix[i, j]) > 1 + Rounding)
                    throw new ModelRefusal(ModelRefusal.OutOfRange, $"/correlations/{i}/{j}", i == j ? "The diagonal of a correlation matrix is 1." : "A correlation lies between -1 and 1.");
                if (Math.Abs(matrix[i, j] - matrix[j, i]) > Rounding)
                    throw new ModelRefusal(ModelRefusal.Inconsistent, $"/correlations/{i}/{j}", "A correlation matrix is symmetric.");
            }
        }
        if (Matrix<double>.Build.DenseOfArray(matrix).Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real) < -Rounding)
            throw read.Refuse("correlations", ModelRefusal.Inconsistent, "No data can have these correlations: the matrix has a negative eigenvalue.");
    }
}
