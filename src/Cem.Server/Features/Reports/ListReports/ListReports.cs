using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Reports.ListReports;

/// <summary>The archive of weekly reports, newest week first: those of the caller's org unit and of the ones below it.</summary>
/// <param name="Week">Only this week: 2026-W10.</param>
/// <param name="OrgUnit">Only this org unit, by its code.</param>
/// <param name="OneLanguage">Each report once, in this language where there is one in it; null for all.</param>
[Access(Staff = Roles.All, Keys = [Scopes.InsightsRead])]
sealed record Request(string? Week = null, string? OrgUnit = null, string? OneLanguage = null, string? Cursor = null, int? Limit = null) : IRequest<Listing<Entry>>;

/// <param name="OrgUnit">Code; null for the whole company.</param>
/// <param name="From">First of the 13 weeks' days; <paramref name="To"/> is the last day of the week.</param>
/// <param name="CutOff">What had come in by then is counted.</param>
/// <param name="Headline">The verdict in a few words.</param>
sealed record Entry(
    Id Id, string Week, string? OrgUnit, string? OrgUnitName, string Language, DateOnly From, DateOnly To, DateTimeOffset CutOff, DateTimeOffset MadeAt, string Headline);

/// <summary>What the page shows beside the list.</summary>
[Access(Staff = Roles.All)]
sealed record Look(string? OrgUnit, string? Cursor) : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Reports", 800, "/reports", Roles.All)];

    public Module()
    {
        Get("/api/v1/reports", async Task<Ok<Listing<Entry>>> (string? week, string? orgUnit, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(week, orgUnit, null, cursor, limit), ct)))
            .Sends<Request>()
            .Summary("List weekly reports");

        Get("/reports", async (string? orgUnit, string? cursor, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Look(orgUnit, cursor), ct)))
            .Sends<Look>();
    }
}

/// <param name="Units">The org units one may make a report of; empty for those who may not.</param>
/// <param name="Gets">Whether the reader gets the report by mail; null for those who never do.</param>
sealed record View(IReadOnlyList<Entry> Entries, Pager Pager, FilterBar Bar, IReadOnlyList<Option> Units, Form Form, string LastWeek, bool? Gets);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<Entry>>
{
    public Task<Listing<Entry>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read<Place>(request.Cursor) ?? Place.Start;
        var rows = db.Query<Row>(Sql.List, new
        {
            caller.OrgUnit, request.Week, Unit = string.IsNullOrEmpty(request.OrgUnit) ? null : request.OrgUnit, Language = request.OneLanguage,
            AfterWeek = after.Week, AfterId = after.Id, Limit = limit + 1,
        });
        return Task.FromResult(Cursor.Page(rows, limit, row => new Place(row.Week, row.Id)).Select(row => new Entry(
            new Id(row.Id), row.Week, row.OrgUnit, row.OrgUnitName, row.Language, Day.FromNumber(row.FromDay), Day.FromNumber(row.ToDay), row.CutOff, row.MadeAt, row.Headline)));
    }

    sealed record Place(string Week, long Id)
    {
        public static readonly Place Start = new("9999-W99", 0);
    }
}

sealed class Looker(Db db, Caller caller, IMediator mediator, CompanyTime time, Texts texts) : IRequestHandler<Look, View>
{
    public async Task<View> Handle(Look request, CancellationToken cancellationToken)
    {
        var entries = await mediator.Send(new Request(OrgUnit: request.OrgUnit, OneLanguage: caller.Language, Cursor: request.Cursor), cancellationToken);
        var words = texts.For(caller.Language, "Reports/ListReports");
        var units = db.Query<Unit>(Sql.Units, new { caller.OrgUnit }).Select(unit => new Option(unit.Code, unit.Name)).ToList();
        string Address(string? cursor) => Urls.Build("/reports", [.. new[] { ("orgUnit", request.OrgUnit), ("cursor", cursor) }
            .Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2!))]);
        return new View(
            entries.Items, new Pager(entries.Next is null ? null : Address(entries.Next), request.Cursor is null ? null : Address(null), entries.Items.Count),
            new FilterBar([new FilterField("orgUnit", words["dimension.unit"], request.OrgUnit ?? "", [new Option("", words["all"]), .. units])]),
            !caller.Is(Roles.Programme | Roles.Manager) ? [] : caller.OrgUnit == 0 ? [new Option("", words["scope.company"]), .. units] : units,
            Form.Empty, ReportCalendar.LastComplete(time).ToString(),
            caller.Role == Roles.Agent ? null : db.Find<long?>(Sql.Stopped, new { caller.Id }) is null);
    }
}

file sealed record Row(
    long Id, string Week, string? OrgUnit, string? OrgUnitName, string Language, int FromDay, int ToDay, DateTimeOffset CutOff, DateTimeOffset MadeAt, string Headline);

file sealed record Unit(string Code, string Name);

file static class Sql
{
    public const string List = """
        SELECT r.id, r.week, o.code AS org_unit, o.name AS org_unit_name, r.language, r.from_day, r.to_day, r.cut_off, r.made_at, r.headline
        FROM reports_reports r
        LEFT JOIN customers_v_org_units o ON o.id = r.org_unit_id
        WHERE (@OrgUnit = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))
          AND (@Week IS NULL OR r.week = @Week) AND (@Unit IS NULL OR o.code = @Unit)
          AND (@Language IS NULL OR r.language = @Language OR NOT EXISTS (
            SELECT 1 FROM reports_reports same WHERE same.week = r.week AND same.org_unit_id = r.org_unit_id AND same.language = @Language))
          AND (r.week < @AfterWeek OR (r.week = @AfterWeek AND r.id > @AfterId))
        ORDER BY r.week DESC, r.id LIMIT @Limit
        """;

    public const string Units = """
        SELECT code, name FROM customers_v_org_units
        WHERE @OrgUnit = 0 OR id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY (SELECT COUNT(*) FROM customers_v_org_tree t WHERE t.unit_id = customers_v_org_units.id), code
        """;

    public const string Stopped = "SELECT user_id FROM reports_stopped WHERE user_id = @Id";
}
