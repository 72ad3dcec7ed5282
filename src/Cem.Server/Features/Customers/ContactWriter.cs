using System.Text.Json;
using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers;

/// <summary>
/// Puts contacts, for every door they come in by. Contacts of accounts outside the caller's org units do not exist for
/// them; what is told is told only when something changed.
/// </summary>
static class ContactWriter
{
    /// <param name="language">The company's own, for contacts that name none.</param>
    public static Written Put(Tx tx, Caller caller, string language, string externalId, ContactFields contact)
    {
        var existing = tx.Prepare(Sql.Find).Value<long?>(externalId);
        if (existing is { } known && tx.Prepare(Sql.IsSeen).Value<long?>(known, caller.OrgUnit) is null)
            throw NotFound(externalId);
        var account = tx.Prepare(Sql.FindAccount).Value<long?>(contact.Account, caller.OrgUnit)
            ?? throw Problem.Rule("/account", "account-not-found", ($"There is no account '{contact.Account}'.", $"客户“{contact.Account}”不存在。"));
        var id = existing ?? tx.NewId();
        var changed = tx.Prepare(Sql.Put).Run(
            id, externalId, account, contact.Name, contact.Email, contact.Phone, JsonNamingPolicy.CamelCase.ConvertName(contact.Role.ToString()),
            contact.Level, contact.Department, contact.Language is { } tag ? FieldRules.Language(tag) : language,
            contact.Consent is { Contact: true } ? 1 : 0, contact.Consent?.Source, contact.Consent?.At, contact.DoNotSurvey ? 1 : 0,
            FieldRules.Stored(contact.Attributes), tx.Now) > 0;
        if (changed)
        {
            if (contact.Email is not null)
                tx.Prepare(Sql.KeepAddress).Run(id, contact.Email);
            tx.Tell(new ContactChanged(id, account));
        }
        return new Written(existing is null, changed);
    }

    public static Problem NotFound(string externalId) =>
        Problem.NotFound("contact-not-found", ($"There is no contact '{externalId}'.", $"联系人“{externalId}”不存在。"));
}

file static class Sql
{
    public const string Find = "SELECT id FROM customers_contacts WHERE external_id = @ExternalId";

    public const string IsSeen = """
        SELECT 1 FROM customers_contacts c JOIN customers_accounts a ON a.id = c.account_id
        WHERE c.id = @Id AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string FindAccount = """
        SELECT a.id FROM customers_accounts a
        WHERE a.external_id = @ExternalId AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Put = """
        INSERT INTO customers_contacts (id, external_id, account_id, name, email, phone, role, level, department, language,
          consent, consent_source, consent_at, do_not_survey, attributes, created_at, updated_at)
        VALUES (@Id, @ExternalId, @Account, @Name, @Email, @Phone, @Role, @Level, @Department, @Language,
          @Consent, @ConsentSource, @ConsentAt, @DoNotSurvey, @Attributes, @Now, @Now)
        ON CONFLICT (external_id) DO UPDATE SET account_id = excluded.account_id, name = excluded.name, email = excluded.email,
          phone = excluded.phone, role = excluded.role, level = excluded.level, department = excluded.department,
          language = excluded.language, consent = excluded.consent, consent_source = excluded.consent_source,
          consent_at = excluded.consent_at, do_not_survey = excluded.do_not_survey, attributes = excluded.attributes,
          updated_at = excluded.updated_at
        WHERE (customers_contacts.account_id, customers_contacts.name, customers_contacts.email, customers_contacts.phone, customers_contacts.role,
            customers_contacts.level, customers_contacts.department, customers_contacts.language, customers_contacts.consent,
            customers_contacts.consent_source, customers_contacts.consent_at, customers_contacts.do_not_survey, customers_contacts.attributes)
          IS DISTINCT FROM (excluded.account_id, excluded.name, excluded.email, excluded.phone, excluded.role,
            excluded.level, excluded.department, excluded.language, excluded.consent,
            excluded.consent_source, excluded.consent_at, excluded.do_not_survey, excluded.attributes)
        """;

    public const string KeepAddress = """
        INSERT INTO customers_contact_addresses (contact_id, address) VALUES (@Contact, @Address)
        ON CONFLICT (contact_id, address) DO NOTHING
        """;
}
