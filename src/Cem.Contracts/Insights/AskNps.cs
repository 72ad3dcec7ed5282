using MediatR;

namespace Cem.Contracts.Insights;

/// <summary>
/// The Net Promoter Score of the cells of one or more queries, with its interval; clustered by account where several
/// people of one account answered. Each cell may be held against another period.
/// </summary>
public sealed record AskNps(IReadOnlyList<NpsQuery> Queries) : IRequest<IReadOnlyList<IReadOnlyList<NpsFigure>>>;

/// <param name="Scores">Which answers; its measure is <c>nps</c>.</param>
/// <param name="CompareFrom">First day of the days to compare each cell with; null for no comparison.</param>
/// <param name="CompareTo">Last day of them, inclusive.</param>
/// <param name="Against">
/// For a query by period, what each period is held against instead: <c>previous</c>, the last period before it that has
/// answers; <c>trailing</c>, the 12 periods before it, pooled; <c>lastYear</c>, the same period a year earlier.
/// </param>
public sealed record NpsQuery(ScoreQuery Scores, DateOnly? CompareFrom = null, DateOnly? CompareTo = null, string? Against = null)
{
    /// <summary>Off, the accounts behind the answers are left out: every interval is adjusted Wald, and it is faster.</summary>
    public bool Clustered { get; init; } = true;
}

/// <summary>One score as it is shown: never without its n and its interval. Everything is in points, -100 to 100.</summary>
/// <param name="Nps">Null when nobody answered.</param>
/// <param name="Lower">Lower bound of the 95 % interval by <paramref name="Method"/>; null where none can be given.</param>
/// <param name="StandardError">By <paramref name="Method"/>: clustered, or that of the shares.</param>
/// <param name="Method"><c>adjusted-wald</c> or <c>clustered</c>.</param>
/// <param name="Accounts">Accounts that answered.</param>
/// <param name="AccountNps">One vote per account.</param>
/// <param name="TooFew">Below 5 answers: shown greyed, neither ranked nor alarmed.</param>
/// <param name="CompareN">Answers compared with; null without a comparison.</param>
/// <param name="Change">Against the comparison, raw difference in points; null without one or when either is empty.</param>
/// <param name="ChangeLower">Lower bound of the change (adjusted Wald), not centred on the raw difference.</param>
/// <param name="ChangeP">Two-sided p of the change (adjusted Wald).</param>
/// <param name="Significant">Whether the change is significant at 5 % after Benjamini-Hochberg over the cells of the query; never where either side has too few.</param>
public sealed record NpsFigure(
    IReadOnlyList<string?> Keys, DateOnly? Period, int N, int Promoters, int Passives, int Detractors, int Excluded,
    double? Nps, double? Lower, double? Upper, double? StandardError, string Method, int Accounts, double? AccountNps, bool TooFew,
    int? CompareN, double? CompareNps, double? Change, double? ChangeLower, double? ChangeUpper, double? ChangeP, bool Significant)
{
    /// <summary>From 30 answers on a score is stable enough to lean on.</summary>
    public bool Stable { get; init; }

    /// <summary>The interval as if every answer were independent: adjusted Wald.</summary>
    public NpsInterval? AdjustedWald { get; init; }

    /// <summary>As if every answer were independent: linearised standard error with n - 1 and its normal interval; null for one answer.</summary>
    public NpsInterval? Simple { get; init; }

    /// <summary>Answers clustered in accounts: linearised standard error and its normal interval; null for one account.</summary>
    public NpsInterval? Clustered { get; init; }

    /// <summary>One vote per account: standard error and normal interval of <see cref="AccountNps"/>; null for one account.</summary>
    public NpsInterval? OneVote { get; init; }

    /// <summary>Clustered over simple variance; null where either is undefined or 0.</summary>
    public double? DesignEffect { get; init; }
}

/// <summary>A standard error and a 95 % interval, in points.</summary>
public sealed record NpsInterval(double StandardError, double Lower, double Upper);
