namespace Cem.Server.Features.Insights.Models;

/// <summary>The valid answers of a rating question, and how many were left out.</summary>
/// <param name="Valid">Whole numbers on the scale.</param>
/// <param name="Excluded">Missing, out of range, not whole, or declared "not applicable".</param>
internal sealed record Ratings(IReadOnlyList<int> Valid, int Excluded)
{
    /// <summary>Sorts out the answers on a scale; <paramref name="notApplicable"/> is the code declared to mean no answer.</summary>
    public static Ratings Of(IReadOnlyList<double?> answers, int smallest, int largest, double? notApplicable = null)
    {
        var valid = new List<int>(answers.Count);
        foreach (var answer in answers)
            if (answer is { } value && value != notApplicable && value >= smallest && value <= largest && Math.Floor(value) == value)
                valid.Add((int)value);
        return new(valid, answers.Count - valid.Count);
    }
}
