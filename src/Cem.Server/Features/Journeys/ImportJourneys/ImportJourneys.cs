using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.ImportJourneys;

/// <summary>
/// Takes a file of journeys, as the map page exports it: all of it or nothing. Touchpoints that are missing are made. A journey
/// that is there is only replaced when asked for, and what it was stays in its history.
/// </summary>
[Access(Staff = Roles.Programme)]
sealed record Request(string File, bool Replace) : IRequest<Response>;

/// <param name="Codes">The journeys, those that stand by themselves first.</param>
sealed record Response(IReadOnlyList<string> Codes);

sealed class Module : Routes
{
    const int LargestFile = 1024 * 1024;

    public Module()
    {
        Get("/journeys/import", (Caller caller, Texts texts) => Page.Of(View.Of(Form.Empty, caller, texts))).Sends<Request>();

        Post("/journeys/import", (IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var text = form["text"].ToString();
                    if (form.Files.GetFile("file") is { Length: > 0 } file)
                    {
                        using var reader = new StreamReader(file.OpenReadStream());
                        text = await reader.ReadToEndAsync(ct);
                    }
                    var done = await mediator.Send(new Request(text, form["replace"].Count > 0), ct);
                    return $"/journeys/{Uri.EscapeDataString(done.Codes[0])}?done=imported";
                },
                again: refused => Task.FromResult<object>(View.Of(refused, caller, texts))))
            .Sends<Request>()
            .BodyLimit(LargestFile);
    }
}

/// <summary>The page.</summary>
sealed record View(Form Form, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(Form form, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Journeys/ImportJourneys");
        return new View(form, [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(words["title"], "", Current: true)]);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.File))
            throw Problem.Rule("/file", "not-empty", ("Choose a file, or paste it.", "请选择文件，或粘贴内容。"));
        var file = JourneyFile.Read(request.File.TrimStart('\uFEFF'));
        // What others are variants of comes first.
        var journeys = file.Journeys.OrderBy(journey => journey.VariantOf is not null).ToList();
        if (journeys.Count == 0 || journeys.FirstOrDefault(journey => !JourneyRules.IsCode(journey.Code)) is { })
            throw Problem.Rule("/file", "code", ("Every journey needs a code of letters, digits, '.', '-' or '_'.", "每条旅程都需要由字母、数字、“.”、“-”或“_”组成的代码。"));
        return db.Write(tx =>
        {
            var there = journeys.Where(journey => JourneyStore.Find(tx, journey.Code) is { Removed: false }).Select(journey => journey.Code).ToList();
            if (there.Count > 0 && !request.Replace)
                throw Problem.Rule("/replace", "taken", ($"These journeys are there already: {string.Join(", ", there)}. Tick to replace them.", $"以下旅程已存在：{string.Join("、", there)}。勾选后可替换。"));
            foreach (var touchpoint in file.Touchpoints ?? [])
                Add(tx, touchpoint);
            foreach (var journey in journeys)
                Save(tx, journey);
            return new Response([.. journeys.Select(journey => journey.Code)]);
        }, cancellationToken);
    }

    void Add(Tx tx, TouchpointInFile touchpoint)
    {
        if (!JourneyRules.IsCode(touchpoint.Code) || touchpoint.Name.En.Trim().Length is 0 or > 100 || touchpoint.Name.Zh.Trim().Length is 0 or > 100 || touchpoint.Order is < 0 or > 10_000)
            throw Problem.Rule("/file", "touchpoint", ($"The touchpoint '{touchpoint.Code}' needs a code and a name of at most 100 characters in both languages.", $"触点“{touchpoint.Code}”需要代码以及两种语言的名称（最多 100 个字符）。"));
        if (tx.Execute(Sql.Add, new { touchpoint.Code, En = touchpoint.Name.En.Trim(), Zh = touchpoint.Name.Zh.Trim(), touchpoint.Order, tx.Now }) > 0)
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "touchpoint.created", touchpoint.Code, Json.Write(touchpoint.Name)));
    }

    void Save(Tx tx, JourneyInFile journey)
    {
        try
        {
            JourneyStore.Save(tx, caller, journey.Code, journey.ToJourney(), null);
        }
        catch (Problem problem) when (problem.Errors.Count > 0)
        {
            throw Problem.Rules([.. problem.Errors.Select(error => new FieldError("/file", error.Code, ($"{journey.Code}{error.Pointer}: {error.Message.En}", $"{journey.Code}{error.Pointer}：{error.Message.Zh}")))]);
        }
    }
}

file static class Sql
{
    public const string Add = """
        INSERT INTO journeys_touchpoints (code, name_en, name_zh, sort, updated_at) VALUES (@Code, @En, @Zh, @Order, @Now) ON CONFLICT (code) DO NOTHING
        """;
}
