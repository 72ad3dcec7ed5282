using Cem.Kernel.Data;
using Cem.Kernel.Security;

namespace Cem.Server.Features.Responses.AnswerSurvey;

/// <summary>What hangs on a personal link: the invitation, and what was answered so far.</summary>
/// <param name="SurveyVersion">Null before the invitation was sent.</param>
/// <param name="State">The invitation's.</param>
/// <param name="ResponseState"><c>partial</c>, <c>complete</c>, or null for no answer yet.</param>
/// <param name="Page">The furthest step reached, from 0.</param>
sealed record SurveyLink(
    long InvitationId, long SurveyId, string SurveyCode, int? SurveyVersion, string Kind, long AccountId, long? ContactId, string? Touchpoint,
    string? TouchpointEn, string? TouchpointZh, string Channel, string Language, string State, DateTimeOffset? ExpiresAt, string? Product,
    long? ResponseId, string? ResponseState, string? ResponseLanguage, int? Page, string? Answers, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt)
{
    public bool IsAnswered => ResponseState == "complete" || State == "completed";

    public bool IsExpired(DateTimeOffset now) => State is "expired" || ContactId is null || ExpiresAt <= now;

    /// <summary>The link with this secret; null where there is none, or nobody was asked after all.</summary>
    public static SurveyLink? Find(Session session, string secret) =>
        session.Prepare(Sql.Find).Find(Read, Secret.Hash(secret)) is { State: not "suppressed", SurveyVersion: not null } link ? link : null;

    static SurveyLink Read(Statement.Row row) => new(
        row.Number(0), row.Number(1), row.Text(2), (int?)row.NumberOrNull(3), row.Text(4), row.Number(5), row.NumberOrNull(6), row.TextOrNull(7),
        row.TextOrNull(8), row.TextOrNull(9), row.Text(10), row.Text(11), row.Text(12), Instant(row, 13), row.TextOrNull(14),
        row.NumberOrNull(15), row.TextOrNull(16), row.TextOrNull(17), (int?)row.NumberOrNull(18), row.TextOrNull(19), Instant(row, 20), Instant(row, 21));

    static DateTimeOffset? Instant(Statement.Row row, int column) => row.NumberOrNull(column) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    static class Sql
    {
        public const string Find = """
            SELECT l.invitation_id, l.survey_id, l.survey_code, l.survey_version, l.kind, l.account_id, l.contact_id, l.touchpoint,
              t.name_en AS touchpoint_en, t.name_zh AS touchpoint_zh, l.channel, l.language, l.state, l.expires_at, l.product,
              r.id AS response_id, r.state AS response_state, r.language AS response_language, r.page, r.answers, r.started_at, r.completed_at
            FROM invitations_v_links l
            LEFT JOIN journeys_v_touchpoints t ON t.code = l.touchpoint
            LEFT JOIN responses_responses r ON r.invitation_id = l.invitation_id
            WHERE l.secret_hash = @Hash
            """;
    }
}
