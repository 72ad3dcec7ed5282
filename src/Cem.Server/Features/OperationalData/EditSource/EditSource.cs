using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.OperationalData.EditSource;

/// <summary>
/// Declares or changes a source by form: a sample is pasted, the form fills itself from its columns, and a try shows what each
/// row would become before anything is saved. Works without script; every button sends the whole form.
/// </summary>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, SourceDefinition Definition) : IRequest<Response>;

sealed record Response;

/// <summary>Tries what the form declares on the sample in it.</summary>
[Access(Staff = Roles.Programme)]
sealed record TryRequest(string Code, SourceDefinition Definition, string Sample) : IRequest<TrialAnswer>;

/// <summary>The source as it is, for the form; null for a new one.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string? Code) : IRequest<DeclaredSource?>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/data/sources/new", (Drawer drawer) => Page.Of(drawer.Draw(null, SourceForm.Empty(), null)))
            .Sends<FormRequest>();

        Post("/data/sources/new", (IFormCollection form, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct) => Act(null, form, mediator, drawer, caller, ct))
            .Sends<Request>();

        Get("/data/sources/{source}", async (string source, IMediator mediator, Drawer drawer, CancellationToken ct) =>
            {
                var declared = await mediator.Send(new FormRequest(source), ct);
                return Page.Of(drawer.Draw(declared, SourceForm.Of(declared!), null));
            })
            .Sends<FormRequest>();

        Post("/data/sources/{source}", async (string source, IFormCollection form, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct) =>
                await Act(await mediator.Send(new FormRequest(source), ct), form, mediator, drawer, caller, ct))
            .Sends<Request>();
    }

    static async Task<IResult> Act(DeclaredSource? known, IFormCollection posted, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct)
    {
        var act = posted["act"].ToString();
        var form = SourceForm.Compact(posted, known?.Code, act == "more");
        if (act == "columns")
            form = await ColumnGuess.Fill(form, ct);
        return await Page.Submit(form, caller,
            act: async () =>
            {
                if (act is "more" or "columns")
                    return Page.Of(drawer.Draw(known, Form.Posted(form), null), "EditSource");
                var (code, definition) = SourceForm.Read(form);
                if (act == "try")
                    return Page.Of(drawer.Draw(known, Form.Posted(form), await mediator.Send(new TryRequest(code, definition, form["sample"].ToString()), ct)), "EditSource");
                await mediator.Send(new Request(code, definition), ct);
                return TypedResults.LocalRedirect("/data?done=saved");
            },
            again: refused => Task.FromResult<object>(drawer.Draw(known, refused, null)));
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        SourceStore.Put(tx, caller, request.Code, request.Definition);
        return new Response();
    }, cancellationToken);
}

sealed class TryHandler(Db db, Caller caller, CompanyTime time) : IRequestHandler<TryRequest, TrialAnswer>
{
    public Task<TrialAnswer> Handle(TryRequest request, CancellationToken cancellationToken) => string.IsNullOrWhiteSpace(request.Sample)
        ? throw Problem.Rule("/sample", "missing", ("Paste some lines of a file first, its header among them.", "请先粘贴文件的几行内容，包括表头。"))
        : SourceTrial.Run(db, caller, time, request.Code, request.Definition, request.Sample, cancellationToken);
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, DeclaredSource?>
{
    public Task<DeclaredSource?> Handle(FormRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(request.Code is { } code ? SourceStore.Get(db, code) : null);
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<Drawer>();
}
