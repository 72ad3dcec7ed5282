using MediatR;

namespace Cem.Contracts.AccountHealth;

/// <summary>How accounts stand at this moment, measured as it is asked. Accounts that are not known are left out.</summary>
/// <param name="Language">Of the words: <c>en</c> or <c>zh-CN</c>.</param>
public sealed record AskAccountHealth(IReadOnlyList<long> Accounts, string Language) : IRequest<IReadOnlyList<AccountHealthFigure>>;

/// <summary>The accounts of an org unit and below whose renewal is in danger, high risk before medium, of each the largest revenue first.</summary>
/// <param name="Scope">Id of the org unit; 0 is the whole company.</param>
/// <param name="Most">How many to name.</param>
/// <param name="Fresh">Whether what is due is measured first; else as last measured, which is a minute ago or so.</param>
public sealed record AskAccountsAtRisk(long Scope, string Language, int Most, bool Fresh = false) : IRequest<AccountsAtRisk>;

/// <param name="Measured">Accounts that were measured, in all.</param>
/// <param name="Count">Accounts at risk, in all.</param>
/// <param name="HiddenChurn">Of these, busy accounts with a poor experience.</param>
/// <param name="RevenueMinor">What those at risk bring a year, in the currency that most of them have; null where none is known.</param>
public sealed record AccountsAtRisk(int Measured, int Count, int HiddenChurn, long? RevenueMinor, string? Currency, IReadOnlyList<AccountHealthFigure> Accounts);

/// <summary>One account, in figures and in words.</summary>
/// <param name="Field">One of the four fields of usage and experience, or <c>unknown</c>.</param>
/// <param name="Score">0-100; null where the experience is not known.</param>
/// <param name="Usage">Index 0-100; null where it is not measured.</param>
/// <param name="Experience">Index 0-100; null where too few have answered.</param>
/// <param name="Answers">Responses behind the experience index.</param>
/// <param name="Trend"><c>up</c>, <c>down</c>, <c>steady</c>; null where it cannot be told.</param>
/// <param name="Risk">Of losing the renewal: <c>high</c>, <c>medium</c>, <c>low</c>.</param>
/// <param name="Sentence">The whole in one sentence.</param>
/// <param name="Reasons">Why, the gravest first.</param>
/// <param name="Parts">What the two indexes are made of.</param>
/// <param name="Checks">What to have done before the renewal, in the order of their dates.</param>
public sealed record AccountHealthFigure(
    long AccountId, string ExternalId, string Name, string Field, string FieldName, DateOnly? Since, double? Score, double? Usage, double? Experience, double? ExperienceLower, double? ExperienceUpper, int Answers,
    string? Trend, string Risk, string RiskName, string Sentence, IReadOnlyList<HealthReason> Reasons, IReadOnlyList<HealthPart> Parts, IReadOnlyList<RenewalCheck> Checks,
    DateOnly? Renewal, int? DaysLeft, long? RevenueMinor, string? Currency, DateTimeOffset AsOf);

/// <param name="Code">Such as <c>repeatedProblem</c>; stays the same in every language.</param>
public sealed record HealthReason(string Code, string Text);

/// <param name="Index"><c>usage</c> or <c>experience</c>.</param>
/// <param name="Score">0-100; null where the part is not measured.</param>
/// <param name="Weight">Share of the index, 0-1.</param>
/// <param name="Explained">The figure behind it in words.</param>
public sealed record HealthPart(string Index, string Code, string Name, double? Score, double Weight, string Explained);

/// <param name="State"><c>done</c>, <c>due</c> or <c>late</c>.</param>
public sealed record RenewalCheck(string Code, string Name, DateOnly DueOn, string State);
