using MediatR;

namespace Cem.Contracts.Insights;

/// <summary>How much of the customer base has been heard: accounts, contacts, decision-makers and revenue.</summary>
/// <param name="Scopes">One answer for each org unit; 0 is the whole company.</param>
public sealed record AskCoverage(IReadOnlyList<long> Scopes, DateOnly From, DateOnly To) : IRequest<IReadOnlyList<CoverageFigure>>;

/// <param name="RevenueHeard">Share of annual revenue of the accounts heard from; null where no revenue is known.</param>
public sealed record CoverageFigure(
    int Accounts, int AccountsHeard, int Contacts, int ContactsHeard, int DecisionMakers, int DecisionMakersHeard, double? RevenueHeard);
