using System.Text.Json;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Unit = Cem.Kernel.Html.Unit;

namespace Cem.Server.Features.Insights.ShowCoverage;

/// <summary>Whose voice is missing: how much of the customer base was heard, by org unit, and the silent accounts by what they are worth.</summary>
[Access(Staff = Roles.All)]
sealed record Request(string? Period = null, string? OrgUnit = null) : IRequest<View>;

sealed record View(FilterBar Bar, bool Empty, string Answer, IReadOnlyList<Figure> Figures, IReadOnlyList<UnitRow> Units, IReadOnlyList<SilentRow> Silent, string SilentTitle);

/// <param name="Share">Heard of all; without a value where there is nobody.</param>
sealed record Figure(string Title, Estimate Share, string? Heard);

sealed record UnitRow(string Name, string Href, Part Accounts, Part Contacts, Part DecisionMakers, double? Revenue);

/// <param name="Share">Null where there is nobody.</param>
sealed record Part(int Heard, int All, double? Share);

/// <param name="Deciders">Decision-makers known there, none of whom was heard.</param>
sealed record SilentRow(string Name, string Href, string? Tier, string? Owner, long? RevenueMinor, string Currency, DateOnly? Renewal, int Deciders, DateOnly? LastHeard);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights", 510, "/insights/coverage", Roles.All)];

    public Module() =>
        Get("/insights/coverage", async (string? period, string? orgUnit, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(period, orgUnit), ct)))
            .Sends<Request>()
            .Summary("Coverage: who was heard, and who is silent");
}

sealed class Handler(IMediator mediator, Db db, Caller caller, ScoreColumns columns, CompanyTime time, Wordings wordings) : IRequestHandler<Request, View>
{
    const int MostSilent = 20;

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var filter = new PageFilter(request.Period, request.OrgUnit);
        var words = wordings.For("Insights/ShowCoverage", caller.Language);
        var scores = filter.Scores(caller, columns, time);
        var (from, to, units) = (scores.From!.Value, scores.To!.Value, columns.Units);
        var below = Parts(scores.Scope, units);
        var figures = await mediator.Send(new AskCoverage([scores.Scope, .. below.Select(unit => unit.Id)], from, to), cancellationToken);
        var all = figures[0];
        var bar = filter.Bar(caller, columns, words);
        return new View(bar with { Fields = [.. bar.Fields.Take(2)] }, all.Accounts == 0,
            words.Get("answer", ("heard", words.Formats.Number(all.AccountsHeard)), ("all", words.Formats.Number(all.Accounts)), ("share", words.Formats.Percent(Ratio(all.AccountsHeard, all.Accounts)))),
            [
                Show("accounts", all.AccountsHeard, all.Accounts, words), Show("contacts", all.ContactsHeard, all.Contacts, words),
                Show("decisionMakers", all.DecisionMakersHeard, all.DecisionMakers, words),
                new Figure(words["revenue"], new Estimate(all.RevenueHeard, null, null, all.Accounts) { Unit = Unit.Share, Decimals = 0 }, null),
            ],
            [.. below.Zip(figures.Skip(1), (unit, figure) => new UnitRow(unit.Name, filter.Link("/insights/coverage", ("orgUnit", unit.Code)),
                Of(figure.AccountsHeard, figure.Accounts), Of(figure.ContactsHeard, figure.Contacts), Of(figure.DecisionMakersHeard, figure.DecisionMakers), figure.RevenueHeard))],
            Silent(scores), words.Get("silent", ("count", all.Accounts - all.AccountsHeard)));
    }

    /// <summary>The units a scope divides into; a single head of everything is no division.</summary>
    static List<OrgNode> Parts(long scope, OrgTree units) => [.. units.Below(scope).ToList() is [var head] ? units.Below(head.Id) : units.Below(scope)];

    static Figure Show(string key, int heard, int all, Wording words) =>
        new(words[key], Share(heard, all), words.Get("heardOf", ("heard", words.Formats.Number(heard)), ("all", words.Formats.Number(all))));

    static Part Of(int heard, int all) => new(heard, all, Ratio(heard, all));

    static double? Ratio(int part, int all) => all == 0 ? null : (double)part / all;

    /// <summary>A count of everybody is no sample and has no interval.</summary>
    static Estimate Share(int heard, int all) => new(Ratio(heard, all), null, null, all) { Unit = Unit.Share, Decimals = 0 };

    IReadOnlyList<SilentRow> Silent(ScoreQuery scores) => [.. db.Query<Row>(Sql.Silent, new
    {
        scores.Scope, From = Day.Number(scores.From!.Value), To = Day.Number(scores.To!.Value), Accounts = JsonSerializer.Serialize(Heard.Between(scores.From.Value, scores.To.Value, columns).Accounts), Limit = MostSilent,
    }).Select(row => new SilentRow(row.Name, $"/accounts/{Uri.EscapeDataString(row.ExternalId)}", row.Tier, row.OwnerEmail, row.AnnualRevenueMinor, row.AnnualRevenueCurrency ?? "CNY", row.RenewalDate, row.Deciders, row.LastHeard))];
}

file sealed record Row(
    string ExternalId, string Name, string? Tier, string? OwnerEmail, long? AnnualRevenueMinor, string? AnnualRevenueCurrency, DateOnly? RenewalDate, int Deciders, DateOnly? LastHeard);

file static class Sql
{
    public const string Silent = """
        SELECT a.external_id, a.name, a.tier, a.owner_email, a.annual_revenue_minor, a.annual_revenue_currency, a.renewal_date,
          (SELECT COUNT(*) FROM customers_v_contacts c WHERE c.account_id = a.id AND c.role = 'decisionMaker' AND c.erased = 0) AS deciders,
          (SELECT r.completed_day FROM responses_v_responses r WHERE r.account_id = a.id AND r.completed_at IS NOT NULL ORDER BY r.completed_at DESC LIMIT 1) AS last_heard
        FROM customers_v_accounts a
        WHERE a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
          AND (a.contract_start IS NULL OR a.contract_start <= @To) AND (a.contract_end IS NULL OR a.contract_end >= @From)
          AND a.id NOT IN (SELECT value FROM json_each(@Accounts))
        ORDER BY a.annual_revenue_minor DESC, a.renewal_date, a.id
        LIMIT @Limit
        """;
}
