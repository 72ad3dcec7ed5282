using MediatR;

namespace Cem.Contracts.Indicators;

/// <summary>
/// Every indicator of the library with its score for an org unit, against earlier days where some are named; an empty list
/// while there is no library. Answered from memory as far as it is counted from answers.
/// </summary>
/// <param name="Scope">The org unit whose tree bounds it; 0 is the whole company.</param>
/// <param name="From">First day, inclusive, in company time.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="CompareFrom">First day of the days to compare with; null for no comparison.</param>
/// <param name="CompareTo">Last day of them, inclusive.</param>
public sealed record AskIndicators(long Scope, DateOnly From, DateOnly To, DateOnly? CompareFrom = null, DateOnly? CompareTo = null) : IRequest<IReadOnlyList<IndicatorFigure>>
{
    /// <summary>
    /// Allowed values per dimension: <c>touchpoint</c>, <c>survey</c>, <c>role</c>, <c>tier</c>, <c>product</c>, <c>channel</c>, <c>region</c>. What is counted
    /// from a source that does not say so is not measured then.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filter { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>One indicator as it stands, parents before what is below them.</summary>
/// <param name="Level">1 north star to 4 concrete factor.</param>
/// <param name="Kind"><c>x</c>, what people say, or <c>o</c>, what they and we do.</param>
/// <param name="Touchpoint">Code of the touchpoint it hangs on; null for none of its own.</param>
/// <param name="Score">0 to 100; null while too little of it is measured.</param>
/// <param name="Lower">Lower bound of the 95 % interval of the score; null where it was counted in full, or none can be given.</param>
/// <param name="N">Answers and rows behind it.</param>
/// <param name="TooFew">Too little behind it to conclude anything.</param>
/// <param name="Value">Its own measure in its own unit; null where it has none.</param>
/// <param name="Change">Of the score against the earlier days; null without them, or where either is empty.</param>
/// <param name="Significant">At 5 % after Benjamini-Hochberg over the tree; null where it cannot be told.</param>
/// <param name="Standing"><c>reached</c>, <c>missed</c>, <c>below</c> (past the threshold) or <c>none</c>.</param>
public sealed record IndicatorFigure(
    string Code, string NameEn, string NameZh, int Level, string? Parent, string Kind, string? Touchpoint, double? Score, double? Lower, double? Upper, long N, bool TooFew,
    double? Value, double? Change, bool? Significant, string Standing)
{
    /// <summary>The version of the library that scored both sides, so that no part of a change comes from a weight.</summary>
    public int Version { get; init; }

    /// <summary>Whether nothing counts below it.</summary>
    public bool Leaf { get; init; }

    /// <summary>Of the earlier days.</summary>
    public double? ScoreBefore { get; init; }

    /// <summary>Share by weight of the leaves below it that have data, 0 to 1.</summary>
    public double Coverage { get; init; }

    /// <summary>Of the earlier days.</summary>
    public double CoverageBefore { get; init; }

    /// <summary>Points of the root's change that come from it; null where it has none.</summary>
    public double? Contribution { get; init; }

    /// <summary>Why a leaf has no score: <c>no-measure</c>, <c>no-answers</c>, <c>no-data</c>, or <c>not-narrowed</c> where its source does not say what the filter asks for; null for others.</summary>
    public string? Gap { get; init; }

    /// <summary>The score at which its target for the org unit is reached; null where it has none, or its target is not about the score.</summary>
    public double? TargetScore { get; init; }

    /// <summary>The score at its threshold; null as for <see cref="TargetScore"/>.</summary>
    public double? ThresholdScore { get; init; }
}
