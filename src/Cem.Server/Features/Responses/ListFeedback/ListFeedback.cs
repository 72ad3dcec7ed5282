using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Responses.ListFeedback;

/// <summary>
/// What customers said outside surveys, newest first: complaints, visit notes, call-backs, reviews, within the org units the
/// reader sees. What an interested party wrote down is marked.
/// </summary>
/// <param name="Period">As in the list of responses.</param>
/// <param name="Kind">complaint, visitNote, callBack or review; null for all.</param>
[Access(Keys = [Scopes.InsightsRead], Staff = Roles.All)]
sealed record Request(ResponseFilter Filter, string Period, string? Kind = null, string? Cursor = null, int? Limit = null) : IRequest<Listing<FeedbackAnswer>>;

/// <param name="Text">Empty where the person was erased.</param>
sealed record FeedbackAnswer(
    Id Id, string Source, string ExternalId, string Kind, DateTimeOffset At, string Text, double? Score, string? Account, string? AccountName, string? Contact,
    string? ContactName, string? OrgUnit, string? OrgUnitName, string? RecordedBy, bool Interested);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Surveys", 335, "/feedback", Roles.All)];

    public Module()
    {
        Get("/api/v1/feedback", ([AsParameters] ResponseFilter filter, string? kind, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
                mediator.Send(new Request(filter, "all", Given(kind), cursor, limit), ct))
            .Sends<Request>()
            .Summary("List feedback")
            .Describe("Complaints, visit notes, call-backs and reviews, newest first; by from, to, kind, account and orgUnit.");

        Get("/feedback", async ([AsParameters] ResponseFilter filter, string? kind, string? cursor, IMediator mediator, Db db, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var list = await mediator.Send(new Request(filter, ResponseFilter.DefaultPeriod, Given(kind), cursor), ct);
                return Page.Of(View.Of(list, filter, Given(kind), cursor, db, caller, texts.For(caller.Language, "Responses/ListFeedback")));
            })
            .Sends<Request>();
    }

    static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Listing<FeedbackAnswer>>
{
    public Task<Listing<FeedbackAnswer>> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.Kind is not null && !View.Kinds.Contains(request.Kind))
            throw Problem.Malformed("kind", "choice", ($"One of these is needed: {string.Join(", ", View.Kinds)}.", $"只能是以下之一：{string.Join("、", View.Kinds)}。"));
        var limit = Cursor.Limit(request.Limit);
        var filter = request.Filter.Bind(caller.OrgUnit, time, request.Period);
        var key = Cursor.Read<Key>(request.Cursor) ?? new Key(long.MaxValue, long.MaxValue);
        var rows = db.Query<FeedbackAnswer>(Sql.Newest, new { filter.Scope, filter.Below, filter.Account, filter.From, filter.To, request.Kind, key.At, key.Id, Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, row => new Key(row.At.ToUnixTimeMilliseconds(), row.Id)));
    }
}

sealed record Key(long At, long Id);

file static class Sql
{
    public const string Newest = """
        SELECT f.id, f.source, f.external_id, f.kind, f.at, f.text, f.score, a.external_id AS account, a.name AS account_name, c.external_id AS contact,
          c.name AS contact_name, u.code AS org_unit, u.name AS org_unit_name, f.recorded_by, f.interested
        FROM responses_feedback f
        LEFT JOIN customers_v_accounts a ON a.id = f.account_id
        LEFT JOIN customers_v_contacts c ON c.id = f.contact_id
        LEFT JOIN customers_v_org_units u ON u.id = f.org_unit_id
        WHERE (@Scope = 0 OR f.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
          AND (@Below IS NULL OR f.org_unit_id IN (
            SELECT t.unit_id FROM customers_v_org_tree t JOIN customers_v_org_units b ON b.id = t.ancestor_id WHERE b.code = @Below))
          AND (@Account IS NULL OR a.external_id = @Account)
          AND (@From IS NULL OR f.day >= @From)
          AND (@To IS NULL OR f.day <= @To)
          AND (@Kind IS NULL OR f.kind = @Kind)
          AND (f.at, f.id) < (@At, @Id)
        ORDER BY f.at DESC, f.id DESC LIMIT @Limit
        """;
}
