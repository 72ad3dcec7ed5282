using System.Collections.Concurrent;

namespace Cem.Server.Features.Insights;

/// <summary>
/// The accounts and contacts as they stand in the books, in memory beside the answers: who could have been heard. Kept
/// current by the slice KeepScores.
/// </summary>
sealed class CustomerBase
{
    public ConcurrentDictionary<long, AccountEntry> Accounts { get; } = new();

    public ConcurrentDictionary<long, ContactEntry> Contacts { get; } = new();

    public void Put(AccountEntry account) => Accounts[account.Id] = account;

    public void Put(ContactEntry contact) => Contacts[contact.Id] = contact;
}

/// <param name="ContractStart">First day under contract, yyyymmdd; null is from ever.</param>
/// <param name="ContractEnd">Last day under contract, yyyymmdd; null is without end.</param>
sealed record AccountEntry(long Id, long OrgUnitId, long? AnnualRevenueMinor, string? AnnualRevenueCurrency, int? ContractStart, int? ContractEnd)
{
    /// <summary>Whether the contract runs on any of these days, yyyymmdd.</summary>
    public bool IsActive(int from, int to) => !(ContractStart > to) && !(ContractEnd < from);
}

sealed record ContactEntry(long Id, long AccountId, bool Decides);
