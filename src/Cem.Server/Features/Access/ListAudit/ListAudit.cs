using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.ListAudit;

/// <summary>
/// The audit trail, the latest first: who did what to what, and when. It spans the whole company, so that only administrators
/// of the whole company see it.
/// </summary>
/// <param name="Action">Only this action; null for all.</param>
[Access(Staff = Roles.Administrator)]
sealed record Request(string? Action, string? Cursor, int? Limit = null) : IRequest<Response>;

/// <param name="Actions">Every action that the trail holds, for the filter.</param>
sealed record Response(Listing<Entry> Entries, IReadOnlyList<string> Actions);

/// <param name="Actor">The name of the user or key; null for the server itself and for nobody.</param>
/// <param name="SubjectName">The name of the user or key it was done to, where it was one.</param>
sealed record Entry(long Id, DateTimeOffset At, string ActorKind, string? Actor, string Action, string Subject, string? SubjectName, string? Detail);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 990, "/settings/audit", Roles.Administrator)];

    public Module() =>
        Get("/settings/audit", async (string? action, string? cursor, IMediator mediator, Texts texts, Caller caller, CancellationToken ct) =>
            {
                var chosen = string.IsNullOrEmpty(action) ? null : action;
                var response = await mediator.Send(new Request(chosen, cursor), ct);
                var words = texts.For(caller.Language, "Access/ListAudit");
                var first = Urls.Build("/settings/audit", [new("action", chosen ?? "")]);
                return Page.Of(new View(
                    [.. response.Entries.Items.Select(entry => new ViewRow(entry.At, entry.Actor ?? words["actor." + entry.ActorKind], Label(words, entry.Action), entry.SubjectName ?? entry.Subject, entry.Detail ?? ""))],
                    new FilterBar([new FilterField("action", words["action"], chosen ?? "",
                        [new Option("", words["all"]), .. response.Actions.Select(known => new Option(known, Label(words, known)))])]),
                    new Pager(response.Entries.Next is { } next ? Urls.Build(first, [new("cursor", next)]) : null, cursor is null ? null : first, response.Entries.Items.Count)));
            })
            .Sends<Request>();

    /// <summary>An action in words; one that is not worded yet shows by its name.</summary>
    static string Label(ScopedTexts words, string action) => words.Find("action." + action) ?? action;
}

sealed record View(IReadOnlyList<ViewRow> Rows, FilterBar Filters, Pager Pager);

sealed record ViewRow(DateTimeOffset At, string Actor, string Action, string Subject, string Detail);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (caller.OrgUnit != 0)
            throw Problem.Forbidden();
        var limit = Cursor.Limit(request.Limit);
        return Task.FromResult(db.Read(reader =>
        {
            var rows = reader.Query<Row>(Sql.List, new { request.Action, Before = Cursor.Read<long?>(request.Cursor), Limit = limit + 1 });
            var names = reader.Query<Named>(Sql.Names).ToDictionary(named => named.Id.ToString(), named => named.Name);
            var entries = Cursor.Page(rows, limit, row => row.Id).Select(row => new Entry(row.Id, row.At, row.ActorKind,
                row.ActorId == 0 ? null : names.GetValueOrDefault(new Id(row.ActorId).ToString()),
                row.Action, row.Subject, names.GetValueOrDefault(row.Subject), row.Detail));
            return new Response(entries, reader.Query<string>(Sql.Actions));
        }));
    }
}

file sealed record Row(long Id, DateTimeOffset At, string ActorKind, long ActorId, string Action, string Subject, string? Detail);

file sealed record Named(Id Id, string Name);

file static class Sql
{
    public const string List = """
        SELECT id, at, actor_kind, actor_id, action, subject, detail FROM access_audit
        WHERE (@Action IS NULL OR action = @Action) AND (@Before IS NULL OR id < @Before)
        ORDER BY id DESC
        LIMIT @Limit
        """;

    public const string Names = "SELECT id, name FROM access_users UNION ALL SELECT id, name FROM access_keys";

    public const string Actions = "SELECT DISTINCT action FROM access_audit ORDER BY action";
}
