using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Insights.ShowNps;

/// <summary>The Net Promoter Score in detail: its course, how it divides, and where it is high, low or moving.</summary>
/// <param name="By">The dimension of the table.</param>
[Access(Staff = Roles.All)]
sealed record Request(PageFilter Filter, string? By = null) : IRequest<View>;

/// <param name="Method">How the interval was made, in words.</param>
/// <param name="OneVote">The account view.</param>
sealed record View(
    FilterBar Bar, bool Empty, string Answer, Estimate Nps, Change Change, string Method, Estimate OneVote, TrendChart Trend, string TrendTitle, DistributionBar Distribution,
    IReadOnlyList<NavigationEntry> Dimensions, string Heading, IReadOnlyList<Row> Rows, string? AsOf);

/// <param name="Sign"><c>up</c>, <c>down</c>, <c>none</c> or <c>few</c>: only what is told from chance moves.</param>
sealed record Row(string Name, string? Href, Estimate Estimate, int Accounts, double? Difference, string Sign, IReadOnlyList<Band> Bands, string ResponsesHref);

/// <param name="Share">Of those who answered.</param>
sealed record Band(double Share, string Href);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights", 500, "/insights/nps", Roles.All)];

    public Module() =>
        Get("/insights/nps", async ([AsParameters] PageFilter filter, string? by, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(filter, by), ct)))
            .Sends<Request>()
            .Summary("Net Promoter Score in detail");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time, Wordings wordings) : IRequestHandler<Request, View>
{
    static readonly string[] Dimensions =
    [
        ScoreReader.Branch, ScoreColumns.Touchpoint, ScoreColumns.Role, ScoreColumns.Product, ScoreColumns.Tier, ScoreColumns.Survey, ScoreColumns.Channel, ScoreColumns.Region,
    ];

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var filter = request.Filter;
        var words = wordings.For("Insights/ShowNps", caller.Language);
        var scores = filter.Scores(caller, columns, time);
        var by = Dimensions.Contains(request.By) ? request.By! : Dimensions.First(dimension => !scores.Filter.ContainsKey(dimension));
        var total = filter.Compared(scores);
        var trend = scores with { Period = filter.Grain };
        var figures = await mediator.Send(new AskNps([total, new NpsQuery(trend, Against: "trailing"), total with { Scores = scores with { By = [by] } }]), cancellationToken);
        var all = figures[0] is [var one] ? one : Nobody;
        var kept = request.By is null ? [] : new[] { ("by", by) };
        return new View(
            filter.Bar(caller, columns, words, kept), columns.Store.Rows == 0, words.Verdict(all, filter.Weeks), Wording.Estimate(all), words.Change(all, filter.Weeks),
            words.Get("method." + all.Method, ("accounts", words.Formats.Number(all.Accounts))),
            new Estimate(all.AccountNps, all.OneVote?.Lower, all.OneVote?.Upper, all.Accounts) { TooFew = all.Accounts < Models.Bases.Show },
            NpsTrend.Chart(words["trend." + filter.Grain], trend, figures[1], words, filter.Link("/responses")), words["trend." + filter.Grain], Distribution(all, filter, words),
            [.. Dimensions.Select(dimension => new NavigationEntry(words["dimension." + dimension], filter.Link("/insights/nps", ("by", dimension)), dimension == by))],
            words["dimension." + by],
            [.. figures[2].OrderBy(figure => figure.TooFew).ThenByDescending(figure => figure.Nps).Select(figure => Show(by, figure, filter, words))],
            columns.AsOf is { } at ? words.Get("asOf", ("time", words.Formats.Time(at))) : null);
    }

    static readonly NpsFigure Nobody = new([], null, 0, 0, 0, 0, 0, null, null, null, null, "adjusted-wald", 0, null, true, null, null, null, null, null, null, false);

    static Row Show(string by, NpsFigure figure, PageFilter filter, Wording words)
    {
        var key = figure.Keys[0];
        (string, string?)[] here = key is null ? [] : [(PageFilter.ParameterOf(by)!, key)];
        return new Row(words.Name(by, key), key is null ? null : filter.Link("/insights/nps", here), Wording.Estimate(figure), figure.Accounts, figure.Change,
            figure.TooFew || figure.CompareN is null or < Models.Bases.Show ? "few" : !figure.Significant ? "none" : figure.Change > 0 ? "up" : "down",
            [Part("promoters", figure.Promoters), Part("passives", figure.Passives), Part("detractors", figure.Detractors)], filter.Link("/responses", here));

        Band Part(string band, int count) => new(figure.N == 0 ? 0 : (double)count / figure.N, filter.Link("/responses", [.. here, ("band", band)]));
    }

    static DistributionBar Distribution(NpsFigure figure, PageFilter filter, Wording words) => new(words["distribution"],
    [
        new(words["promoters"], figure.Promoters, "good") { Href = filter.Link("/responses", ("band", "promoters")) },
        new(words["passives"], figure.Passives, "mid") { Href = filter.Link("/responses", ("band", "passives")) },
        new(words["detractors"], figure.Detractors, "bad") { Href = filter.Link("/responses", ("band", "detractors")) },
    ]);
}
