using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;
using MediatR;

namespace Cem.Server.Features.Invitations.ListInvitations;

/// <summary>Who was asked, and who was not and why, newest first; as a list for programs and as a page.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.EventsWrite], Staff = Roles.All)]
sealed record Request(string? Survey = null, string? State = null, string? Reason = null, int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

/// <param name="Contact">The CRM's id; null once the contact was erased.</param>
/// <param name="Words">The reason in words; null where the contact was asked.</param>
sealed record Response(
    Id Id, string Account, string AccountName, string? Contact, string? ContactName, string Role, string Survey, string? Touchpoint, string Channel,
    string State, string? Reason, Wording? Words, DateTimeOffset DecidedAt, DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? CompletedAt);

/// <summary>The page: the list, its filters, and how the last 30 days went.</summary>
[Access(Staff = Roles.All)]
sealed record PageRequest(Request List, string Language) : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Surveys", 330, "/surveys/invitations", Roles.All)];

    public Module()
    {
        Get("/api/v1/invitations", (string? survey, string? state, string? reason, int? limit, string? cursor, IMediator mediator, CancellationToken ct) =>
                mediator.Send(new Request(survey, state, reason, limit, cursor), ct))
            .Sends<Request>()
            .Summary("List invitations")
            .Describe("Newest first, by survey, state or reason; `next` is the cursor of the next page.");

        Get("/surveys/invitations", async Task<Page> (string? survey, string? state, string? reason, string? cursor, IMediator mediator, Caller caller, CancellationToken ct) =>
                Page.Of(await mediator.Send(new PageRequest(new Request(survey, state, reason, null, cursor), caller.Language), ct)))
            .Sends<PageRequest>();
    }
}

/// <param name="Asked">Invitations sent of those decided on in the last 30 days.</param>
sealed record View(FilterBar Bar, IReadOnlyList<Line> Lines, Pager Pager, int Asked, int NotAsked, int Waiting);

/// <param name="Words">The reason in the reader's language.</param>
/// <param name="At">When it was or will be sent, or when it was decided that it is not.</param>
sealed record Line(string AccountHref, string Account, string? Contact, string RoleKey, string Survey, string StateKey, string Tone, string? Words, DateTimeOffset At);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<Row>(Sql.List, new
        {
            Survey = Wish(request.Survey), State = Wish(request.State), Reason = Wish(request.Reason), caller.OrgUnit,
            Before = Cursor.Read<long?>(request.Cursor) ?? long.MaxValue, Limit = limit + 1,
        });
        return Task.FromResult(Cursor.Page(rows, limit, row => row.Id.Value).Select(row => new Response(
            row.Id, row.Account, row.AccountName, row.Contact, row.ContactName, row.Role, row.SurveyCode, row.Touchpoint, row.Channel, row.State,
            row.Reason, row.Reason is null ? null : Reasons.Of(row.Reason), row.DecidedAt, row.DueAt, row.SentAt, row.CompletedAt)));
    }

    static string? Wish(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

sealed class PageHandler(Db db, IMediator mediator, Caller caller, CompanyTime time, Texts texts) : IRequestHandler<PageRequest, View>
{
    const string Path = "/surveys/invitations";

    static readonly string[] States = ["scheduled", "sent", "partial", "completed", "expired", "suppressed"];

    public async Task<View> Handle(PageRequest request, CancellationToken cancellationToken)
    {
        var words = texts.For(request.Language, "Invitations/ListInvitations");
        var list = await mediator.Send(request.List, cancellationToken);
        var counts = db.Single<Counts>(Sql.Count, new { caller.OrgUnit, Since = time.Now.AddDays(-30) });
        var filter = request.List;
        var wishes = new Dictionary<string, string> { ["survey"] = filter.Survey ?? "", ["state"] = filter.State ?? "", ["reason"] = filter.Reason ?? "" };
        Option[] all = [new("", words["all"])];
        return new View(
            new FilterBar(
            [
                new("survey", words["survey"], wishes["survey"], [.. all, .. db.Query<Survey>(Sql.Surveys).Select(survey => new Option(survey.Code, request.Language == Languages.Chinese ? survey.TitleZh : survey.TitleEn))]),
                new("state", words["state"], wishes["state"], [.. all, .. States.Select(state => new Option(state, words["state." + state]))]),
                new("reason", words["reason"], wishes["reason"], [.. all, .. Reasons.All.Select(reason => new Option(reason.Key, reason.Value.In(request.Language)))]),
            ]) { Always = 3 },
            [.. list.Items.Select(item => Draw(item, request.Language))],
            new Pager(list.Next is null ? null : Urls.Build(Path, [.. wishes, new("cursor", list.Next)]), filter.Cursor is null ? null : Urls.Build(Path, wishes), list.Items.Count),
            counts.Asked, counts.NotAsked, counts.Waiting);
    }

    static Line Draw(Response item, string language) => new(
        "/accounts/" + Uri.EscapeDataString(item.Account), item.AccountName, item.ContactName, "role." + item.Role, item.Survey, "state." + item.State,
        item.State switch { "completed" => "done", "sent" or "opened" or "partial" => "active", _ => "" },
        item.Words?.In(language), item.SentAt ?? item.DueAt ?? item.DecidedAt);
}

sealed record Survey(string Code, string TitleEn, string TitleZh);

file sealed record Row(
    Id Id, string Account, string AccountName, string? Contact, string? ContactName, string Role, string SurveyCode, string? Touchpoint, string Channel,
    string State, string? Reason, DateTimeOffset DecidedAt, DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? CompletedAt);

file sealed record Counts(int Asked, int NotAsked, int Waiting);

file static class Sql
{
    public const string List = """
        SELECT i.id, a.external_id AS account, a.name AS account_name, c.external_id AS contact, c.name AS contact_name, i.role, i.survey_code,
          i.touchpoint, i.channel, i.state, i.reason, i.decided_at, i.due_at, i.sent_at, i.completed_at
        FROM invitations_invitations i
        JOIN customers_v_accounts a ON a.id = i.account_id
        LEFT JOIN customers_v_contacts c ON c.id = i.contact_id
        WHERE i.id < @Before AND (@Survey IS NULL OR i.survey_code = @Survey) AND (@State IS NULL OR i.state = @State)
          AND (@Reason IS NULL OR i.reason = @Reason)
          AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY i.id DESC LIMIT @Limit
        """;

    public const string Count = """
        SELECT COALESCE(SUM(state NOT IN ('suppressed', 'scheduled')), 0) AS asked, COALESCE(SUM(state = 'suppressed'), 0) AS not_asked,
          COALESCE(SUM(state = 'scheduled'), 0) AS waiting
        FROM invitations_invitations
        WHERE decided_at >= @Since AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Surveys = "SELECT code, title_en, title_zh FROM surveys_v_surveys ORDER BY code";
}
