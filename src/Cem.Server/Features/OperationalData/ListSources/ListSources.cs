using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.OperationalData.ListSources;

/// <summary>The declared sources of O-data, by code.</summary>
[Access(Keys = [Scopes.EventsWrite, Scopes.InsightsRead])]
sealed record Request(int? Limit = null, string? Cursor = null) : IRequest<Listing<SourceAnswer>>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/operational-data", (int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(limit, cursor), ct))
            .Sends<Request>()
            .Summary("List the sources of O-data")
            .Describe("By code, retired ones too; `next` is the cursor of the next page.");
}

sealed class Handler(Db db) : IRequestHandler<Request, Listing<SourceAnswer>>
{
    public Task<Listing<SourceAnswer>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = SourceStore.After(db, Cursor.Read<string>(request.Cursor) ?? "", limit + 1);
        return Task.FromResult(Cursor.Page(rows, limit, source => source.Code).Select(source => new SourceAnswer(source)));
    }
}
