using MediatR;

namespace Cem.Contracts.Insights;

/// <summary>
/// The Net Promoter Score of the cells of one or more queries, with its interval; clustered by account where several
/// people of one account answered. Each cell may be held against a comparison period.
/// </summary>
public sealed record AskNps(IReadOnlyList<NpsQuery> Queries) : IRequest<IReadOnlyList<IReadOnlyList<NpsFigure>>>;

/// <param name="Scores">Which answers; its measure is <c>nps</c>.</param>
/// <param name="CompareFrom">First day of the period to compare with; null for no comparison.</param>
public sealed record NpsQuery(ScoreQuery Scores, DateOnly? CompareFrom = null, DateOnly? CompareTo = null);

/// <summary>One score as it is shown: never without its n and its interval.</summary>
/// <param name="Nps">Points from -100 to 100; null when nobody answered.</param>
/// <param name="Lower">Lower bound of the 95 % interval; null where none can be given.</param>
/// <param name="Method"><c>adjusted-wald</c> or <c>clustered</c>.</param>
/// <param name="Accounts">Accounts that answered.</param>
/// <param name="AccountNps">One vote per account.</param>
/// <param name="TooFew">Below the minimum n: shown greyed, neither ranked nor alarmed.</param>
/// <param name="Change">Against the comparison period, raw difference in points; null without one or when either is empty.</param>
/// <param name="ChangeP">Two-sided p of the change (adjusted Wald).</param>
/// <param name="Significant">Whether the change is significant after Benjamini-Hochberg over the cells of the query.</param>
public sealed record NpsFigure(
    IReadOnlyList<string?> Keys, DateOnly? Period, int N, int Promoters, int Passives, int Detractors, int Excluded,
    double? Nps, double? Lower, double? Upper, double? StandardError, string Method, int Accounts, double? AccountNps, bool TooFew,
    int? CompareN, double? CompareNps, double? Change, double? ChangeLower, double? ChangeUpper, double? ChangeP, bool Significant);
