using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Indicators.RetireIndicator;

/// <summary>
/// Ends an indicator from a day on: it stays in the library and in what was scored before, and counts no more. One that has
/// others below it, or that something else stands on, is refused with the names of these. Putting it again takes it up.
/// </summary>
/// <param name="ValidFrom">The first day on which it does not count; the first possible unless said.</param>
/// <param name="Note">Why.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(DateOnly? ValidFrom = null, string? Note = null) : IRequest<Response>
{
    [JsonIgnore]
    public string Code { get; init; } = "";
}

/// <param name="Version">The version of the library from which it is retired.</param>
sealed record Response(string Code, bool Retired, int Version, DateOnly ValidFrom);

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/indicators/{code}:retire", async Task<Ok<Response>> (string code, Request? body, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send((body ?? new Request()) with { Code = code }, ct)))
            .Sends<Request>()
            .Summary("Retire an indicator")
            .Describe("From a day on it counts no more; its history stays. Retiring it again changes nothing. 422 with names while indicators stand below it, a journey's blueprint is measured by it, or work orders about it are open.")
            .Example("""{"validFrom": "2026-04-01", "note": "The question is asked no more"}""");

        Post("/indicators/{code}/retire", async (string code, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request { Code = code }, ct);
                return TypedResults.LocalRedirect($"/indicators?done=retired#{Uri.EscapeDataString(code)}");
            })
            .Sends<Request>();
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Note).MaximumLength(500);
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var newest = LibraryStore.Newest(tx) ?? throw LibraryEdit.NotFound(request.Code);
        var it = newest.Indicators.FirstOrDefault(it => it.Code == request.Code) ?? throw LibraryEdit.NotFound(request.Code);
        if (it.Retired)
            return new Response(it.Code, true, newest.Version, newest.ValidFrom);
        Check(tx, newest, it);
        var change = LibraryEdit.Change(tx, caller, time, it.Code, each => each.Code == it.Code ? each with { Retired = true } : each, request.ValidFrom, request.Note);
        return new Response(it.Code, true, change.Version.Version, change.Version.ValidFrom);
    }, cancellationToken);

    static void Check(Tx tx, LibraryVersion version, Indicator it)
    {
        if (it.Parent is null)
            throw Problem.Rule("", "indicator-in-use", ($"'{it.Code}' is the north star: the tree stands on it.", $"“{it.Code}”是北极星指标，整棵树以它为根，不能停用。"));
        if (version.Live.Where(child => child.Parent == it.Code).Select(child => child.Code).ToList() is { Count: > 0 } below)
            throw Problem.Rule("", "indicator-in-use", ($"'{it.Code}' cannot be retired: below it are {string.Join(", ", below)}.", $"“{it.Code}”不能停用，其下还有：{string.Join("、", below)}。"));
        if (tx.Query<Wording>(Sql.Journeys, new { it.Code }) is { Count: > 0 } journeys)
            throw Problem.Rule("", "indicator-in-use", (
                $"'{it.Code}' cannot be retired: the service blueprint of {string.Join(", ", journeys.Select(journey => $"'{journey.En}'"))} is measured by it.",
                $"“{it.Code}”不能停用，以下旅程的服务蓝图以它衡量：{string.Join("、", journeys.Select(journey => $"“{journey.Zh}”"))}。"));
        if (tx.Query<long>(Sql.Orders, new { Cause = "indicator:" + it.Code }) is { Count: > 0 } orders)
            throw Problem.Rule("", "indicator-in-use", ($"'{it.Code}' cannot be retired: work orders {string.Join(", ", orders)} about it are not closed.", $"“{it.Code}”不能停用，相关工单尚未关闭：{string.Join("、", orders)}。"));
    }
}

file static class Sql
{
    public const string Journeys = "SELECT DISTINCT name_en AS en, name_zh AS zh FROM journeys_v_indicators WHERE indicator = @Code ORDER BY name_en";

    public const string Orders = "SELECT number FROM work_orders_v_orders WHERE cause_code = @Cause AND state <> 'closed' ORDER BY number LIMIT 20";
}
