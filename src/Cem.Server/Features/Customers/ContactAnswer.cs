using System.Text.Json;

namespace Cem.Server.Features.Customers;

/// <summary>A contact as the API gives it: what was put, and when.</summary>
sealed record ContactAnswer(
    string? ExternalId, string Account, string Name, string? Email, string? Phone, string Role, string? Level, string? Department, string Language,
    Consent Consent, bool DoNotSurvey, JsonElement Attributes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The columns of <see cref="ContactRow"/>, from contacts <c>c</c> of accounts <c>a</c> in the caller's org units.</summary>
    public const string Select = """
        SELECT c.id, c.external_id, a.external_id AS account, c.name, c.email, c.phone, c.role, c.level, c.department, c.language,
          c.consent, c.consent_source, c.consent_at, c.do_not_survey, c.attributes, c.created_at, c.updated_at
        FROM customers_contacts c
        JOIN customers_accounts a ON a.id = c.account_id
        WHERE c.erased = 0 AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)

        """;
}

sealed record ContactRow(
    long Id, string? ExternalId, string Account, string Name, string? Email, string? Phone, string Role, string? Level, string? Department, string Language,
    bool Consent, string? ConsentSource, DateTimeOffset? ConsentAt, bool DoNotSurvey, string Attributes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public ContactAnswer ToAnswer() => new(
        ExternalId, Account, Name, Email, Phone, Role, Level, Department, Language, new Consent(Consent, ConsentSource, ConsentAt), DoNotSurvey,
        JsonElement.Parse(Attributes), CreatedAt, UpdatedAt);
}
