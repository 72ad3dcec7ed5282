using System.Globalization;
using Scale = Cem.Kernel.Columns.Scale;

namespace Cem.Server.Features.Insights.ReadSatisfaction;

/// <summary>How ratings of a question are read.</summary>
/// <param name="Most">The best rating; the worst is 1.</param>
sealed record RatingScale(int Most, IReadOnlySet<int> Satisfied)
{
    /// <summary>As many ratings at the other end.</summary>
    public bool IsBad(int rating) => Satisfied.Contains(Most + 1 - rating);
}

/// <summary>The scales of the questions, as their coding states them: "csat 5, satisfied 4 5".</summary>
sealed class RatingScales
{
    public static readonly Scale Ratings = Scale.Values(1, 10);

    static readonly RatingScale Ease = new(7, new HashSet<int> { 5, 6, 7 });
    static readonly RatingScale FivePoints = new(5, new HashSet<int> { 4, 5 });

    readonly Dictionary<(string, string), RatingScale> known = [];

    public RatingScales(IEnumerable<(string Survey, string Question, string Coding)> codings)
    {
        foreach (var (survey, question, coding) in codings)
            if (Read(coding) is { } scale)
                known[(survey, question)] = scale;
    }

    /// <summary>A question that no survey of ours has is read on the usual scale of its measure.</summary>
    public RatingScale Of(string measure, string? survey, string? question) =>
        measure == "ces" ? Ease : known.GetValueOrDefault((survey ?? "", question ?? "")) ?? FivePoints;

    static RatingScale? Read(string coding) => coding.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is ["csat", var most, "satisfied", .. var satisfied]
        ? new(int.Parse(most, CultureInfo.InvariantCulture), satisfied.Select(rating => int.Parse(rating, CultureInfo.InvariantCulture)).ToHashSet())
        : null;
}
