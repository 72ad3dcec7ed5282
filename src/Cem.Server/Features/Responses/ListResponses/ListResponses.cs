using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Responses.ListResponses;

/// <summary>
/// Lists responses, newest first; with <c>updatedSince</c> in the order of their last change, so that a nightly sync misses
/// nothing that changes while it reads.
/// </summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(ResponseFilter Filter, string? Cursor = null, int? Limit = null, DateTimeOffset? UpdatedSince = null) : IRequest<Listing<ResponseAnswer>>;

/// <summary>The page: the same list with its filter bar, each answer in a few words.</summary>
[Access(Staff = Roles.All)]
sealed record PageRequest(ResponseFilter Filter, string? Cursor) : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Surveys", 330, "/responses", Roles.All)];

    public Module()
    {
        Get("/api/v1/responses", ([AsParameters] ResponseFilter filter, string? cursor, int? limit, string? updatedSince, IMediator mediator, CancellationToken ct) =>
                mediator.Send(new Request(filter, cursor, limit, Wire.QueryInstant(nameof(updatedSince), updatedSince)), ct))
            .Sends<Request>()
            .Summary("List responses")
            .Describe("Complete ones, newest first. With updatedSince in the order of their last change, which losing their person is.");

        Get("/responses", async ([AsParameters] ResponseFilter filter, string? cursor, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new PageRequest(filter, cursor), ct)))
            .Sends<PageRequest>();
    }
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Listing<ResponseAnswer>>
{
    public Task<Listing<ResponseAnswer>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var filter = request.Filter.Bind(caller.OrgUnit, time, "all");
        return Task.FromResult(request.UpdatedSince is { } since
            ? Cursor.Page(Newest.Changed(db, filter, Cursor.Read<Key>(request.Cursor) ?? new Key(since.ToUnixTimeMilliseconds(), 0), limit), limit,
                row => new Key(row.SavedAt.ToUnixTimeMilliseconds(), row.Id)).Select(ResponseAnswer.Of)
            : Cursor.Page(Newest.First(db, filter, Cursor.Read<Key>(request.Cursor), limit), limit,
                row => new Key(row.CompletedAt.ToUnixTimeMilliseconds(), row.Id)).Select(ResponseAnswer.Of));
    }
}

sealed class PageHandler(Db db, SurveyVersions surveys, Caller caller, CompanyTime time, Kernel.Text.Texts texts) : IRequestHandler<PageRequest, View>
{
    public Task<View> Handle(PageRequest request, CancellationToken cancellationToken)
    {
        var rows = Newest.First(db, request.Filter.Bind(caller.OrgUnit, time, ResponseFilter.DefaultPeriod), Cursor.Read<Key>(request.Cursor), Cursor.DefaultLimit);
        var page = Cursor.Page(rows, Cursor.DefaultLimit, row => new Key(row.CompletedAt.ToUnixTimeMilliseconds(), row.Id));
        return Task.FromResult(db.Read(reader => View.Of(page, request, reader, surveys, caller, texts.For(caller.Language, "Responses/ListResponses"))));
    }
}

sealed record Key(long At, long Id);

/// <summary>The two orders of the list.</summary>
static class Newest
{
    public static IReadOnlyList<ResponseRow> First(Db db, ResponseFilter.Bound filter, Key? before, int limit) =>
        db.Query<ResponseRow>(Sql.First, filter.StartingAt(before?.At ?? long.MaxValue, before?.Id ?? long.MaxValue, limit + 1));

    public static IReadOnlyList<ResponseRow> Changed(Db db, ResponseFilter.Bound filter, Key after, int limit) =>
        db.Query<ResponseRow>(Sql.Changed, filter.StartingAt(after.At, after.Id, limit + 1));
}

file static class Sql
{
    public const string First = ResponseRow.Select + ResponseFilter.Where + """
        AND (r.completed_at, r.id) < (@At, @Id)
        ORDER BY r.completed_at DESC, r.id DESC LIMIT @Limit
        """;

    public const string Changed = ResponseRow.Select + ResponseFilter.Where + """
        AND (r.saved_at, r.id) > (@At, @Id)
        ORDER BY r.saved_at, r.id LIMIT @Limit
        """;
}
