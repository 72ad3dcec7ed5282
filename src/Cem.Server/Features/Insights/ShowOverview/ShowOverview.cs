using System.Globalization;
using Cem.Contracts.AccountHealth;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Unit = Cem.Kernel.Html.Unit;

namespace Cem.Server.Features.Insights.ShowOverview;

/// <summary>
/// The start page: is it good or bad, which way is it going, what moved, who was heard, what is open, what do people say. It
/// fits one laptop screen, and every number leads to what it is made of.
/// </summary>
[Access(Staff = Roles.All)]
sealed record Request(PageFilter Filter) : IRequest<View>;

/// <param name="Answer">The page in one sentence.</param>
/// <param name="MovedNone">What to say where nothing moved; null where something did.</param>
sealed record View(
    FilterBar Bar, bool Empty, string Answer, Estimate Nps, Change Change, TrendChart? Trend, string TrendTitle, DistributionBar? Distribution,
    IReadOnlyList<Moved> Moved, string? MovedNone, Covered Coverage, Orders Orders, string OrdersHref, string OverdueHref, IReadOnlyList<Comment> Comments, string NpsHref, string CommentsHref, string? AsOf, Dangers Dangers);

/// <summary>A part of the answers whose score moved, told from chance.</summary>
sealed record Moved(string Dimension, string Name, string Href, Estimate Estimate, double Difference, string Tone);

/// <param name="Decided">Decision-makers heard, in words.</param>
/// <param name="Revenue">Share of revenue heard; null where none is known.</param>
sealed record Covered(Estimate Accounts, string Heard, string Decided, double? Revenue, string Href);

/// <param name="Active">Open or accepted, the overdue among them.</param>
sealed record Orders(int Active, int Overdue);

/// <summary>Accounts at risk, high risk before medium, of each the largest revenue first.</summary>
/// <param name="Count">In all, in words.</param>
sealed record Dangers(string Count, IReadOnlyList<Danger> Accounts, string Href);

/// <param name="Why">In one sentence.</param>
sealed record Danger(string Name, string Href, long? RevenueMinor, string Currency, DateOnly? Renewal, string Why);

sealed record Comment(string Text, string By, DateTimeOffset At, int? Score, string Tone, string Href);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights/ShowOverview", 100, "/", Roles.All)];

    public Module() =>
        Get("/", async ([AsParameters] PageFilter filter, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(filter), ct)))
            .Sends<Request>()
            .Summary("Overview");
}

sealed class Handler(IMediator mediator, Db db, Caller caller, ScoreColumns columns, CompanyTime time, Wordings wordings) : IRequestHandler<Request, View>
{
    const int MostMoved = 4;
    const int MostComments = 2;
    const int MostDangers = 4;
    const int LongestComment = 110;

    static readonly string[] Watched = [ScoreReader.Branch, ScoreColumns.Touchpoint, ScoreColumns.Role, ScoreColumns.Product, ScoreColumns.Tier];

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var filter = request.Filter;
        var words = wordings.For("Insights/ShowOverview", caller.Language);
        var scores = filter.Scores(caller, columns, time);
        var trend = scores with { Period = filter.Grain };
        var total = filter.Compared(scores);
        var asked = Watched.Where(dimension => !scores.Filter.ContainsKey(dimension)).ToList();
        var figures = await mediator.Send(new AskNps(
            [total, new NpsQuery(trend, Against: "trailing"), .. asked.Select(dimension => total with { Scores = scores with { By = [dimension] }, Clustered = false })]), cancellationToken);
        var coverage = (await mediator.Send(new AskCoverage([scores.Scope], scores.From!.Value, scores.To!.Value), cancellationToken))[0];
        var dangers = await mediator.Send(new AskAccountsAtRisk(scores.Scope, caller.Language, MostDangers), cancellationToken);

        var all = figures[0] is [var one] ? one : null;
        var against = words.Against(null, filter.Weeks);
        var movers = Movers.Of([.. asked.Zip(figures.Skip(2))]);
        var npsHref = filter.Link("/insights/nps");
        return new View(
            filter.Bar(caller, columns, words), columns.Store.Rows == 0, all is null ? words["verdict.none"] : words.Verdict(all, against),
            all is null ? new Estimate(null, null, null, 0) : Wording.Estimate(all, npsHref), all is null ? new Change(null, null, against) : Wording.Change(all, against),
            all is null ? null : NpsTrend.Chart(words["trend." + filter.Grain], trend, figures[1], words, filter), words["trend." + filter.Grain],
            all is null ? null : Distribution(all, filter, words),
            [.. movers.Moved.Take(MostMoved).Select(moved => Show(moved.Dimension, moved.Figure, filter, words))],
            movers.Moved.Count > 0 ? null : words.Get(movers.Tested > 0 ? "moved.none" : "moved.few", ("count", movers.Tested)),
            Cover(coverage, filter, words), db.Single<Orders>(Sql.Orders, new { scores.Scope, time.Now }), WorkOrders(filter, ""), WorkOrders(filter, "overdue"), [.. Comments(scores, filter, words)], npsHref, filter.Link("/responses"),
            columns.AsOf is { } at ? words.Get("asOf", ("time", words.Formats.Time(at))) : null, Show(dangers, filter, words));
    }

    static DistributionBar Distribution(NpsFigure figure, PageFilter filter, Wording words) => new(words["distribution"],
    [
        new(words["promoters"], figure.Promoters, "good") { Href = filter.Responses("nps", ("band", "promoters")) },
        new(words["passives"], figure.Passives, "mid") { Href = filter.Responses("nps", ("band", "passives")) },
        new(words["detractors"], figure.Detractors, "bad") { Href = filter.Responses("nps", ("band", "detractors")) },
    ]);

    static Moved Show(string dimension, NpsFigure figure, PageFilter filter, Wording words)
    {
        var href = filter.Link("/insights/nps", (PageFilter.ParameterOf(dimension)!, figure.Keys[0]));
        return new(words["dimension." + dimension], words.Name(dimension, figure.Keys[0]), href, Wording.Estimate(figure, href), figure.Change!.Value, figure.Change > 0 ? "good" : "bad");
    }

    static Covered Cover(CoverageFigure figure, PageFilter filter, Wording words)
    {
        var href = filter.Link("/insights/coverage");
        return new(
            new Estimate(figure.Accounts == 0 ? null : (double)figure.AccountsHeard / figure.Accounts, null, null, figure.Accounts) { Unit = Unit.Share, Decimals = 0, Href = href },
            Of(figure.AccountsHeard, figure.Accounts), Of(figure.DecisionMakersHeard, figure.DecisionMakers), figure.RevenueHeard, href);

        string Of(int heard, int all) => words.Get("heardOf", ("heard", words.Formats.Number(heard)), ("all", words.Formats.Number(all)));
    }

    static string WorkOrders(PageFilter filter, string state) => Urls.Build("/work-orders", [new("state", state), new("orgUnit", filter.OrgUnit ?? "")]);

    static Dangers Show(AccountsAtRisk risk, PageFilter filter, Wording words) => new(
        risk.Count == 0 ? words["risk.none"] : risk.RevenueMinor is { } minor
            ? words.Get("risk.revenue", ("count", risk.Count), ("revenue", words.Formats.MoneyShort(minor, risk.Currency!))) : words.Get("risk.count", ("count", risk.Count)),
        [.. risk.Accounts.Select(each => new Danger(
            each.Name, $"/accounts/{Uri.EscapeDataString(each.ExternalId)}#health", each.RevenueMinor, each.Currency ?? "CNY", each.Renewal, each.Sentence))],
        Urls.Build("/insights/accounts", string.IsNullOrEmpty(filter.OrgUnit) ? [] : [KeyValuePair.Create("orgUnit", filter.OrgUnit)]));

    static string Shorten(string text) => new StringInfo(text) is { LengthInTextElements: > LongestComment } whole ? whole.SubstringByTextElements(0, LongestComment).TrimEnd() + "…" : text;

    IEnumerable<Comment> Comments(ScoreQuery scores, PageFilter filter, Wording words) =>
        db.Query<CommentRow>(Sql.Comments, new
        {
            scores.Scope, From = Day.Number(scores.From!.Value), To = Day.Number(scores.To!.Value), Limit = MostComments,
            filter.Touchpoint, filter.Survey, filter.Role, Tier = filter.Segment, filter.Product, filter.Channel, filter.Region, caller.OrgUnit,
        }).Select(row => new Comment(Shorten(row.Text), string.Join(" · ", new[]
            {
                row.Account, row.Role is null ? null : words.Name(ScoreColumns.Role, row.Role), row.Touchpoint is null ? null : words.Name(ScoreColumns.Touchpoint, row.Touchpoint),
            }.OfType<string>()), row.CompletedAt, row.Score, row.Score switch { >= 9 => "good", <= 6 => "bad", _ => "" }, $"/responses/{row.Id}"));
}

file sealed record CommentRow(Id Id, string Text, DateTimeOffset CompletedAt, string? Touchpoint, string? Role, string? Account, int? Score);

file static class Sql
{
    public const string Orders = """
        SELECT COUNT(*) AS active, COUNT(CASE WHEN due_at < @Now THEN 1 END) AS overdue FROM work_orders_v_orders
        WHERE state IN ('open', 'accepted') AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    // A few words say little. Looked for among the newest answers only, so that a page never walks through all of them.
    public const string Comments = """
        SELECT r.id, t.text, r.completed_at, r.touchpoint, r.role, a.name AS account,
          (SELECT MIN(s.score) FROM responses_v_scores s WHERE s.response_id = r.id AND s.measure = 'nps') AS score
        FROM (
          SELECT id, completed_at, touchpoint, role, account_id, survey_id, survey_version FROM responses_v_responses
          WHERE state = 'complete' AND interested = 0 AND completed_day BETWEEN @From AND @To
            AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            AND (@Touchpoint IS NULL OR @Touchpoint = '' OR touchpoint = @Touchpoint) AND (@Survey IS NULL OR @Survey = '' OR survey_code = @Survey)
            AND (@Role IS NULL OR @Role = '' OR role = @Role) AND (@Tier IS NULL OR @Tier = '' OR tier = @Tier)
            AND (@Product IS NULL OR @Product = '' OR product = @Product) AND (@Channel IS NULL OR @Channel = '' OR channel = @Channel)
            AND (@Region IS NULL OR @Region = '' OR region = @Region)
          ORDER BY completed_at DESC, id DESC LIMIT 500) r
        JOIN responses_v_texts t ON t.response_id = r.id
        JOIN surveys_v_questions q ON q.survey_id = r.survey_id AND q.version = r.survey_version AND q.question = t.question AND q.type IN ('shortText', 'longText')
        LEFT JOIN customers_v_accounts a ON a.id = r.account_id AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        WHERE length(t.text) >= 8
        ORDER BY r.completed_at DESC, r.id DESC, t.id
        LIMIT @Limit
        """;
}
