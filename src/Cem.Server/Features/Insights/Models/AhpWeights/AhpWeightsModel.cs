using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.AhpWeights;

/// <summary>Weights of indicators from a matrix of pairwise judgements, with Saaty's consistency check.</summary>
internal sealed class AhpWeightsModel : IModel
{
    public string Name => "ahp-weights";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "matrix");
        var matrix = read.Square("matrix");
        Check(read, matrix);
        var result = PairwiseWeights.Solve(matrix);
        List<string> warnings = result.Consistent
            ? []
            : [read.Words.Say($"The judgements contradict each other (CR = {result.Ratio:0.000}, above 0.1): revise them before using the weights.", $"判断矩阵不一致（CR={result.Ratio:0.000}，大于 0.1）：请修正后再使用权重。")];
        var sentence = result.Consistent
            ? read.Words.Say($"The judgements are consistent (CR = {result.Ratio:0.000}).", $"判断矩阵通过一致性检验（CR={result.Ratio:0.000}）。")
            : warnings[0];
        return new(matrix.GetLength(0), 0, "AHP principal eigenvector", warnings, sentence, new JsonObject
        {
            ["weights"] = Wire.Numbers(result.Weights),
            ["lambdaMax"] = Wire.Number(result.LambdaMax),
            ["ci"] = Wire.Number(result.Index),
            ["cr"] = Wire.Number(result.Ratio),
            ["consistent"] = result.Consistent,
        });
    }

    static void Check(ModelInput read, double[,] matrix)
    {
        var n = matrix.GetLength(0);
        if (n > PairwiseWeights.Largest) throw read.Refuse("matrix", ModelRefusal.OutOfRange, $"At most {PairwiseWeights.Largest} criteria can be compared at once, not {n}; use levels.");
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var value = matrix[i, j];
                if (value is < 1e-6 or > 1e6) throw Refuse(i, j, ModelRefusal.OutOfRange, FormattableString.Invariant($"A judgement is a positive ratio such as 3 or 0.333, not {value}."));
                if (Math.Abs(value * matrix[j, i] - 1) > PairwiseWeights.ReciprocalTolerance)
                    throw Refuse(i, j, ModelRefusal.Inconsistent, FormattableString.Invariant($"Cell ({i + 1}, {j + 1}) = {value} must be the reciprocal of cell ({j + 1}, {i + 1}) = {matrix[j, i]}."));
            }
    }

    static ModelRefusal Refuse(int i, int j, string code, string message) => new(code, $"/matrix/{i}/{j}", message);
}
