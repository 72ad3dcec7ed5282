using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Indicators.EditIndicator;

/// <summary>
/// Adds or changes one indicator by form, from a day on. Saving makes a version of the library, so that what was scored
/// before stays as it is; several changes for the same day make one version.
/// </summary>
/// <param name="Revision">Of the indicator that the form was drawn from; null for a new one.</param>
/// <param name="LevelNames">What the four levels are called.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(Indicator Indicator, long? Revision, DateOnly? ValidFrom, string? Note, IReadOnlyList<Wording> LevelNames) : IRequest<Response>;

/// <param name="WeightsByHand">An indicator whose judged weights became weights by hand, for this one was not judged.</param>
sealed record Response(string? WeightsByHand);

/// <summary>The library that the form is drawn from, with the indicator in it.</summary>
/// <param name="Code">Null for a new one.</param>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string? Code) : IRequest<Known>;

/// <param name="Version">The newest; null while there is none.</param>
sealed record Known(LibraryVersion? Version, Indicator? It);

sealed class Module : Routes
{
    public Module()
    {
        Get("/indicators/new", async (string? parent, IMediator mediator, Drawer drawer, CancellationToken ct) =>
            {
                var known = await mediator.Send(new FormRequest(null), ct);
                return Page.Of(drawer.Draw(known, drawer.Blank(known, parent)));
            })
            .Sends<FormRequest>();

        Post("/indicators/new", async (IFormCollection form, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct) =>
                await Act(await mediator.Send(new FormRequest(null), ct), form, mediator, drawer, caller, ct))
            .Sends<Request>();

        Get("/indicators/{code}/edit", async (string code, IMediator mediator, Drawer drawer, CancellationToken ct) =>
            {
                var known = await mediator.Send(new FormRequest(code), ct);
                return Page.Of(drawer.Draw(known, drawer.Filled(known)));
            })
            .Sends<FormRequest>();

        Post("/indicators/{code}/edit", async (string code, IFormCollection form, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct) =>
                await Act(await mediator.Send(new FormRequest(code), ct), form, mediator, drawer, caller, ct))
            .Sends<Request>();
    }

    static Task<IResult> Act(Known known, IFormCollection form, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
        act: async () =>
        {
            var (it, validFrom, levels) = IndicatorForm.Read(form, known.It);
            try
            {
                var saved = await mediator.Send(new Request(it, IndicatorForm.Revision(form, known.It), validFrom, IndicatorForm.Text(form, "note"), levels), ct);
                return saved.WeightsByHand is { } family ? $"/indicators/{Uri.EscapeDataString(family)}/weights?done=unweighed" : $"/indicators?done=saved#{Uri.EscapeDataString(it.Code)}";
            }
            catch (Problem problem) when (problem.Errors.Count > 0)
            {
                throw Problem.Rules([.. problem.Errors.Select(error => error with { Pointer = IndicatorForm.Pointer(error.Pointer) })]);
            }
        },
        again: refused => Task.FromResult<object>(drawer.Draw(known, refused)));
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var known = LibraryStore.Newest(tx)?.Indicators.FirstOrDefault(it => it.Code == request.Indicator.Code);
        if (request.Revision is null && known is not null)
            throw Problem.Rule("/code", "taken", ($"There is an indicator '{known.Code}' already.", $"编号“{known.Code}”已存在。"));
        if (request.Revision is { } revision && (known is null || LibraryEdit.Revision(known) != revision))
            throw Problem.Stale();
        return new Response(LibraryEdit.Put(tx, caller, time, request.Indicator, request.ValidFrom, request.Note, request.LevelNames).Unweighed);
    }, cancellationToken);
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, Known>
{
    public Task<Known> Handle(FormRequest request, CancellationToken cancellationToken)
    {
        var newest = db.Read(LibraryStore.Newest);
        return Task.FromResult(request.Code is not { } code ? new Known(newest, null)
            : new Known(newest, newest?.Indicators.FirstOrDefault(it => it.Code == code) ?? throw LibraryEdit.NotFound(code)));
    }
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<Drawer>();
}
