using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;

namespace Cem.Server.Features.Customers;

/// <summary>
/// Puts accounts, for every door they come in by. Accounts outside the caller's org units do not exist for them, neither
/// to change nor to stand below; what is told is told only when something changed.
/// </summary>
static class AccountWriter
{
    public static Written Put(Tx tx, Caller caller, string externalId, AccountFields account)
    {
        var existing = tx.Prepare(Sql.Find).Value<long?>(externalId);
        if (existing is { } known && tx.Prepare(Sql.IsSeen).Value<long?>(known, caller.OrgUnit) is null)
            throw NotFound(externalId);
        var orgUnit = tx.Prepare(Sql.FindOrgUnit).Value<long?>(account.OrgUnit, caller.OrgUnit)
            ?? throw OrgUnitLookup.Refused("/orgUnit", account.OrgUnit);
        var parent = account.Parent is null ? (long?)null : FindParent(tx, caller, existing, externalId, account.Parent);
        var id = existing ?? tx.NewId();
        var changed = tx.Prepare(Sql.Put).Run(
            id, externalId, account.Name, orgUnit, account.Region, account.Industry, account.Tier, account.KeyAccount ? 1 : 0, account.Owner, parent,
            FieldRules.Stored(account.Products), account.AnnualRevenue?.Amount, account.AnnualRevenue?.Currency,
            account.ContractStart, account.ContractEnd, account.RenewalDate, FieldRules.Stored(account.Tags), FieldRules.Stored(account.Attributes), tx.Now) > 0;
        if (changed)
            tx.Tell(new AccountChanged(id));
        return new Written(existing is null, changed);
    }

    public static Problem NotFound(string externalId) =>
        Problem.NotFound("account-not-found", ($"There is no account '{externalId}'.", $"客户“{externalId}”不存在。"));

    static long FindParent(Tx tx, Caller caller, long? account, string externalId, string parent)
    {
        var above = tx.Prepare(Sql.Find).Value<long?>(parent);
        if (above is null || tx.Prepare(Sql.IsSeen).Value<long?>(above, caller.OrgUnit) is null)
            throw Problem.Rule("/parent", Written.ParentNotFound, ($"There is no account '{parent}'.", $"客户“{parent}”不存在。"));
        if (account is not null && tx.Prepare(Sql.IsAbove).Value<bool>(above, account))
            throw Problem.Rule("/parent", "cycle", ($"'{parent}' lies below '{externalId}' itself.", $"“{parent}”位于“{externalId}”之下，不能作为其上级。"));
        return above.Value;
    }
}

/// <param name="Created">Whether it was new.</param>
/// <param name="Changed">Whether anything is different now.</param>
sealed record Written(bool Created, bool Changed)
{
    /// <summary>The code of a refusal that passes by itself once the parent has been put.</summary>
    public const string ParentNotFound = "parent-not-found";

    public int Status => Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
}

file static class Sql
{
    public const string Find = "SELECT id FROM customers_accounts WHERE external_id = @ExternalId";

    public const string IsSeen = """
        SELECT 1 FROM customers_accounts a
        WHERE a.id = @Id AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string FindOrgUnit = """
        SELECT u.id FROM customers_org_units u
        WHERE u.code = @Code AND u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string IsAbove = """
        WITH RECURSIVE above (id) AS (
          SELECT @Parent
          UNION
          SELECT a.parent_id FROM above JOIN customers_accounts a ON a.id = above.id WHERE a.parent_id IS NOT NULL)
        SELECT EXISTS (SELECT 1 FROM above WHERE id = @Id)
        """;

    public const string Put = """
        INSERT INTO customers_accounts (id, external_id, name, org_unit_id, region, industry, tier, key_account, owner_email, parent_id, products,
          annual_revenue_minor, annual_revenue_currency, contract_start, contract_end, renewal_date, tags, attributes, created_at, updated_at)
        VALUES (@Id, @ExternalId, @Name, @OrgUnit, @Region, @Industry, @Tier, @KeyAccount, @Owner, @Parent, @Products,
          @Amount, @Currency, @ContractStart, @ContractEnd, @RenewalDate, @Tags, @Attributes, @Now, @Now)
        ON CONFLICT (external_id) DO UPDATE SET name = excluded.name, org_unit_id = excluded.org_unit_id, region = excluded.region,
          industry = excluded.industry, tier = excluded.tier, key_account = excluded.key_account, owner_email = excluded.owner_email,
          parent_id = excluded.parent_id, products = excluded.products, annual_revenue_minor = excluded.annual_revenue_minor,
          annual_revenue_currency = excluded.annual_revenue_currency, contract_start = excluded.contract_start,
          contract_end = excluded.contract_end, renewal_date = excluded.renewal_date, tags = excluded.tags,
          attributes = excluded.attributes, updated_at = excluded.updated_at
        WHERE (customers_accounts.name, customers_accounts.org_unit_id, customers_accounts.region, customers_accounts.industry, customers_accounts.tier,
            customers_accounts.key_account, customers_accounts.owner_email, customers_accounts.parent_id, customers_accounts.products,
            customers_accounts.annual_revenue_minor, customers_accounts.annual_revenue_currency, customers_accounts.contract_start,
            customers_accounts.contract_end, customers_accounts.renewal_date, customers_accounts.tags, customers_accounts.attributes)
          IS DISTINCT FROM (excluded.name, excluded.org_unit_id, excluded.region, excluded.industry, excluded.tier,
            excluded.key_account, excluded.owner_email, excluded.parent_id, excluded.products,
            excluded.annual_revenue_minor, excluded.annual_revenue_currency, excluded.contract_start,
            excluded.contract_end, excluded.renewal_date, excluded.tags, excluded.attributes)
        """;
}
