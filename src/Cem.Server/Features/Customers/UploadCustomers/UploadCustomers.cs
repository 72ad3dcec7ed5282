using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Customers.UploadCustomers;

/// <summary>
/// Takes a CSV file of accounts or contacts from a person's browser and lays it down; the server takes it row by row from
/// there, so that the page can be left.
/// </summary>
[Access(Staff = Roles.Programme)]
sealed record Request(ImportKind? Kind, string? FileName, [property: JsonIgnore] Stream? File) : IRequest<Response>;

sealed record Response(Id Id);

sealed record View(Form Form, IReadOnlyList<Option> Kinds, IReadOnlyList<Line> Imports);

sealed record Line(string Href, string Kind, string? FileName, string MadeBy, DateTimeOffset StartedAt, string State, string Tone, long Read, long Rejected);

sealed class Module : Routes
{
    const long LargestFile = 100 * 1024 * 1024;

    public override IReadOnlyList<NavigationItem> Navigation => [new("Customers", 610, "/imports", Roles.Programme)];

    public Module()
    {
        Get("/imports", (Views views) => Page.Of(views.Show(Form.Empty))).Sends<Request>();

        Post("/imports", (IFormCollection form, IMediator mediator, Views views, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var file = form.Files.GetFile("file");
                    await using var content = file?.OpenReadStream();
                    var kind = Enum.TryParse<ImportKind>(form["kind"], ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : (ImportKind?)null;
                    var response = await mediator.Send(new Request(kind, file is { Length: > 0 } ? file.FileName : null, content), ct);
                    return $"/imports/{response.Id}";
                },
                again: refused => Task.FromResult<object>(views.Show(refused))))
            .Sends<Request>()
            .BodyLimit(LargestFile);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Kind).NotNull();
        RuleFor(request => request.FileName).NotEmpty().OverridePropertyName(nameof(Request.File))
            .Says("file", ("Choose a file that is not empty.", "请选择一个非空文件。"));
    }
}

sealed class Handler(Db db, Caller caller, Settings settings) : IRequestHandler<Request, Response>
{
    const int LongestName = 200;

    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var lies = UploadedFile.Arriving(settings);
        await using (var file = File.Create(lies))
            await request.File!.CopyToAsync(file, cancellationToken);
        var name = Path.GetFileName(request.FileName!);
        return await db.Write(tx =>
        {
            var id = ImportLog.Add(tx, caller, request.Kind!.Value, ImportState.Waiting, name[..Math.Min(name.Length, LongestName)], new FileInfo(lies).Length);
            UploadedFile.Move(ref lies, settings, id);
            return new Response(new Id(id));
        }, cancellationToken);
    }
}

/// <summary>What the page shows.</summary>
sealed class Views(Db db, Caller caller, Texts texts)
{
    const int Shown = 20;

    public View Show(Form form)
    {
        var words = texts.For(caller.Language, "Customers/UploadCustomers");
        return new View(form,
            [.. Enum.GetNames<ImportKind>().Select(name => name.ToLowerInvariant()).Select(name => new Option(name, words["importKind." + name]))],
            [.. ImportLog.Latest(db, caller, Shown).Select(import => new Line(
                $"/imports/{import.Id}", words["importKind." + import.Kind.ToString().ToLowerInvariant()], import.FileName, import.MadeBy, import.StartedAt,
                words["importState." + import.State.ToString().ToLowerInvariant()], import.Tone, import.RowsRead, import.RowsRejected))]);
    }
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<Views>();
}
