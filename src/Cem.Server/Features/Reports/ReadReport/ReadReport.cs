using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace Cem.Server.Features.Reports.ReadReport;

/// <summary>
/// One report of the archive: to a program as the mail it was, as a mail file or as its figures; to a person as a page, drawn
/// from the figures that were archived with it.
/// </summary>
[Access(Staff = Roles.All, Keys = [Scopes.InsightsRead])]
sealed record Request(Id Id) : IRequest<Response>;

/// <param name="Model">The <see cref="Report"/> as JSON.</param>
sealed record Response(Id Id, string Week, string Language, DateTimeOffset CutOff, DateTimeOffset MadeAt, string Subject, string Model, string Html, string Text);

sealed class Module : Routes
{
    const string MailType = "message/rfc822";

    public Module()
    {
        Get("/api/v1/reports/{id}", async Task<IResult> (Id id, HttpRequest http, IMediator mediator, Settings settings, CancellationToken ct) =>
            {
                var report = await mediator.Send(new Request(id), ct);
                return Wanted(http) switch
                {
                    MailType => TypedResults.Text(MailFile.Of(report, settings.Mail), MailType),
                    "application/json" => TypedResults.Text(report.Model, "application/json; charset=utf-8"),
                    _ => TypedResults.Text(report.Html, "text/html; charset=utf-8"),
                };
            })
            .Sends<Request>()
            .Summary("Read a weekly report")
            .Describe("By Accept: text/html (the mail as it was sent; also where nothing is said), message/rfc822 (a mail file with its plain-text twin), application/json (the figures).")
            .With(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/html", MailType, "application/json"]));

        Get("/reports/{id}", async (Id id, IMediator mediator, Caller caller, ReportViews views, CancellationToken ct) =>
            {
                var report = await mediator.Send(new Request(id), ct);
                return Page.Of(new View(views.Draw(Json.Read<Report>(report.Model), caller.Language)));
            })
            .Sends<Request>();
    }

    /// <summary>The first of our forms among what is accepted, by the caller's own weights.</summary>
    static string? Wanted(HttpRequest http) => http.GetTypedHeaders().Accept
        .OrderByDescending(accepted => accepted, MediaTypeHeaderValueComparer.QualityComparer)
        .Select(accepted => accepted.MediaType.Value)
        .FirstOrDefault(type => type is MailType or "application/json" or "text/html");
}

sealed record View(ReportView Report);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult(db.Find<Response>(Sql.Find, new { Id = (long)request.Id, caller.OrgUnit })
            ?? throw Problem.NotFound("report-not-found", ("There is no such report.", "报告不存在。")));
}

file static class Sql
{
    public const string Find = """
        SELECT id, week, language, cut_off, made_at, subject, model, html, text
        FROM reports_reports
        WHERE id = @Id AND (@OrgUnit = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))
        """;
}
