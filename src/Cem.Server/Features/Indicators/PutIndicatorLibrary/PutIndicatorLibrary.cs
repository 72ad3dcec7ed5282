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
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Indicators.PutIndicatorLibrary;

/// <summary>
/// Keeps a whole indicator tree as a new version that holds from a day on. What has taken effect is never changed, so that a
/// trend does not move because a weight did; an indicator that was in use is retired, not left out.
/// </summary>
/// <param name="ValidFrom">The day from which it holds: any for the first version, today or later for the next ones; the first day possible unless said.</param>
/// <param name="LevelNames">What the four levels are called, level 1 first.</param>
/// <param name="Note">Why it was changed.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(IReadOnlyList<Indicator> Indicators, DateOnly? ValidFrom = null, IReadOnlyList<Wording>? LevelNames = null, string? Note = null) : IRequest<Response>
{
    /// <summary>The tag of the version that the change was made on; null to come after whatever is there.</summary>
    [JsonIgnore]
    public string? IfMatch { get; init; }
}

/// <param name="Created">Whether this made a version, or wrote one anew that is of today or still to come.</param>
/// <param name="Revision">Travels as the ETag.</param>
sealed record Response(int Version, DateOnly ValidFrom, int Indicators, bool Created, long Revision);

sealed class Module : Routes
{
    const int LargestFile = 4 * 1024 * 1024;

    public Module()
    {
        Put("/api/v1/indicator-library", async Task<Results<Ok<Response>, Created<Response>>> (Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(body with { IfMatch = ifMatch }, ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response.Created ? TypedResults.Created($"/api/v1/indicator-library?version={response.Version}", response) : TypedResults.Ok(response);
            })
            .Sends<Request>()
            .Summary("Put the indicator library")
            .Describe("The whole tree, as a new version that holds from a day on; the same again makes none (200). All faults are reported at once: circles, two parents, negative weights, inconsistent AHP judgements, questions, sources, fields and touchpoints that are not there, indicators in use that are missing. Publish the surveys and declare the sources first; an indicator that is only planned has no measure yet.")
            .Example("""
                {"indicators": [
                  {"code": "north-star", "name": {"en": "NPS", "zh-CN": "净推荐值"}, "level": 1, "measure": {"type": "nps"}, "target": 30, "threshold": 10},
                  {"code": "help", "name": {"en": "Help when it is needed", "zh-CN": "服务支持"}, "level": 2, "parent": "north-star", "weight": 1, "target": 80, "threshold": 65}]}
                """);

        Get("/indicators/import", (Caller caller, Texts texts) => Page.Of(View.Of(Form.Empty, caller, texts))).Sends<Request>();

        Post("/indicators/import", (IFormCollection form, IMediator mediator, Caller caller, Texts texts, CompanyTime time, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var text = form["text"].ToString();
                    if (form.Files.GetFile("file") is { Length: > 0 } file)
                    {
                        using var reader = new StreamReader(file.OpenReadStream());
                        text = await reader.ReadToEndAsync(ct);
                    }
                    var library = LibraryFile.Read(text, time.Today);
                    try
                    {
                        return (await mediator.Send(library, ct)).Created ? "/indicators?done=imported" : "/indicators?done=same";
                    }
                    catch (Problem problem) when (problem.Errors.Count > 0)
                    {
                        throw LibraryFile.At(problem, library);
                    }
                },
                again: refused => Task.FromResult<object>(View.Of(refused, caller, texts))))
            .Sends<Request>()
            .BodyLimit(LargestFile);
    }
}

/// <summary>The page that takes a file.</summary>
sealed record View(Form Form, IReadOnlyList<NavigationEntry> Trail)
{
    public static View Of(Form form, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Indicators/PutIndicatorLibrary");
        return new View(form, [new NavigationEntry(words["section"], "/indicators"), new NavigationEntry(words["title"], "", Current: true)]);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Indicators.Count).InclusiveBetween(1, LibraryRules.Most).OverridePropertyName("indicators");
        RuleFor(request => request.LevelNames!.Count).Equal(4).When(request => request.LevelNames is not null).OverridePropertyName("levelNames");
        RuleFor(request => request.Note).MaximumLength(500);
    }
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (request.IfMatch is not null && !ETags.Match(request.IfMatch, LibraryStore.Newest(tx) is { } newest ? LibraryEdit.Revision(newest) : 0))
            throw Problem.Stale();
        var (version, created) = LibraryStore.Put(tx, caller, time, request.Indicators, request.LevelNames, request.ValidFrom, request.Note);
        return new Response(version.Version, version.ValidFrom, version.Indicators.Count, created, LibraryEdit.Revision(version));
    }, cancellationToken);
}
