namespace Cem.Server.Features.AccountHealth;

/// <summary>Everything one account is judged by.</summary>
sealed record HealthInput(
    AccountFacts Account, IReadOnlyList<UsageRow> Usage, IReadOnlyList<Heard> Answers, IReadOnlyList<Trouble> Troubles);

/// <param name="Deciders">Decision-makers who are known and may be asked.</param>
/// <param name="DeciderHeard">Day of the last answer of any of them.</param>
sealed record AccountFacts(
    long Id, string ExternalId, string Name, DateOnly? RenewalDate, long? AnnualRevenueMinor, string? AnnualRevenueCurrency,
    int Contacts, int Deciders, DateOnly? DeciderHeard, int OpenOrders, int OverdueOrders);

/// <summary>One number of O-data.</summary>
/// <param name="Part"><c>seats</c>, <c>active</c>, <c>actions</c> or <c>features</c>.</param>
sealed record UsageRow(DateOnly Day, string Part, double Value);

/// <summary>One response: the mean of its scored answers, 0-100.</summary>
/// <param name="Nps">The recommendation in it, 0-10.</param>
sealed record Heard(DateOnly Day, string Role, long? Contact, string? Touchpoint, double Score, int? Nps);

/// <summary>One report of a problem: an answer that is not good, a ticket, a complaint.</summary>
/// <param name="Key">The touchpoint, or the theme where it has a name of its own.</param>
/// <param name="Passable">Whether it was an answer that, taken alone, would alarm nobody.</param>
sealed record Trouble(DateOnly Day, string Key, long? Contact, bool Passable);
