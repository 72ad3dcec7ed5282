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
/// <param name="Grain">day, week, month or quarter; weeks, or months of a whole year, unless said.</param>
/// <param name="Compare">What changes are held against: previous unless said, trailing or lastYear.</param>
[Access(Staff = Roles.All)]
sealed record Request(PageFilter Filter, string? By = null, string? Grain = null, string? Compare = null) : IRequest<View>;

/// <param name="Method">How the interval was made, in words.</param>
/// <param name="OneVote">The account view.</param>
/// <param name="Periods">The newest first, at most <paramref name="MostPeriods"/>.</param>
sealed record View(
    FilterBar Bar, bool Empty, string Answer, Estimate Nps, Change Change, string Method, Estimate OneVote, TrendChart Trend, string TrendTitle, DistributionBar Distribution,
    IReadOnlyList<NavigationEntry> Dimensions, string Heading, IReadOnlyList<Row> Rows, string Against, string PeriodHeading, IReadOnlyList<PeriodRow> Periods, int MostPeriods, string? AsOf);

/// <param name="Href">Null where the answers have no value of the dimension: what is not there cannot be asked for.</param>
sealed record Row(string Name, string? Href, Estimate Estimate, int Accounts, Move Move, IReadOnlyList<Band> Bands, string? ResponsesHref);

/// <param name="Moves">Against the period before, the twelve before, and the same a year before.</param>
sealed record PeriodRow(string Name, Estimate Estimate, string ResponsesHref, IReadOnlyList<Move> Moves);

/// <param name="Share">Of those who answered.</param>
sealed record Band(double Share, string? Href);

/// <summary>A change as a cell shows it.</summary>
/// <param name="Sign"><c>up</c>, <c>down</c>, <c>none</c> or <c>few</c>: only what is told from chance moves.</param>
sealed record Move(double? Difference, string Sign)
{
    public static Move Of(NpsFigure figure) => new(
        figure.Change, figure.TooFew || figure.CompareN is null or < Models.Bases.Show ? "few" : !figure.Significant ? "none" : figure.Change > 0 ? "up" : "down");
}

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights", 500, "/insights/nps", Roles.All)];

    public Module() =>
        Get("/insights/nps", async ([AsParameters] PageFilter filter, string? by, string? grain, string? compare, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(filter, by, grain, compare), ct)))
            .Sends<Request>()
            .Summary("Net Promoter Score in detail");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time, Wordings wordings) : IRequestHandler<Request, View>
{
    static readonly string[] Dimensions =
    [
        ScoreReader.Branch, ScoreColumns.Touchpoint, ScoreColumns.Role, ScoreColumns.Product, ScoreColumns.Tier, ScoreColumns.Survey, ScoreColumns.Channel, ScoreColumns.Region,
    ];

    const int MostPeriods = 26;

    static readonly string[] Grains = ["day", "week", "month", "quarter"];

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var filter = request.Filter;
        var words = wordings.For("Insights/ShowNps", caller.Language);
        var scores = filter.Scores(caller, columns, time);
        var by = Dimensions.Contains(request.By) ? request.By! : Dimensions.First(dimension => !scores.Filter.ContainsKey(dimension));
        var grain = Grains.Contains(request.Grain) ? request.Grain! : filter.Grain;
        var compare = Baselines.Known.Contains(request.Compare) ? request.Compare! : Baselines.Known[0];
        var baseline = Baselines.Of(compare, scores);
        var total = new NpsQuery(scores, baseline.From, baseline.To);
        var trend = scores with { Period = grain };
        var figures = await mediator.Send(new AskNps(
            [total, total with { Scores = scores with { By = [by] } }, .. Baselines.Known.Select((against, index) => new NpsQuery(trend, Against: against) { Clustered = index == 0 })]), cancellationToken);
        var all = figures[0] is [var one] ? one : Nobody;
        var against = words.Against(compare, filter.Weeks);
        (string, string)[] kept = request.By is null ? [] : [("by", by)];
        (string, string?)[] chosen = [("grain", request.Grain is null ? null : grain), ("compare", request.Compare is null ? null : compare)];
        // One period says little against the one before: unless asked for, the course is held against the twelve before.
        var course = figures[2].Zip(figures[2 + Baselines.Known.ToList().IndexOf(request.Compare is null ? "trailing" : compare)], (figure, held) => figure with { Change = held.Change, Significant = held.Significant });
        return new View(
            Bar(filter.Bar(caller, columns, words, kept), grain, filter.Grain, compare, words), columns.Store.Rows == 0, words.Verdict(all, against), Wording.Estimate(all, filter.Responses("nps")), Wording.Change(all, against),
            words.Get("method." + all.Method, ("accounts", words.Formats.Number(all.Accounts))),
            new Estimate(all.AccountNps, all.OneVote?.Lower, all.OneVote?.Upper, all.Accounts) { TooFew = all.Accounts < Models.Bases.Show },
            NpsTrend.Chart(words["trend." + grain], trend, [.. course], words, filter), words["trend." + grain], Distribution(all, filter, words),
            [.. Dimensions.Select(dimension => new NavigationEntry(words["dimension." + dimension], filter.Link("/insights/nps", [("by", dimension), .. chosen]), dimension == by))],
            words["dimension." + by],
            [.. figures[1].OrderBy(figure => figure.TooFew).ThenByDescending(figure => figure.Nps).Select(figure => Show(by, figure, filter, words))], against, words["grain." + grain],
            [.. Enumerable.Range(0, figures[2].Count).Reverse().Take(MostPeriods).Select(index => Period(trend, [.. figures.Skip(2).Select(table => table[index])], filter, words))], MostPeriods,
            columns.AsOf is { } at ? words.Get("asOf", ("time", words.Formats.Time(at))) : null);
    }

    /// <summary>The filter bar with what this page alone lets one choose, beside the period.</summary>
    static FilterBar Bar(FilterBar bar, string grain, string usual, string compare, Wording words) => bar with
    {
        Fields =
        [
            .. bar.Fields.Take(2),
            new FilterField("grain", words["filter.grain"], grain, [.. Grains.Select(each => new Option(each, words["grain." + each]))]) { Default = usual },
            new FilterField("compare", words["filter.compare"], compare, [.. Baselines.Known.Select(each => new Option(each, words["compare." + each]))]) { Default = Baselines.Known[0] },
            .. bar.Fields.Skip(2),
        ],
    };

    static PeriodRow Period(ScoreQuery trend, IReadOnlyList<NpsFigure> held, PageFilter filter, Wording words)
    {
        var start = held[0].Period!.Value;
        var href = filter.ResponsesOf(trend, start, CalendarPeriod.Next(trend.Period!, start).AddDays(-1));
        return new PeriodRow(words.Period(trend.Period!, start).Name, Wording.Estimate(held[0], href), href, [.. held.Select(Move.Of)]);
    }

    static readonly NpsFigure Nobody = new([], null, 0, 0, 0, 0, 0, null, null, null, null, "adjusted-wald", 0, null, true, null, null, null, null, null, null, false);

    static Row Show(string by, NpsFigure figure, PageFilter filter, Wording words)
    {
        var key = figure.Keys[0];
        (string, string?)[] here = key is null ? [] : [(PageFilter.ParameterOf(by)!, key)];
        return new Row(words.Name(by, key), key is null ? null : filter.Link("/insights/nps", here), Wording.Estimate(figure), figure.Accounts, Move.Of(figure),
            [Part("promoters", figure.Promoters), Part("passives", figure.Passives), Part("detractors", figure.Detractors)], key is null ? null : filter.Responses("nps", here));

        Band Part(string band, int count) => new(figure.N == 0 ? 0 : (double)count / figure.N, key is null ? null : filter.Responses("nps", [.. here, ("band", band)]));
    }

    static DistributionBar Distribution(NpsFigure figure, PageFilter filter, Wording words) => new(words["distribution"],
    [
        new(words["promoters"], figure.Promoters, "good") { Href = filter.Responses("nps", ("band", "promoters")) },
        new(words["passives"], figure.Passives, "mid") { Href = filter.Responses("nps", ("band", "passives")) },
        new(words["detractors"], figure.Detractors, "bad") { Href = filter.Responses("nps", ("band", "detractors")) },
    ]);
}
