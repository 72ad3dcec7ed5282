using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;
using MediatR;

namespace Cem.Server.Features.Invitations.GetOutcome;

/// <summary>
/// Tells the CRM what followed from an event it reported: who was invited, who was not and why, or that the survey matrix
/// asks nobody about it.
/// </summary>
[Access(Keys = [Scopes.EventsWrite, Scopes.InsightsRead], Staff = Roles.All)]
sealed record Request(string Source, string EventId) : IRequest<Response>;

/// <param name="Reason">Of the first contact, where nobody was invited.</param>
sealed record Response(string Source, string EventId, Outcome Outcome, string? Reason, Wording Words, IReadOnlyList<Invited> Contacts);

/// <param name="Contact">The CRM's id; null once the contact was erased.</param>
/// <param name="State">Of the invitation: scheduled, sent, partial, completed, expired or suppressed.</param>
sealed record Invited(
    string? Contact, Id Invitation, string Survey, string? Touchpoint, string Channel, string State, string? Reason, Wording? Words,
    DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? CompletedAt);

enum Outcome
{
    /// <summary>Not decided yet; ask again in a moment.</summary>
    Pending,
    Invited,
    Suppressed,
    NotMatched,
}

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/events/{source}/{eventId}/outcome", (string source, string eventId, IMediator mediator, CancellationToken ct) =>
                // The one character that routing leaves encoded.
                mediator.Send(new Request(source, eventId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)), ct))
            .Sends<Request>()
            .Summary("Ask what followed from an event")
            .Describe("outcome is pending, invited, suppressed or notMatched. Rules are looked at again when the delay has run out, so that an invitation that is scheduled may still be suppressed.");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    static readonly Dictionary<Outcome, Wording> Sentences = new()
    {
        [Outcome.Pending] = new("Not decided yet.", "尚未处理。"),
        [Outcome.Invited] = new("Invited.", "已邀请。"),
        [Outcome.NotMatched] = new("The survey matrix asks nobody about this.", "问卷矩阵中没有与此事件对应的调研。"),
    };

    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var (found, rows) = db.Read(reader => reader.Find<Event>(Sql.FindEvent, new { request.Source, request.EventId, caller.OrgUnit }) is { } happened
            ? (happened, reader.Query<Row>(Sql.List, new { Event = happened.Id }))
            : (null, []));
        if (found is null)
            throw Problem.NotFound("event-not-found", ($"No event '{request.EventId}' was reported by '{request.Source}'.", $"来源“{request.Source}”没有上报过事件“{request.EventId}”。"));
        var suppressed = rows.Count > 0 && rows.All(row => row.Reason is not null) ? rows[0].Reason : null;
        var outcome = found.Decision is null ? Outcome.Pending
            : suppressed is not null ? Outcome.Suppressed
            : rows.Count > 0 ? Outcome.Invited : Outcome.NotMatched;
        return Task.FromResult(new Response(request.Source, request.EventId, outcome, suppressed,
            suppressed is null ? Sentences[outcome] : Reasons.Of(suppressed),
            [.. rows.Select(row => new Invited(row.Contact, row.Id, row.SurveyCode, row.Touchpoint, row.Channel, row.State, row.Reason,
                row.Reason is null ? null : Reasons.Of(row.Reason), row.DueAt, row.SentAt, row.CompletedAt))]));
    }
}

file sealed record Event(long Id, string? Decision);

file sealed record Row(
    Id Id, string? Contact, string SurveyCode, string? Touchpoint, string Channel, string State, string? Reason,
    DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? CompletedAt);

file static class Sql
{
    public const string FindEvent = """
        SELECT e.id, d.outcome AS decision
        FROM operational_data_v_events e
        JOIN customers_v_accounts a ON a.id = e.account_id
        LEFT JOIN invitations_decisions d ON d.event_id = e.id
        WHERE e.source = @Source AND e.event_id = @EventId
          AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string List = """
        SELECT i.id, c.external_id AS contact, i.survey_code, i.touchpoint, i.channel, i.state, i.reason, i.due_at, i.sent_at, i.completed_at
        FROM invitations_invitations i LEFT JOIN customers_v_contacts c ON c.id = i.contact_id
        WHERE i.event_id = @Event ORDER BY i.id
        """;
}
