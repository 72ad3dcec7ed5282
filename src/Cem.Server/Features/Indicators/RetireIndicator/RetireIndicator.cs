using System.Globalization;
using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
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

/// <summary>The indicator that the form is about.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string Code) : IRequest<FormResponse>;

/// <param name="First">The first day from which it can be retired.</param>
sealed record FormResponse(Indicator It, DateOnly First);

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

        Get("/indicators/{code}/retire", async (string code, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var found = await mediator.Send(new FormRequest(code), ct);
                return Page.Of(View.Of(found, Form.Of(("validFrom", found.First)), caller, texts));
            })
            .Sends<FormRequest>();

        Post("/indicators/{code}/retire", (string code, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new Request(Day(form["validFrom"].ToString()), form["note"].ToString().Trim() is { Length: > 0 } note ? note : null) { Code = code }, ct);
                    return $"/indicators?done=retired#{Uri.EscapeDataString(code)}";
                },
                again: async refused => View.Of(await mediator.Send(new FormRequest(code), ct), refused, caller, texts)))
            .Sends<Request>();
    }

    static DateOnly? Day(string text) => text.Length == 0 ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Problem.Rule("/validFrom", "date", ("Write the day as 2026-04-01.", "请按 2026-04-01 的格式填写日期。"));
}

/// <summary>The page.</summary>
sealed record View(string Code, string Name, string First, Form Form, IReadOnlyList<NavigationEntry> Trail)
{
    public static View Of(FormResponse found, Form form, Caller caller, Texts texts)
    {
        var (words, name, address) = (texts.For(caller.Language, "Indicators/RetireIndicator"), found.It.Name.In(caller.Language), $"/indicators/{Uri.EscapeDataString(found.It.Code)}");
        return new View(found.It.Code, name, found.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), form,
            [new NavigationEntry(words["section"], "/indicators"), new NavigationEntry(name, address), new NavigationEntry(words["title"], "", Current: true)]);
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

sealed class FormHandler(Db db, CompanyTime time) : IRequestHandler<FormRequest, FormResponse>
{
    public Task<FormResponse> Handle(FormRequest request, CancellationToken cancellationToken)
    {
        var newest = db.Read(LibraryStore.Newest);
        var it = newest?.Indicators.FirstOrDefault(it => it.Code == request.Code) ?? throw LibraryEdit.NotFound(request.Code);
        return Task.FromResult(new FormResponse(it, LibraryStore.FirstDay(newest, time.Today)));
    }
}

file static class Sql
{
    public const string Journeys = "SELECT DISTINCT name_en AS en, name_zh AS zh FROM journeys_v_indicators WHERE indicator = @Code ORDER BY name_en";

    public const string Orders = "SELECT number FROM work_orders_v_orders WHERE cause_code = @Cause AND state <> 'closed' ORDER BY number LIMIT 20";
}
