using MediatR;

namespace Cem.Contracts.Insights;

/// <summary>
/// The satisfaction-influence quadrant of one survey: how much each factor question has to do with an outcome question, and
/// how satisfied people are with it. Computed over the responses that rate all of them. Answered from memory. Codes and ids that are unknown count as null.
/// </summary>
/// <param name="Scores">Which responses, by days, scope and filter; its measure, periods and groups mean nothing here.</param>
/// <param name="Survey">Code; null for the survey that tells most, a relationship survey first.</param>
/// <param name="Outcome">Question id; null for the recommendation question, or the first rated one.</param>
/// <param name="Factors">Question ids; null for the rated questions that may be left open, or else all but the outcome.</param>
/// <param name="Target">The satisfaction that is aimed at, 0 to 100: a gap is measured from it.</param>
public sealed record AskQuadrant(
    ScoreQuery Scores, string? Survey = null, string? Outcome = null, IReadOnlyList<string>? Factors = null, double Target = 100) : IRequest<Quadrant>;

/// <summary>The quadrant. What cannot be computed is null, and <paramref name="Refusal"/> says why.</summary>
/// <param name="Surveys">Every published survey that rates an outcome and at least two factors.</param>
/// <param name="Survey">Null where there is no such survey.</param>
/// <param name="N">Responses that rate the outcome and all factors.</param>
/// <param name="Excluded">Responses that leave one of them out, or find it not applicable.</param>
/// <param name="Accounts">Accounts behind the <paramref name="N"/>; responses without one do not count.</param>
/// <param name="R2">What share of the differences in the outcome the factors explain.</param>
/// <param name="Method"><c>lmg</c> or, above 18 factors, <c>johnson</c>.</param>
/// <param name="SatisfactionLine">Mean of the factors placed.</param>
/// <param name="InfluenceLine">Mean of the factors placed, in percent of R2.</param>
/// <param name="Resamples">Drawn for the intervals, of accounts; 0 where there are too few.</param>
/// <param name="Factors">The largest influence x gap first.</param>
public sealed record Quadrant(
    IReadOnlyList<QuadrantSurvey> Surveys, QuadrantSurvey? Survey, QuadrantQuestion? Outcome, int N, int Excluded, int Accounts, double? R2, string Method,
    double? SatisfactionLine, double? InfluenceLine, double Target, int Resamples, int Seed, IReadOnlyList<QuadrantFactor> Factors, QuadrantNote? Refusal,
    IReadOnlyList<QuadrantNote> Warnings);

/// <param name="Questions">Those with a rating, in their order.</param>
public sealed record QuadrantSurvey(string Code, string English, string Chinese, IReadOnlyList<QuadrantQuestion> Questions);

/// <param name="Least">The lowest rating.</param>
/// <param name="Most">The highest rating.</param>
public sealed record QuadrantQuestion(string Id, string Measure, int Least, int Most, string English, string Chinese);

/// <param name="Satisfaction">Mean rating from 0 (all the lowest) to 100.</param>
/// <param name="Influence">Its share of R2, in percent; null where it never varies.</param>
/// <param name="Area"><c>keep</c>, <c>improveFirst</c>, <c>improveSecond</c> or <c>raiseValue</c>; null where it is not placed.</param>
/// <param name="Borderline">Whether one of its intervals crosses a line.</param>
/// <param name="Stays">In what share of the resamples it lies in this area.</param>
/// <param name="Priority">Influence (0 to 1) x gap to the target, in points.</param>
/// <param name="Asymmetry">Null where there is no quadrant, or too little to tell.</param>
public sealed record QuadrantFactor(
    QuadrantQuestion Question, double? Satisfaction, double? SatisfactionLower, double? SatisfactionUpper, double? Influence, double? InfluenceLower, double? InfluenceUpper,
    string? Area, bool Borderline, double? Stays, double? Priority, QuadrantAsymmetry? Asymmetry);

/// <summary>
/// Whether a factor is missed when it is poor or noticed when it is excellent: what low and high ratings of it do to the outcome,
/// against those between, all other factors being the same (penalty-reward contrast).
/// </summary>
/// <param name="Kind"><c>basic</c> (a must-have: costs more than it earns), <c>performance</c>, <c>excitement</c> (a delighter); null where neither effect is sure or known.</param>
/// <param name="Sure">Whether that kind, and no other, is significant.</param>
/// <param name="Impact">From -1, costs alone, to 1, earns alone.</param>
public sealed record QuadrantAsymmetry(string? Kind, bool Sure, double? Impact, QuadrantEffect Penalty, QuadrantEffect Reward);

/// <summary>What low or high ratings of a factor do to the outcome, with the 95 % interval by account.</summary>
/// <param name="Least">The lowest of these ratings.</param>
/// <param name="Most">The highest of them.</param>
/// <param name="N">Responses that rate so.</param>
/// <param name="Value">In points of 100; null below five responses.</param>
public sealed record QuadrantEffect(int Least, int Most, int N, double? Value, double? Lower, double? Upper);

/// <summary>Something a reader must know, in both languages.</summary>
/// <param name="Code">For programs.</param>
public sealed record QuadrantNote(string Code, string English, string Chinese);
