using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.WilsonInterval;

/// <summary>The successes and the n that an interval is computed with, after weights and finite population.</summary>
/// <param name="Census">Everybody of the population answered: the interval is the point.</param>
internal sealed record ShareSample(double X, double N, double Answers, double Excluded, bool Census, string Method)
{
    public static ShareSample Read(ModelInput read)
    {
        var sample = read.Has("values") ? OfValues(read) : OfCounts(read);
        if (read.NumberOrNull("populationSize") is not { } population) return sample;
        if (population < sample.Answers || population < 1)
            throw read.Refuse("populationSize", ModelRefusal.OutOfRange, FormattableString.Invariant($"populationSize must be at least the {sample.Answers} who answered, not {population}."));
        if (sample.N == 0) return sample;
        if (population == sample.Answers) return sample with { Census = true, Method = "census: everybody answered" };
        var n = Wilson.FinitePopulationN(sample.N, population);
        return sample with { X = sample.X / sample.N * n, N = n, Method = sample.Method + ", finite population" };
    }

    static ShareSample OfCounts(ModelInput read)
    {
        if (read.Has("weights")) throw read.Refuse("weights", ModelRefusal.Inconsistent, "weights go with values, not with x and n.");
        double x = read.Number("x"), n = read.Number("n");
        if (n < 0) throw read.Refuse("n", ModelRefusal.OutOfRange, "n must be at least 0.");
        if (x < 0 || x > n) throw read.Refuse("x", ModelRefusal.OutOfRange, FormattableString.Invariant($"x must be between 0 and n = {n}, not {x}."));
        return new(x, n, n, 0, false, "Wilson score interval");
    }

    static ShareSample OfValues(ModelInput read)
    {
        foreach (var field in new[] { "x", "n" })
            if (read.Has(field)) throw read.Refuse(field, ModelRefusal.Inconsistent, "Send either values or x and n, not both.");
        var values = read.NumbersOrNulls("values");
        var weights = read.Has("weights") ? read.NumbersOrNulls("weights") : [.. values.Select(_ => (double?)1)];
        if (weights.Count != values.Count) throw read.Refuse("weights", ModelRefusal.Inconsistent, $"There are {values.Count} values and {weights.Count} weights.");
        if (weights.Any(w => w < 0)) throw read.Refuse("weights", ModelRefusal.OutOfRange, "Weights must not be negative.");
        var valid = values.Zip(weights).Where(pair => pair is { First: 0 or 1, Second: not null }).Select(pair => (Value: pair.First!.Value, Weight: pair.Second!.Value)).ToList();
        var excluded = values.Count - valid.Count;
        if (valid.Count == 0) return new(0, 0, 0, excluded, false, "Wilson score interval");
        var sum = valid.Sum(v => v.Weight);
        if (sum == 0) throw read.Refuse("weights", ModelRefusal.OutOfRange, "At least one weight must be above 0.");
        var n = Wilson.EffectiveN(valid.Select(v => v.Weight));
        // Where all agree, x must equal n exactly for the limit to be exactly 1.
        var x = valid.All(v => v.Value == 1 || v.Weight == 0) ? n : valid.Sum(v => v.Weight * v.Value) / sum * n;
        return new(Math.Min(x, n), n, valid.Count, excluded, false, read.Has("weights") ? "Wilson score interval, Kish effective n" : "Wilson score interval");
    }
}
