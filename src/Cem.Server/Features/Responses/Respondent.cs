using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses;

/// <summary>
/// Who answers, and the dimensions they have at this moment. An answer keeps them: history does not move when an account
/// does.
/// </summary>
/// <param name="Products">The account's products, as a JSON list.</param>
/// <param name="Owner">E-mail address of the account's owner.</param>
sealed record Respondent(
    long? Account, long? Contact, long? OrgUnit, string? Region, string? Tier, string? Products, string? Owner, string? Role, string? Language)
{
    /// <summary>Nobody we know.</summary>
    public static readonly Respondent Unknown = new(null, null, null, null, null, null, null, null, null);

    /// <summary>The product, where the account has but one.</summary>
    public string? Product => Products is null or "[]" ? null : Json.Read<string[]>(Products) is [var only] ? only : null;

    /// <summary>Finds account and contact by the caller's own ids. What lies outside the caller's org units does not exist.</summary>
    /// <param name="scope">The org unit whose tree bounds what the caller sees; 0 is the whole company.</param>
    /// <exception cref="Problem">422: one of them does not exist, or they do not belong together.</exception>
    public static Respondent Find(Tx tx, string? account, string? contact, long scope)
    {
        if (contact is not null)
        {
            var found = tx.Prepare(Sql.Contact).Find(Read, contact, scope)
                ?? throw Problem.Rule("/contact", "contact-not-found", ($"There is no contact '{contact}'.", $"联系人“{contact}”不存在。"));
            return account is null || found.ExternalId == account
                ? found.Respondent
                : throw Problem.Rule("/contact", "contact-of-another-account", ($"The contact '{contact}' does not belong to the account '{account}'.", $"联系人“{contact}”不属于客户“{account}”。"));
        }
        if (account is null)
            return scope == 0 ? Unknown : Unknown with { OrgUnit = scope };
        return (tx.Prepare(Sql.Account).Find(Read, account, scope)
            ?? throw Problem.Rule("/account", "account-not-found", ($"There is no account '{account}'.", $"客户“{account}”不存在。"))).Respondent;
    }

    /// <summary>A contact as they are now; somebody unknown once they are erased.</summary>
    public static Respondent Of(Tx tx, long contact) => tx.Prepare(Sql.ContactById).Find(Read, contact)?.Respondent ?? Unknown;

    static Found Read(Statement.Row row) => new(row.Text(0), new Respondent(
        row.Number(1), row.NumberOrNull(2), row.Number(3), row.TextOrNull(4), row.TextOrNull(5), row.Text(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9)));

    sealed record Found(string ExternalId, Respondent Respondent);

    static class Sql
    {
        public const string Contact = """
            SELECT a.external_id, a.id, c.id, a.org_unit_id, a.region, a.tier, a.products, a.owner_email, c.role, c.language
            FROM customers_v_contacts c JOIN customers_v_accounts a ON a.id = c.account_id
            WHERE c.external_id = @Contact AND c.erased = 0
              AND (@OrgUnit = 0 OR a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))
            """;

        public const string ContactById = """
            SELECT a.external_id, a.id, c.id, a.org_unit_id, a.region, a.tier, a.products, a.owner_email, c.role, c.language
            FROM customers_v_contacts c JOIN customers_v_accounts a ON a.id = c.account_id
            WHERE c.id = @Contact AND c.erased = 0
            """;

        public const string Account = """
            SELECT a.external_id, a.id, NULL, a.org_unit_id, a.region, a.tier, a.products, a.owner_email, NULL, NULL
            FROM customers_v_accounts a
            WHERE a.external_id = @Account
              AND (@OrgUnit = 0 OR a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))
            """;
    }
}
