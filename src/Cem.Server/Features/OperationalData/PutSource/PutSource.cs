using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.PutSource;

/// <summary>
/// Declares a source of O-data by the caller's code: what its files look like, what names a row, and what the columns mean.
/// What names a row cannot change once rows are there.
/// </summary>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request : SourceDefinition, IRequest<Response>
{
    [JsonIgnore]
    public string Code { get; init; } = "";
}

/// <param name="Created">Whether it was new.</param>
sealed record Response(string Code, bool Created);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/operational-data/{source}", async Task<Results<Ok<Response>, Created<Response>>> (string source, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { Code = source }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/operational-data/{Uri.EscapeDataString(source)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Declare a source of O-data")
            .Describe("201 when it is new, 200 when it was there; repeating it changes nothing, and a retired source takes files again. Each field is a column: what it maps to (account, contact, orgUnit, period, at, touchpoint, product, channel, type), a metric with its code, or an attribute. Numbers are plain (1234.5) unless numbers says commaGroups or decimalComma; dates begin with the year unless dates says dayFirst or monthFirst.")
            .Example("""
                {"name": {"en": "Platform usage by week", "zh-CN": "平台周使用量"}, "kind": "metric", "key": ["account", "week"], "fields": [
                  {"column": "account", "type": "text", "maps": "account"},
                  {"column": "week", "type": "date", "maps": "period", "period": "week"},
                  {"column": "activeUsers", "type": "integer", "metric": "active-users", "unit": "people", "name": {"en": "Active users", "zh-CN": "活跃用户数"}, "required": true}]}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleForEach(request => request.Key).NotEmpty();
        RuleForEach(request => request.Fields).NotNull();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) =>
        db.Write(tx => new Response(request.Code, SourceStore.Put(tx, caller, request.Code, request)), cancellationToken);
}
