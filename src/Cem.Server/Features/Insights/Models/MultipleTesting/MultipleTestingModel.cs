using System.Text.Json;
using System.Text.Json.Nodes;
using Adjust = Cem.Kernel.Statistics.MultipleTesting;

namespace Cem.Server.Features.Insights.Models.MultipleTesting;

/// <summary>p values adjusted for the number of tests: Benjamini-Hochberg and Holm. A missing p stays missing and does not count as a test.</summary>
internal sealed class MultipleTestingModel : IModel
{
    public string Name => "multiple-testing";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "pValues", "alpha");
        var alpha = read.Probability("alpha", 0.05);
        var given = read.NumbersOrNulls("pValues");
        for (var i = 0; i < given.Count; i++)
            if (given[i] is < 0 or > 1)
                throw new ModelRefusal(ModelRefusal.OutOfRange, $"/pValues/{i}", FormattableString.Invariant($"A p value lies between 0 and 1, not at {given[i]}."));
        var tested = Enumerable.Range(0, given.Count).Where(i => given[i] is not null).ToList();
        var p = tested.ConvertAll(i => given[i]!.Value);
        double?[] Spread(double[] adjusted)
        {
            var all = new double?[given.Count];
            for (var k = 0; k < tested.Count; k++) all[tested[k]] = adjusted[k];
            return all;
        }
        double?[] bh = Spread(Adjust.BenjaminiHochberg(p)), holm = Spread(Adjust.Holm(p));
        int plain = p.Count(v => v < alpha), after = bh.Count(v => v < alpha);
        return new(p.Count, given.Count - p.Count, "Benjamini-Hochberg and Holm", [],
            read.Words.Say(
                $"{plain} of {p.Count} tests fall below {alpha:0.###} on their own, {after} after allowing for their number.",
                $"{p.Count} 项检验中 {plain} 项单独低于 {alpha:0.###}，考虑检验数量后为 {after} 项。"),
            new JsonObject { ["bh"] = Wire.Numbers(bh), ["holm"] = Wire.Numbers(holm) });
    }
}
