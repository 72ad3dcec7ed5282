using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.TrySource;

/// <summary>Tries a declaration on a sample: what each row would become, and which would be refused and why. Nothing is stored.</summary>
/// <param name="Source">The declaration; it need not be put yet.</param>
/// <param name="Sample">Some lines of a file, CSV with its header or NDJSON.</param>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(string Code, SourceDefinition Source, string Sample) : IRequest<TrialAnswer>;

sealed class Module : Routes
{
    public Module() =>
        Post("/api/v1/operational-data:test", async Task<Ok<TrialAnswer>> (Request body, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(body, ct)))
            .Sends<Request>()
            .Summary("Try a source on a sample")
            .Describe("Nothing is stored. The first 200 rows are read as the import would read them.")
            .Example("""
                {"code": "usage-weekly", "sample": "account,week,activeUsers\nacct-001,2026-03-02,261\n", "source": {"name": {"en": "Platform usage by week", "zh-CN": "平台周使用量"}, "kind": "metric", "key": ["account", "week"], "fields": [
                  {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"}, {"column": "activeUsers", "type": "integer", "metric": "active-users"}]}}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Sample).NotEmpty();
        RuleForEach(request => request.Source.Key).NotEmpty().OverridePropertyName("source.key");
        RuleForEach(request => request.Source.Fields).NotNull().OverridePropertyName("source.fields");
    }
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, TrialAnswer>
{
    public Task<TrialAnswer> Handle(Request request, CancellationToken cancellationToken) =>
        SourceTrial.Run(db, caller, time, request.Code, request.Source, request.Sample, cancellationToken);
}
