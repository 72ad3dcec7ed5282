using Cem.Kernel.Data;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// What rows name, as ids: accounts, contacts, org units and touchpoints, asked for a chunk of rows at a time and
/// remembered within bounds. What lies outside the caller's org unit is not known.
/// </summary>
/// <param name="scope">The org unit whose tree bounds what the caller knows; 0 is the whole company.</param>
sealed class References(Db db, long scope)
{
    const int MostKept = 100_000;

    readonly Dictionary<string, Account?> accounts = [];
    readonly Dictionary<string, Contact?> contacts = [];
    readonly Dictionary<string, Unit?> units = [];
    readonly Dictionary<string, Touchpoint?> touchpoints = [];

    /// <summary>Whether everything that a row names is known to be there; else it may turn out that it is not.</summary>
    public bool Knows(ReadRow row) =>
        (row.Account is null || accounts.GetValueOrDefault(row.Account) is not null)
        && (row.Contact is null || contacts.GetValueOrDefault(row.Contact) is { } contact && row.Account is { } account && accounts[account]!.Id == contact.AccountId)
        && (row.OrgUnit is null || units.GetValueOrDefault(row.OrgUnit) is not null)
        && (row.Touchpoint is null || touchpoints.GetValueOrDefault(row.Touchpoint) is not null);

    /// <summary>Finds what the good rows name; a row that names something unknown is no longer good.</summary>
    public void Resolve(IEnumerable<ReadRow> rows)
    {
        Learn(accounts, rows, row => row.Account, Sql.Accounts, account => account.ExternalId);
        Learn(contacts, rows, row => row.Contact, Sql.Contacts, contact => contact.ExternalId);
        Learn(units, rows, row => row.OrgUnit, Sql.OrgUnits, unit => unit.Code);
        Learn(touchpoints, rows, row => row.Touchpoint, Sql.Touchpoints, touchpoint => touchpoint.Code);
        foreach (var row in rows)
            row.Resolved = Resolve(row);
    }

    Resolved? Resolve(ReadRow row)
    {
        if (row.Errors.Count > 0)
            return null;
        var account = row.Account is { } name ? accounts[name] : null;
        if (row.Account is not null && account is null)
            row.Refuse(new("/account", "account-not-found", ($"There is no account '{row.Account}'.", $"客户“{row.Account}”不存在。")));
        var contact = row.Contact is { } person ? contacts[person] : null;
        if (row.Contact is not null && account is not null && contact?.AccountId != account.Id)
            row.Refuse(new("/contact", "contact-not-found", ($"The account '{row.Account}' has no contact '{row.Contact}'.", $"客户“{row.Account}”没有联系人“{row.Contact}”。")));
        var unit = row.OrgUnit is { } code ? units[code] : null;
        if (row.OrgUnit is not null && unit is null)
            row.Refuse(new("/orgUnit", "org-unit-not-found", ($"There is no org unit '{row.OrgUnit}'.", $"组织单元“{row.OrgUnit}”不存在。")));
        if (row.Touchpoint is { } touchpoint && touchpoints[touchpoint] is null)
            row.Refuse(new("/touchpoint", "touchpoint-not-found", ($"There is no touchpoint '{touchpoint}'.", $"触点“{touchpoint}”不存在。")));
        return row.Errors.Count > 0 ? null : new Resolved(account?.Id, contact?.Id, unit?.Id ?? account?.OrgUnitId ?? 0, unit is not null);
    }

    void Learn<T>(Dictionary<string, T?> known, IEnumerable<ReadRow> rows, Func<ReadRow, string?> name, [System.Diagnostics.CodeAnalysis.ConstantExpected] string sql, Func<T, string> nameOf) where T : class
    {
        HashSet<string>? unknown = null;
        foreach (var row in rows)
            if (name(row) is { } named && !known.ContainsKey(named))
                (unknown ??= []).Add(named);
        if (unknown is null)
            return;
        if (known.Count + unknown.Count > MostKept)
        {
            known.Clear();
            unknown.UnionWith(rows.Select(name).OfType<string>());
        }
        foreach (var each in unknown)
            known[each] = null;
        foreach (var found in db.Query<T>(sql, new { Names = unknown.ToArray(), Scope = scope }))
            known[nameOf(found)] = found;
    }

    sealed record Account(long Id, string ExternalId, long OrgUnitId);

    sealed record Contact(long Id, string ExternalId, long AccountId);

    sealed record Unit(long Id, string Code);

    sealed record Touchpoint(string Code);
}

/// <param name="HasOwnUnit">Whether the row itself names the org unit; else it is the account's of today, and stays when the account moves.</param>
readonly record struct Resolved(long? Account, long? Contact, long OrgUnit, bool HasOwnUnit);

file static class Sql
{
    public const string Accounts = """
        SELECT a.id, a.external_id, a.org_unit_id FROM customers_v_accounts a
        WHERE a.external_id IN (SELECT value FROM json_each(@Names))
          AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    public const string Contacts = """
        SELECT c.id, c.external_id, c.account_id FROM customers_v_contacts c
        JOIN customers_v_accounts a ON a.id = c.account_id
        WHERE c.external_id IN (SELECT value FROM json_each(@Names))
          AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    public const string OrgUnits = """
        SELECT u.id, u.code FROM customers_v_org_units u
        WHERE u.code IN (SELECT value FROM json_each(@Names)) AND u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    public const string Touchpoints = "SELECT code FROM journeys_v_touchpoints WHERE code IN (SELECT value FROM json_each(@Names))";
}
