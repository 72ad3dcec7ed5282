using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Features.Insights.Models;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Insights.RunModel;

/// <summary>
/// Runs a model on data sent in the call: the same code as behind the dashboards, for whoever wants to check a figure or
/// has data that are not ours. Nothing is kept. What a model will not compute with is 422, with the field and the reason.
/// </summary>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(string Model, JsonElement Input) : IRequest<JsonObject>;

sealed class Module : Routes
{
    /// <summary>Room for 5 MB of CSV text in <c>data</c>, with what JSON adds to it.</summary>
    const long LargestBody = 6 * 1024 * 1024;

    public Module() =>
        Post("/api/v1/models/{model}", async Task<Ok<JsonObject>> (string model, JsonElement body, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(model, body), ct)))
            .Sends<Request>()
            .BodyLimit(LargestBody)
            .Summary("Run a model on your own data")
            .Describe("Every answer has, beside its figures, n, excluded, method, warnings and a sentence (language: en or zh-CN). "
                + $"The models: {string.Join(", ", ModelCatalog.Names)}.")
            .Example("""{"promoters": 5, "passives": 3, "detractors": 2}""");
}

sealed class Handler : IRequestHandler<Request, JsonObject>
{
    public Task<JsonObject> Handle(Request request, CancellationToken cancellationToken)
    {
        var model = ModelCatalog.Find(request.Model)
            ?? throw Problem.NotFound("model-not-found", ($"There is no model of this name. There are: {string.Join(", ", ModelCatalog.Names)}.", $"没有此名称的模型。可用模型：{string.Join("、", ModelCatalog.Names)}。"));
        try
        {
            return Task.FromResult(model.Run(request.Input).ToJson());
        }
        catch (ModelRefusal refusal)
        {
            throw Problem.Rule(refusal.Pointer, Kebab(refusal.Code), (refusal.Message, refusal.Message));
        }
    }

    /// <summary>Codes of problems are kebab-case everywhere.</summary>
    static string Kebab(string code) => code.Replace('_', '-');
}
