using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Reports.RunReport;

/// <summary>
/// Makes the report of a week that is over now, without waiting for Monday, or finds it in the archive: a report is made once for
/// a week, an org unit and a language. On request it also goes to everybody who waits for theirs.
/// </summary>
/// <param name="Week">2026-W10; the last week that is over unless said.</param>
/// <param name="OrgUnit">Code of an org unit; the caller's own unless said.</param>
/// <param name="Language">The caller's own unless said.</param>
/// <param name="Mail">Whether the readers in this org unit and below get theirs now, those who have it already not again.</param>
[Access(Staff = Roles.Programme | Roles.Manager, Keys = [Scopes.InsightsRead])]
sealed record Request(string? Week = null, string? OrgUnit = null, string? Language = null, bool Mail = false) : IRequest<Response>;

/// <param name="Made">False where the archive had it already.</param>
/// <param name="Mailed">How many readers are owed theirs by this call.</param>
sealed record Response(Id Id, string Week, string? OrgUnit, string Language, bool Made, int Mailed);

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/reports:run", async Task<Results<Created<Response>, Ok<Response>>> (Request body, IMediator mediator, CancellationToken ct) =>
            {
                var report = await mediator.Send(body, ct);
                return report.Made ? TypedResults.Created($"/api/v1/reports/{report.Id}", report) : TypedResults.Ok(report);
            })
            .Sends<Request>()
            .Summary("Make a weekly report now")
            .Describe("Answers 201 with a new report, or 200 with the one in the archive. With mail, everybody in the org unit and below who waits for the report of that week is sent theirs.")
            .Example("""{"week": "2026-W10", "orgUnit": "north"}""");

        Post("/reports/run", async Task<RedirectHttpResult> (IFormCollection form, IMediator mediator, CancellationToken ct) =>
            {
                var report = await mediator.Send(new Request(OrgUnit: form["orgUnit"] is [{ Length: > 0 } code] ? code : null), ct);
                return TypedResults.LocalRedirect($"/reports/{report.Id}?done={(report.Made ? "made" : "found")}");
            })
            .Sends<Request>();
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.OrgUnit).MaximumLength(100);
        RuleFor(request => request.Language).Must(Languages.Knows).When(request => request.Language is not null);
    }
}

sealed class Handler(ReportPress press, ReportReaders readers, CompanyTime time, Caller caller, Settings settings, Db db) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.Mail && !(caller.Is(Roles.Programme) || caller.Scopes.Contains(Scopes.Admin)))
            throw Problem.Forbidden();
        var week = WeekOf(request.Week);
        var unit = UnitOf(request.OrgUnit);
        var language = request.Language ?? (caller.Kind == CallerKind.Staff ? caller.Language : settings.Language);
        var report = await press.Publish(week, unit, language, [], caller.Name, cancellationToken);
        var mailed = 0;
        if (request.Mail)
            foreach (var waiting in readers.Waiting(week.ToString(), unit.Id))
                mailed += (await press.Publish(week, waiting.Unit, waiting.Language, waiting.Readers, caller.Name, cancellationToken)).Mailed;
        // What is above repeats itself without harm; the answer is kept for a repeated call.
        return await db.Write(tx =>
        {
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "report.run", new Id(report.ReportId).ToString(), Json.Write(new { week = week.ToString(), orgUnit = unit.Code, mailed })));
            return new Response(new Id(report.ReportId), week.ToString(), unit.Code, language, report.Made, mailed);
        }, cancellationToken);
    }

    IsoWeek WeekOf(string? text)
    {
        var last = ReportCalendar.LastComplete(time);
        if (string.IsNullOrEmpty(text))
            return last;
        if (!IsoWeek.TryParse(text, out var week))
            throw Problem.Rule("/week", "week", ("A week is needed as YYYY-Www, such as 2026-W10.", "需要 YYYY-Www 格式的周，例如 2026-W10。"));
        return week <= last ? week : throw Problem.Rule("/week", "week-not-over", ($"This week is not over; the last one that is is {last}.", $"该周尚未结束，最近已结束的是 {last}。"));
    }

    ReportUnit UnitOf(string? code)
    {
        if (code is null && caller.OrgUnit == 0)
            return ReportUnit.Company;
        return db.Find<ReportUnit>(Sql.Unit, new { Code = code, caller.OrgUnit })
            ?? throw OrgUnitLookup.NotFound(code);
    }
}

file static class Sql
{
    public const string Unit = """
        SELECT id, code, name FROM customers_v_org_units
        WHERE ((@Code IS NULL AND id = @OrgUnit) OR code = @Code)
          AND (@OrgUnit = 0 OR id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))
        """;
}
