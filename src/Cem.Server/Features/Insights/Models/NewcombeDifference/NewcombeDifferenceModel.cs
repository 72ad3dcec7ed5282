using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.NewcombeDifference;

/// <summary>The difference of two shares x1/n1 - x2/n2 with Newcombe's interval, the pooled z and Fisher's test.</summary>
internal sealed class NewcombeDifferenceModel : IModel
{
    // Below this in any cell, the pooled z is not to be trusted and Fisher's test decides.
    const double SmallestExpected = 5;

    // Fisher's test goes through every table; beyond this many it would take too long and add nothing.
    const long LargestTables = 1_000_000;

    public string Name => "newcombe-difference";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "x1", "n1", "x2", "n2", "confidence");
        var confidence = read.Confidence();
        var (x1, n1) = Share(read, "x1", "n1");
        var (x2, n2) = Share(read, "x2", "n2");
        var interval = Newcombe.Difference(x1, n1, x2, n2, Normal.Z(confidence));
        var z = ShareTests.PooledZ(x1, n1, x2, n2);
        double? pooledP = z is { } score ? Normal.TwoSidedP(score) : null;
        var fisher = Math.Min(n1, n2) <= LargestTables ? ShareTests.Fisher(x1, n1, x2, n2) : null;
        var small = n1 > 0 && n2 > 0 && ShareTests.SmallestExpected(x1, n1, x2, n2) < SmallestExpected;
        var p = small ? fisher ?? pooledP : pooledP ?? fisher;
        double? difference = interval is null ? null : (double)x1 / n1 - (double)x2 / n2;
        bool? significant = p is { } value ? value < 1 - confidence : null;
        var figures = new JsonObject
        {
            ["difference"] = Wire.Number(difference),
            ["newcombeLower"] = Wire.Number(interval?.Lower),
            ["newcombeUpper"] = Wire.Number(interval?.Upper),
            ["pooledZ"] = Wire.Number(z),
            ["pooledP"] = Wire.Number(pooledP),
            ["fisherP"] = Wire.Number(fisher),
            ["p"] = Wire.Number(p),
            ["test"] = p is null ? null : small ? "fisher" : "pooled-z",
            ["significant"] = Wire.Flag(significant),
        };
        return new(n1 + n2, 0, small ? "Newcombe hybrid score interval, Fisher's exact test" : "Newcombe hybrid score interval, pooled z test",
            Bases.Warnings(read.Words, Math.Min(n1, n2)), Sentence(read.Words, difference, p, significant), figures);
    }

    static string Sentence(Words words, double? difference, double? p, bool? significant) =>
        difference is not { } d || p is not { } value || significant is not { } sure
            ? words.Say($"Too few answers to compare.", $"样本不足，无法比较。")
            : sure
                ? words.Say($"The shares differ by {100 * d:0.0} points, significantly (p = {value:0.####}).", $"两占比相差 {100 * d:0.0} 个百分点，差异显著（p={value:0.####}）。")
                : words.Say($"No significant difference ({100 * d:0.0} points, p = {value:0.###}).", $"无显著差异（{100 * d:0.0} 个百分点，p={value:0.###}）。");

    static (long X, long N) Share(ModelInput read, string x, string n)
    {
        long successes = read.Count(x), all = read.Count(n);
        return successes <= all
            ? (successes, all)
            : throw read.Refuse(x, ModelRefusal.OutOfRange, $"{x} must not be above {n} = {all}, and is {successes}.");
    }
}
