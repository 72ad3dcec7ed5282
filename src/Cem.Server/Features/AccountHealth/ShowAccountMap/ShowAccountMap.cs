using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.AccountHealth.ShowAccountMap;

/// <summary>
/// The accounts on the map of usage and experience with its four named fields, those at risk by revenue with the reasons, and the
/// renewals ahead with what is to be done before each.
/// </summary>
/// <param name="Renewals">all for every renewal ahead; else the next ones.</param>
[Access(Staff = Roles.All)]
sealed record Request(string? OrgUnit = null, string? Field = null, string? Renewals = null) : IRequest<View>;

/// <param name="Answer">The page in one sentence.</param>
/// <param name="AllRenewals">How many renewals are ahead, where only the next ones are shown; else null.</param>
/// <param name="Unplaced">Accounts of which one of the two views is missing, in words; null where there is none.</param>
sealed record View(
    FilterBar Bar, bool Empty, string Answer, QuadrantChart? Map, IReadOnlyList<FieldRow> Fields, string? Unplaced, IReadOnlyList<AccountRow> Listed, string ListTitle, bool AtRisk,
    IReadOnlyList<RenewalMonth> Renewals, string? AllRenewals, string AllRenewalsHref, string Lines, string? AsOf);

sealed record FieldRow(string Name, string Href, int Count, string? Revenue, bool Chosen);

/// <param name="Number">In the account's dot on the map; null beyond the first nine.</param>
sealed record AccountRow(
    int? Number, string Name, string Href, string FieldName, string Tone, double? Usage, double? Experience, int N, long? RevenueMinor, string Currency, DateOnly? Renewal, string Sentence, IReadOnlyList<string> Reasons);

sealed record RenewalMonth(string Name, IReadOnlyList<RenewalRow> Rows);

/// <param name="Done">How many of the checks are done, in words.</param>
/// <param name="Late">How many should have been by now, in words; null for none.</param>
/// <param name="Next">The check that is due next; null where none is ahead.</param>
sealed record RenewalRow(
    string Name, string Href, DateOnly Renewal, int Days, string RiskName, string Tone, string Done, string? Late, CheckRow? Next, IReadOnlyList<CheckRow> Checks);

sealed record CheckRow(string Name, DateOnly DueOn, string StateName, string Tone);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights", 530, "/insights/accounts", Roles.All)];

    public Module() =>
        Get("/insights/accounts", async (string? orgUnit, string? field, string? renewals, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(orgUnit, field, renewals), ct)))
            .Sends<Request>()
            .Summary("Accounts by usage and experience");
}

sealed class Handler(Db db, Caller caller, HealthStates states, HealthWords words, OrgUnitChoices choices, CompanyTime time, Texts texts) : IRequestHandler<Request, View>
{
    const int MostListed = 25;
    const int NextRenewals = 8;
    const int MostRenewals = 500;
    const int MostNamed = 9;

    /// <summary>Dots beyond which a map is a cloud: the largest accounts are drawn.</summary>
    const int MostDots = 400;

    static readonly string[] Fields = ["hiddenChurn", "atRisk", "underUsed", "healthy"];

    readonly ScopedTexts say = texts.For(caller.Language, "AccountHealth/ShowAccountMap");
    readonly Formats formats = Formats.For(caller.Language);

    public Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var units = db.Query<UnitRow>(Sql.Units, new { caller.OrgUnit });
        var unit = units.FirstOrDefault(each => each.Code == request.OrgUnit);
        var scope = unit?.Id ?? caller.OrgUnit;
        var field = Fields.Contains(request.Field) ? request.Field : null;
        var points = states.Map(scope);
        var totals = states.Totals(scope);
        var listed = states.Listed(scope, MostListed, field);
        var placed = points.Where(point => point.Field != "unknown").ToList();
        var renewing = states.Renewing(scope, time.Today, time.Today.AddDays(HealthRules.RenewalDays), MostRenewals);
        var shown = request.Renewals == "all" ? renewing : [.. renewing.Take(NextRenewals)];
        var risen = listed.Select(row => row.Assessment.Account.ExternalId).ToList();
        return Task.FromResult(new View(
            Bar(unit, field), points.Count == 0, Answer(totals), placed.Count == 0 ? null : Map(placed, risen),
            [.. Fields.Select(each => Count(each, points, request.OrgUnit, field))],
            points.Count > placed.Count ? say.Get("unplaced", ("count", points.Count - placed.Count)) : null,
            [.. listed.Select((row, index) => Draw(row, index < MostNamed ? index + 1 : null))], field is null ? say["listed"] : say["standing." + field], field is null,
            [.. shown.Select(Renewal).GroupBy(row => (row.Renewal.Year, row.Renewal.Month)).Select(month => new RenewalMonth(formats.Month(month.First().Renewal), [.. month]))],
            renewing.Count > shown.Count ? say.Get("renewals.all", ("count", renewing.Count), ("days", HealthRules.RenewalDays)) : null,
            Here(request.OrgUnit, field, ("renewals", "all")) + "#renewals",
            say.Get("lines", ("usage", formats.Number(HealthRules.UsageLine)), ("experience", formats.Number(HealthRules.ExperienceLine))),
            listed.Count > 0 ? say.Get("asOf", ("time", formats.Time(listed.Max(row => row.MeasuredAt)))) : null));
    }

    FilterBar Bar(UnitRow? unit, string? field) => new(
    [
        new FilterField("orgUnit", say["orgUnit"], unit?.Code ?? "", [new Option("", say["everything"]), .. choices.Options()]),
        new FilterField("field", say["field"], field ?? "", [new Option("", say["listed"]), .. Fields.Select(each => new Option(each, say["standing." + each]))]),
    ]);

    string Answer(RiskTotals totals) => totals switch
    {
        { Measured: 0 } => say["answer.none"],
        { Count: 0 } => say.Get("answer.calm", ("count", totals.Measured)),
        { RevenueMinor: { } minor } => say.Get("answer.revenue", ("count", totals.Count), ("all", totals.Measured), ("hidden", totals.HiddenChurn), ("revenue", formats.MoneyShort(minor, totals.Currency!))),
        _ => say.Get("answer", ("count", totals.Count), ("all", totals.Measured), ("hidden", totals.HiddenChurn)),
    };

    /// <summary>Numbers stand in the dots of the accounts that head the list beside the map.</summary>
    QuadrantChart Map(IReadOnlyList<MapPoint> points, List<string> listed) => new(
        say["map"], [.. points.Take(MostDots).Select(point => new QuadrantPoint(point.Name, point.Usage!.Value, point.Experience!.Value)
        {
            Number = listed.IndexOf(point.ExternalId) is >= 0 and < MostNamed and var index ? index + 1 : null, Href = Link(point.ExternalId), Tone = Tone(point.Field),
        }).OrderBy(point => point.Number is not null)],
        HealthRules.UsageLine, HealthRules.ExperienceLine, new Corners(say["standing.underUsed"], say["standing.healthy"], say["standing.atRisk"], say["standing.hiddenChurn"]))
    {
        XLabel = say["usage"], YLabel = say["experience"],
    };

    FieldRow Count(string field, IReadOnlyList<MapPoint> points, string? orgUnit, string? chosen)
    {
        var there = points.Where(point => point.Field == field).ToList();
        var currency = there.Where(point => point.Currency is not null).GroupBy(point => point.Currency!).MaxBy(same => same.Count());
        return new(
            say["standing." + field], Here(orgUnit, field),
            there.Count, currency is null ? null : formats.MoneyShort(currency.Sum(point => point.RevenueMinor ?? 0), currency.Key), field == chosen);
    }

    AccountRow Draw(HealthState row, int? number)
    {
        var figure = words.Of(row.Assessment, caller.Language, row.Since, row.MeasuredAt);
        return new(
            number, figure.Name, Link(figure.ExternalId), figure.FieldName, PillTone(figure.Field), figure.Usage, figure.Experience, figure.Answers, figure.RevenueMinor, figure.Currency ?? "CNY",
            figure.Renewal, Rest(figure), [.. figure.Reasons.Select(reason => reason.Text)]);
    }

    /// <summary>The sentence without the name of the field, which stands before it.</summary>
    static string Rest(AccountHealthFigure figure) => figure.Sentence.StartsWith(figure.FieldName, StringComparison.Ordinal) ? figure.Sentence[figure.FieldName.Length..].TrimStart(':', '：', ' ') : figure.Sentence;

    RenewalRow Renewal(HealthState row)
    {
        var figure = words.Of(row.Assessment, caller.Language, row.Since, row.MeasuredAt);
        var late = figure.Checks.Count(check => check.State == "late");
        return new(
            figure.Name, Link(figure.ExternalId), figure.Renewal!.Value, figure.DaysLeft!.Value, figure.RiskName, figure.Risk == "high" ? "bad" : "",
            say.Get("checks.done", ("done", figure.Checks.Count(check => check.State == "done")), ("all", figure.Checks.Count)), late == 0 ? null : say.Get("checks.late", ("count", late)),
            figure.Checks.Where(check => check.State == "due").OrderBy(check => check.DueOn).Select(Draw).FirstOrDefault(), [.. figure.Checks.Select(Draw)]);
    }

    CheckRow Draw(RenewalCheck check) => new(check.Name, check.DueOn, say["check.state." + check.State], check.State == "due" ? "" : check.State);

    static string Here(string? orgUnit, string? field, params (string Name, string Value)[] more) => Urls.Build("/insights/accounts",
        [.. new[] { ("orgUnit", orgUnit ?? ""), ("field", field ?? "") }.Concat(more).Where(pair => pair.Item2.Length > 0).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))]);

    static string Link(string account) => $"/accounts/{Uri.EscapeDataString(account)}#health";

    static string PillTone(string field) => Tone(field) is "none" ? "" : Tone(field);

    static string Tone(string field) => field switch { "healthy" => "good", "hiddenChurn" or "atRisk" => "bad", _ => "none" };
}

sealed record UnitRow(long Id, string Code, string Name);

file static class Sql
{
    public const string Units = """
        SELECT u.id, u.code, u.name FROM customers_v_org_units u
        WHERE u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY u.code
        """;
}
