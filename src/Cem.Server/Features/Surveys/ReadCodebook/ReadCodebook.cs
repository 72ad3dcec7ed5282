using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Surveys.ReadCodebook;

/// <summary>How a survey's answers are coded: the columns an export has, and what each value means.</summary>
/// <param name="Version">The frozen version; null for the newest.</param>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code, int? Version = null) : IRequest<Response>;

sealed record Response(string Survey, int Version, IReadOnlyList<Column> Columns);

/// <param name="Type"><c>integer</c>, <c>code</c>, <c>flag</c> (0 or 1) or <c>text</c>.</param>
/// <param name="Question">The question it holds.</param>
/// <param name="QuestionType">The question's type.</param>
/// <param name="Measure">What its scores are called in the statistics; null where it has none.</param>
/// <param name="Values">The values it may hold; empty where it is free.</param>
sealed record Column(string Name, string Type, string Question, string QuestionType, string? Measure, Wording Label, IReadOnlyList<Value> Values);

/// <param name="Code">What stands in the column.</param>
sealed record Value(string Code, Wording Label);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/surveys/{code}/codebook", (string code, int? version, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(code, version), ct))
            .Sends<Request>()
            .Summary("Read a survey's codebook")
            .Describe("The columns of an export of the newest published version, or of the one asked for, with their coding.");

        Get("/surveys/{code}/codebook", async (string code, int? version, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                Page.Of(View.Of(await mediator.Send(new Request(code, version), ct), caller.Language, texts.For(caller.Language, "Surveys/ReadCodebook"))))
            .Sends<Request>();
    }
}

/// <summary>The page.</summary>
sealed record View(string Survey, int Version, IReadOnlyList<ViewColumn> Columns, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(Response book, string language, ScopedTexts words) => new(
        book.Survey, book.Version,
        [.. book.Columns.Select(column => new ViewColumn(column.Name, column.Type, column.Label.In(language), column.Measure,
            [.. column.Values.Select(value => $"{value.Code} = {value.Label.In(language)}")]))],
        [new NavigationEntry(words["section"], "/surveys"), new NavigationEntry(book.Survey, $"/surveys/{book.Survey}"), new NavigationEntry(words["title"], "", Current: true)]);
}

sealed record ViewColumn(string Name, string Type, string Label, string? Measure, IReadOnlyList<string> Values);

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var row = db.Find<Row>(Sql.Find, new { request.Code, request.Version })
            ?? throw Problem.NotFound("survey-version-not-found", ($"There is no such published version of the survey '{request.Code}'.", $"问卷“{request.Code}”没有该发布版本。"));
        var columns = SurveyDefinition.Stored(row.Definition).Questions.SelectMany(question => question.Columns.Select(column => new Column(
            column.Name, column.Type, question.Id, question.Head.Type.Name, question.Measure, Words(column.Label),
            [.. column.Values.Select(value => new Value(value.Value, Words(value.Label)))])));
        return Task.FromResult(new Response(request.Code, row.Version, [.. columns]));
    }

    static Wording Words(Say say) => new(say.En, say.Zh);
}

file sealed record Row(int Version, string Definition);

file static class Sql
{
    public const string Find = """
        SELECT v.version, v.definition FROM surveys_surveys s JOIN surveys_versions v ON v.survey_id = s.id
        WHERE s.code = @Code AND v.version = COALESCE(@Version, s.published_version)
        """;
}
