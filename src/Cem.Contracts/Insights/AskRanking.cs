using MediatR;

namespace Cem.Contracts.Insights;

/// <summary>
/// Org units ranked by the Wilson score of their share of good answers: with 95 % confidence the share is not below it, so
/// that a handful of happy answers does not lead the list. Answered from memory.
/// </summary>
/// <param name="Scores">
/// Which answers. Its scope is the unit whose parts are ranked, its measure <c>csat</c> (satisfied), <c>ces</c> (easy) or
/// <c>nps</c> (promoters); empty: satisfaction, unless recommendation ranks more of the units. By <c>orgUnit</c> means the branches below
/// the scope, or where there are none what lies directly below it; any other dimension but account and question ranks its values.
/// </param>
public sealed record AskRanking(ScoreQuery Scores) : IRequest<Ranking>;

/// <param name="Measure">What was ranked by.</param>
/// <param name="By">The dimension.</param>
/// <param name="All">All answers together, also those that belong to no unit listed.</param>
/// <param name="Units">Ranked ones first, in their order; then those with too few answers, those with most first.</param>
public sealed record Ranking(string Measure, string By, ShareFigure All, IReadOnlyList<RankedUnit> Units);

/// <summary>A share of good answers, 0 to 1.</summary>
/// <param name="Good">Satisfied, easy, or promoters.</param>
/// <param name="Share">Null when nobody answered.</param>
/// <param name="Lower">Lower bound of Wilson's 95 % interval: the score that is ranked by.</param>
public sealed record ShareFigure(int N, int Good, double? Share, double? Lower, double? Upper);

/// <param name="Key">Code of the org unit, or the value of the dimension; null for answers that have none.</param>
/// <param name="Rank">Competition rank 1, 2, 2, 4; null for fewer than 5 answers.</param>
/// <param name="Tie">Neighbours with the same number are not told apart (Holm over all neighbours); null where unranked.</param>
/// <param name="Shrunk">The share drawn towards that of all units (beta-binomial): fairer than the score for decisions about pay. Null where units do not differ.</param>
public sealed record RankedUnit(string? Key, int? Rank, int? Tie, ShareFigure Figure, double? Shrunk);
