using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.ListTouchpoints;

/// <summary>The touchpoints in the order of the customer's way.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite, Scopes.EventsWrite], Staff = Roles.All)]
sealed record Request(int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

sealed record Response(string Code, Wording Name, int Order);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/touchpoints", (int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(limit, cursor), ct))
            .Sends<Request>()
            .Summary("List touchpoints")
            .Describe("In the order of the customer's way; `next` is the cursor of the next page.");
}

sealed class Handler(Db db) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read<After>(request.Cursor);
        var rows = db.Query<Row>(Sql.List, new { Order = after?.Order ?? -1, Code = after?.Code ?? "", Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, row => new After(row.Sort, row.Code))
            .Select(row => new Response(row.Code, new Wording(row.NameEn, row.NameZh), row.Sort)));
    }
}

file sealed record After(int Order, string Code);

file sealed record Row(string Code, string NameEn, string NameZh, int Sort);

file static class Sql
{
    public const string List = """
        SELECT code, name_en, name_zh, sort FROM journeys_touchpoints
        WHERE (sort, code) > (@Order, @Code) ORDER BY sort, code LIMIT @Limit
        """;
}
