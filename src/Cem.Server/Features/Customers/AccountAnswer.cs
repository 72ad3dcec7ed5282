using System.Text.Json;

namespace Cem.Server.Features.Customers;

/// <summary>An account as the API gives it: what was put, and when.</summary>
sealed record AccountAnswer(
    string ExternalId, string Name, string OrgUnit, string? Region, string? Industry, string? Tier, bool KeyAccount, string? Owner, string? Parent,
    IReadOnlyList<string> Products, Money? AnnualRevenue, DateOnly? ContractStart, DateOnly? ContractEnd, DateOnly? RenewalDate,
    IReadOnlyList<string> Tags, JsonElement Attributes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>
    /// The columns of <see cref="AccountRow"/>, from accounts <c>a</c> in the caller's org units; a parent outside them is
    /// not named.
    /// </summary>
    public const string Select = """
        SELECT a.id, a.external_id, a.name, u.code AS org_unit, a.region, a.industry, a.tier, a.key_account, a.owner_email AS owner,
          p.external_id AS parent, a.products, a.annual_revenue_minor, a.annual_revenue_currency, a.contract_start, a.contract_end,
          a.renewal_date, a.tags, a.attributes, a.created_at, a.updated_at
        FROM customers_accounts a
        JOIN customers_org_units u ON u.id = a.org_unit_id
        LEFT JOIN customers_accounts p ON p.id = a.parent_id
          AND p.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        WHERE a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)

        """;
}

sealed record AccountRow(
    long Id, string ExternalId, string Name, string OrgUnit, string? Region, string? Industry, string? Tier, bool KeyAccount, string? Owner, string? Parent,
    string[] Products, long? AnnualRevenueMinor, string? AnnualRevenueCurrency, DateOnly? ContractStart, DateOnly? ContractEnd, DateOnly? RenewalDate,
    string[] Tags, string Attributes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public AccountAnswer ToAnswer() => new(
        ExternalId, Name, OrgUnit, Region, Industry, Tier, KeyAccount, Owner, Parent, Products,
        AnnualRevenueMinor is { } amount ? new Money(amount, AnnualRevenueCurrency!) : null,
        ContractStart, ContractEnd, RenewalDate, Tags, JsonElement.Parse(Attributes), CreatedAt, UpdatedAt);
}
