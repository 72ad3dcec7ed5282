using System.Globalization;
using System.Text;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Responses.ExportResponses;

/// <summary>
/// A survey's responses as CSV: who, when and the dimensions of the moment, then the columns of the codebook, those of older
/// versions included. No cell can become a formula. Read in pieces, so that a large file neither fills the memory nor holds up others.
/// </summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(ResponseFilter Filter) : IRequest<Response>;

/// <param name="Lines">The file, line by line.</param>
sealed record Response(string FileName, IAsyncEnumerable<string> Lines);

sealed class Module : Routes
{
    public Module()
    {
        Get("/responses.csv", Send).Sends<Request>();
        Get("/api/v1/responses.csv", Send).Sends<Request>()
            .Answers("text/csv")
            .Summary("Export a survey's responses as CSV")
            .Describe("UTF-8 with a byte order mark. The parameter survey is needed; the codebook says what the columns hold.");
    }

    static async Task<IResult> Send([AsParameters] ResponseFilter filter, IMediator mediator, CancellationToken ct)
    {
        var response = await mediator.Send(new Request(filter), ct);
        return Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            await writer.WriteAsync(Csv.Start);
            await foreach (var line in response.Lines.WithCancellation(ct))
                await writer.WriteAsync(line);
        }, Csv.ContentType, response.FileName);
    }
}

sealed class Handler(Db db, SurveyVersions surveys, Caller caller, CompanyTime time) : IRequestHandler<Request, Response>
{
    const int Piece = 500;

    static readonly string[] Fixed =
    [
        "id", "completedAt", "survey", "version", "account", "contact", "orgUnit", "region", "tier", "product", "role", "touchpoint", "channel", "language",
        "recordedBy", "interested",
    ];

    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Filter.Survey))
            throw Problem.Rule("survey", "missing", ("Choose a survey: the columns are a survey's.", "请选择问卷：导出的列取决于问卷。"));
        var bound = request.Filter.Bind(caller.OrgUnit, time, ResponseFilter.DefaultPeriod);
        var versions = db.Query<Version>(Sql.Versions, new { request.Filter.Survey });
        if (versions.Count == 0)
            throw Problem.NotFound("survey-not-found", ($"There is no survey '{request.Filter.Survey}'.", $"问卷“{request.Filter.Survey}”不存在。"));
        await db.Write(tx => tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "responses.exported", request.Filter.Survey,
            Json.Write(request.Filter))), cancellationToken);
        return new Response(
            string.Create(CultureInfo.InvariantCulture, $"responses-{request.Filter.Survey}-{time.Today:yyyy-MM-dd}.csv"),
            Lines(bound, versions));
    }

    async IAsyncEnumerable<string> Lines(ResponseFilter.Bound filter, IReadOnlyList<Version> versions)
    {
        var names = db.Read(reader => versions.SelectMany(version => surveys.Get(reader, version.SurveyId, version.Number).Questions)
            .SelectMany(question => question.Columns).Select(column => column.Name).Distinct().ToList());
        yield return Csv.Line([.. Fixed, .. names]);
        var (at, id) = (long.MaxValue, long.MaxValue);
        while (true)
        {
            var lines = db.Read(reader =>
            {
                var rows = reader.Query<ResponseRow>(Sql.Next, filter.StartingAt(at, id, Piece));
                if (rows.Count > 0)
                    (at, id) = (rows[^1].CompletedAt.ToUnixTimeMilliseconds(), rows[^1].Id);
                return rows.Select(row => Line(row, surveys.Get(reader, row.SurveyId, row.SurveyVersion), names)).ToList();
            });
            foreach (var line in lines)
                yield return line;
            if (lines.Count < Piece)
                yield break;
            await Task.Yield();
        }
    }

    static string Line(ResponseRow row, Questionnaire questionnaire, IReadOnlyList<string> names)
    {
        var answers = questionnaire.Kept(row.Answers);
        var cells = questionnaire.Questions.SelectMany(question => question.Columns.Zip(question.Cells(answers[question.Id])))
            .ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
        return Csv.Line(
        [
            row.Id.ToString(), Wire.Instant(row.CompletedAt), row.SurveyCode, row.SurveyVersion.ToString(CultureInfo.InvariantCulture), row.Account ?? "", row.Contact ?? "",
            row.OrgUnit ?? "", row.Region ?? "", row.Tier ?? "", row.Product ?? "", row.Role ?? "", row.Touchpoint ?? "", row.Channel, row.Language ?? "", row.RecordedBy ?? "",
            row.Interested ? "1" : "0", .. names.Select(name => cells.GetValueOrDefault(name) ?? ""),
        ]);
    }
}

sealed record Version(long SurveyId, int Number);

file static class Sql
{
    // The newest first: its order of columns is the one people know.
    public const string Versions = """
        SELECT s.id AS survey_id, v.version AS number FROM surveys_v_surveys s JOIN surveys_v_versions v ON v.survey_id = s.id
        WHERE s.code = @Survey ORDER BY v.version DESC
        """;

    public const string Next = ResponseRow.Select + ResponseFilter.Where + """
        AND (r.completed_at, r.id) < (@At, @Id)
        ORDER BY r.completed_at DESC, r.id DESC LIMIT @Limit
        """;
}
