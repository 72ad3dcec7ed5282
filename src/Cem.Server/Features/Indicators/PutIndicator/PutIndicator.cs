using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Indicators.PutIndicator;

/// <summary>
/// Puts one indicator into the library, which makes a version that holds from a day on: what was scored before stays as it
/// is. Its level follows from its parent; one that was retired counts again.
/// </summary>
/// <param name="Level">Refused where the parent says otherwise; may be left out.</param>
/// <param name="ValidFrom">The day from which the change holds; the first day possible unless said.</param>
/// <param name="Note">Why it was changed.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(
    Wording Name, string? Parent = null, IndicatorKind Kind = IndicatorKind.X, IndicatorDomain? Domain = null, double Weight = 1, Wording? Definition = null, Measure? Measure = null,
    Direction? Direction = null, double? Best = null, double? Worst = null, string? Touchpoint = null, string? Owner = null, double? Target = null,
    IReadOnlyDictionary<string, double>? Targets = null, double? Threshold = null, Weighting? Weighting = null, int? Level = null, DateOnly? ValidFrom = null, string? Note = null) : IRequest<Response>
{
    [JsonIgnore]
    public string Code { get; init; } = "";

    /// <summary>The tag of the indicator that the change was made on; null to overwrite whatever is there.</summary>
    [JsonIgnore]
    public string? IfMatch { get; init; }
}

/// <param name="Version">The version of the library that holds it.</param>
/// <param name="Created">Whether the indicator is new.</param>
/// <param name="WeightsByHand">An indicator whose judged weights became weights by hand, for this one came below it and was not judged.</param>
/// <param name="Revision">Travels as the ETag.</param>
sealed record Response(string Code, int Level, int Version, DateOnly ValidFrom, bool Created, string? WeightsByHand, long Revision);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/indicators/{code}", async Task<Results<Ok<Response>, Created<Response>>> (string code, Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(body with { Code = code, IfMatch = ifMatch }, ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response.Created ? TypedResults.Created($"/api/v1/indicators/{Uri.EscapeDataString(code)}", response) : TypedResults.Ok(response);
            })
            .Sends<Request>()
            .Summary("Put an indicator")
            .Describe("201 when it is new, 200 when it was there; repeating it changes nothing. Makes a version of the library that holds from validFrom on; several changes for the same day make one version. Circles, a level below the fourth, negative weights, unknown questions, sources, fields, touchpoints and org units are refused with the codes of the indicators concerned.")
            .Example("""
                {"name": {"en": "Speed of the hotline", "zh-CN": "热线响应速度"}, "parent": "l3-traveller-support", "weight": 0.2,
                 "measure": {"type": "csatTopBox", "survey": "support", "question": "waiting"}, "owner": "Head of service", "target": 85, "threshold": 70,
                 "targets": {"east": 88}, "validFrom": "2026-04-01", "note": "Agreed with the branches"}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Code).NotEmpty().MaximumLength(64);
        RuleFor(request => request.Note).MaximumLength(500);
    }
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (request.IfMatch is not null && !ETags.Match(request.IfMatch, LibraryStore.Newest(tx)?.Indicators.FirstOrDefault(it => it.Code == request.Code) is { } known ? LibraryEdit.Revision(known) : 0))
            throw Problem.Stale();
        var change = LibraryEdit.Put(tx, caller, time, new Indicator(
            request.Code, request.Name, 0, request.Parent, request.Kind, request.Domain, request.Weight, request.Definition, request.Measure, request.Direction, request.Best, request.Worst,
            request.Touchpoint, request.Owner, request.Target, request.Targets, request.Threshold, request.Weighting), request.ValidFrom, request.Note);
        var put = change.Version.Indicators.First(it => it.Code == request.Code);
        return request.Level is { } level && level != put.Level
            ? throw Problem.Rule("/level", "level", ($"'{put.Code}' is on level {put.Level}, as its parent says, and not on {level}.", $"“{put.Code}”按其上级应为 {put.Level} 级，而不是 {level} 级。"))
            : new Response(put.Code, put.Level, change.Version.Version, change.Version.ValidFrom, change.Added, change.Unweighed, LibraryEdit.Revision(put));
    }, cancellationToken);
}
