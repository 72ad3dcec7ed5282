using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.OperationalData.UploadOperationalData;

/// <summary>
/// Takes a file of O-data from a person's browser and lays it down; the server takes it from there, so that the page can be
/// left. Beside it every import there was, whichever way it came.
/// </summary>
[Access(Staff = Roles.Programme)]
sealed record Request(string Source, string? FileName, [property: JsonIgnore] Stream? File) : IRequest<Response>;

sealed record Response(Id Id);

sealed record View(Form Form, IReadOnlyList<Option> Sources, IReadOnlyList<Line> Imports, Pager Pager);

sealed record Line(string Href, string Source, string? FileName, string MadeBy, string Origin, DateTimeOffset StartedAt, string State, string Tone, long Read, long Changed, long Rejected);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("OperationalData", 860, "/data/imports", Roles.Programme)];

    public Module()
    {
        Get("/data/imports", (string? source, string? cursor, Views views) => Page.Of(views.Show(Form.Of(("source", source)), cursor))).Sends<Request>();

        Post("/data/imports", (IFormCollection form, IMediator mediator, Views views, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var file = form.Files.GetFile("file");
                    await using var content = file?.OpenReadStream();
                    var response = await mediator.Send(new Request(form["source"].ToString(), file is { Length: > 0 } ? file.FileName : null, content), ct);
                    return $"/data/imports/{response.Id}";
                },
                again: refused => Task.FromResult<object>(views.Show(refused, null))))
            .Sends<Request>()
            .BodyLimit(RowImport.LargestFile);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Source).NotEmpty();
        RuleFor(request => request.FileName).NotEmpty().OverridePropertyName(nameof(Request.File))
            .Says("file", ("Choose a file that is not empty.", "请选择一个非空文件。"));
        RuleFor(request => request.FileName).Must(name => name is null || FileName.Read(name) is not null).OverridePropertyName(nameof(Request.File))
            .Says("file-name", ("A file is called .csv, .tsv, .txt, .ndjson or .jsonl, packed ones .gz after that.", "文件扩展名须为 .csv、.tsv、.txt、.ndjson 或 .jsonl，压缩文件再加 .gz。"));
    }
}

sealed class Handler(Db db, Caller caller, Settings settings) : IRequestHandler<Request, Response>
{
    const int LongestName = 200;

    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var source = SourceStore.Find(db, request.Source) is null
            ? throw Problem.Rule("/source", "source-not-found", ("Choose a source.", "请选择数据源。"))
            : SourceStore.Taking(db, request.Source);
        var lies = UploadedFile.Arriving(settings);
        await using (var file = File.Create(lies))
            await request.File!.CopyToAsync(file, cancellationToken);
        var name = Path.GetFileName(request.FileName!);
        return await db.Write(tx =>
        {
            // The end of a long name stays: it says what is inside.
            var id = ImportLog.Add(tx, caller, source.Id, ImportOrigin.Page, ImportState.Waiting, name[Math.Max(0, name.Length - LongestName)..], new FileInfo(lies).Length);
            UploadedFile.Move(ref lies, settings, id);
            return new Response(new Id(id));
        }, cancellationToken);
    }
}

/// <summary>What the page shows.</summary>
sealed class Views(Db db, Caller caller, Texts texts)
{
    const int Shown = 50;
    const int MostSources = 500;

    public View Show(Form form, string? cursor)
    {
        var words = texts.For(caller.Language, "OperationalData/UploadOperationalData");
        var before = Cursor.Read<long?>(cursor);
        var page = Cursor.Page(ImportLog.Latest(db, caller, null, before ?? long.MaxValue, Shown + 1), Shown, import => import.Id.Value);
        return new View(form,
            [.. SourceStore.After(db, "", MostSources).Where(source => !source.Retired).Select(source => new Option(source.Code, source.Definition.Name.In(caller.Language)))],
            [.. page.Items.Select(import => new Line(
                $"/data/imports/{import.Id}", new Wording(import.NameEn, import.NameZh).In(caller.Language), import.FileName, import.MadeBy, words["origin." + ImportLog.Stored(import.Origin)], import.StartedAt,
                words["importState." + ImportLog.Stored(import.State)], import.Tone, import.RowsRead, import.RowsCreated + import.RowsChanged, import.RowsRejected))],
            new Pager(page.Next is null ? null : "/data/imports?cursor=" + page.Next, before is null ? null : "/data/imports", page.Items.Count));
    }
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<Views>();
}
