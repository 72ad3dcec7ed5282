using MediatR;

namespace Cem.Contracts.AccountHealth;

/// <summary>An account moved to another field of the map of usage and experience, or its risk at the renewal changed.</summary>
/// <param name="Field"><c>healthy</c>, <c>hiddenChurn</c>, <c>underUsed</c>, <c>atRisk</c> or <c>unknown</c>.</param>
/// <param name="FieldBefore">Null when it was measured for the first time.</param>
/// <param name="Risk"><c>high</c>, <c>medium</c> or <c>low</c>.</param>
/// <param name="RiskBefore">Null when it was measured for the first time.</param>
/// <param name="Touchpoint">Where the same problem comes again and again; null where none does.</param>
/// <param name="English">How it stands in a sentence, then the reasons, the gravest first; empty where the risk is low.</param>
/// <param name="Chinese">The same in Chinese, line by line.</param>
public sealed record AccountHealthChanged(
    long AccountId, string Field, string? FieldBefore, string Risk, string? RiskBefore, string? Touchpoint, IReadOnlyList<string> English, IReadOnlyList<string> Chinese) : INotification;
