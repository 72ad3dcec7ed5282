using Cem.Kernel.Data;

namespace Cem.Server.Features.Responses;

/// <summary>A complete response with the names of what it hangs on.</summary>
sealed record ResponseRow(
    Id Id, string? SubmissionId, Id? InvitationId, long SurveyId, string SurveyCode, int SurveyVersion, string? Account, string? AccountName, string? Contact,
    string? ContactName, string? OrgUnit, string? OrgUnitName, string? Touchpoint, string Channel, string? Region, string? Tier, string? Product, string? Role,
    string? Language, string? RecordedBy, bool Interested, string Answers, DateTimeOffset CompletedAt, DateTimeOffset SavedAt)
{
    /// <summary>To be followed by <see cref="ResponseFilter.Where"/> or a condition of one's own.</summary>
    public const string Select = """
        SELECT r.id, r.submission_id, r.invitation_id, r.survey_id, r.survey_code, r.survey_version, a.external_id AS account, a.name AS account_name,
          c.external_id AS contact, c.name AS contact_name, u.code AS org_unit, u.name AS org_unit_name, r.touchpoint, r.channel, r.region, r.tier,
          r.product, r.role, r.language, r.recorded_by, r.interested, r.answers, r.completed_at, r.saved_at
        FROM responses_responses r
        LEFT JOIN customers_v_accounts a ON a.id = r.account_id
        LEFT JOIN customers_v_contacts c ON c.id = r.contact_id
        LEFT JOIN customers_v_org_units u ON u.id = r.org_unit_id

        """;
}
