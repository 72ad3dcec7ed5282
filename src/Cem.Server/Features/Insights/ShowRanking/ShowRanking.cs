using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Unit = Cem.Kernel.Html.Unit;

namespace Cem.Server.Features.Insights.ShowRanking;

/// <summary>Who does better than whom, as far as the answers tell: by Wilson score, what chance may have ordered bracketed.</summary>
/// <param name="Measure">csat, ces or nps; satisfaction unless said, or where recommendation ranks more of the units.</param>
/// <param name="By">The dimension ranked; branches unless said.</param>
[Access(Staff = Roles.All)]
sealed record Request(PageFilter Filter, string? Measure = null, string? By = null) : IRequest<View>;

/// <param name="State"><c>none</c> without any answer, <c>unlisted</c> without anything to compare, else <c>ranked</c>.</param>
/// <param name="Total">All answers together.</param>
/// <param name="Figure">What the share is a share of, in words.</param>
sealed record View(
    FilterBar Bar, string State, string Answer, string Figure, Estimate Total, IReadOnlyList<NavigationEntry> Measures, IReadOnlyList<NavigationEntry> Dimensions,
    RankingChart Chart, string? AsOf);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights", 505, "/insights/ranking", Roles.All)];

    public Module() =>
        Get("/insights/ranking", async ([AsParameters] PageFilter filter, string? measure, string? by, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(filter, measure, by), ct)))
            .Sends<Request>()
            .Summary("Ranking by Wilson score");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time, Wordings wordings) : IRequestHandler<Request, View>
{
    const int MostNames = 3;

    static readonly string[] Dimensions =
    [
        ScoreColumns.OrgUnit, ScoreColumns.Touchpoint, ScoreColumns.Role, ScoreColumns.Product, ScoreColumns.Tier, ScoreColumns.Survey, ScoreColumns.Channel, ScoreColumns.Region,
    ];

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var filter = request.Filter;
        var words = wordings.For("Insights/ShowRanking", caller.Language);
        var by = Dimensions.Contains(request.By) ? request.By! : ScoreColumns.OrgUnit;
        var measure = RatingScales.Measures.Contains(request.Measure) ? request.Measure! : "";
        var scores = filter.Scores(caller, columns, time) with { Measure = measure, By = [by] };
        var ranking = await mediator.Send(new AskRanking(scores), cancellationToken);
        (string, string)[] kept = [.. new[] { ("measure", measure), ("by", request.By is null ? "" : by) }.Where(pair => pair.Item2.Length > 0)];
        var title = words.Get("ranked", ("figure", words["share." + ranking.Measure]));
        return new View(
            filter.Bar(caller, columns, words, kept), columns.Store.Rows == 0 ? "none" : ranking.Units.Count == 0 ? "unlisted" : "ranked", Answer(ranking, words), words["share." + ranking.Measure],
            Show(ranking.All, ranking.All.N < Models.Bases.Show, filter.Responses(ranking.Measure)),
            [.. RatingScales.Measures.Select(each => new NavigationEntry(words["measure." + each], filter.Link("/insights/ranking", ("measure", each), ("by", request.By)), each == ranking.Measure))],
            [.. Dimensions.Select(each => new NavigationEntry(words[Heading(each)], filter.Link("/insights/ranking", ("measure", request.Measure), ("by", each)), each == by))],
            new RankingChart(title, [.. ranking.Units.Select(unit => Row(unit, ranking, filter, words))])
            {
                Least = 0, Most = 1, Overall = ranking.All.Share, UnitLabel = words[Heading(by)], FigureLabel = words["share." + ranking.Measure], ScoreLabel = words["score"],
            },
            columns.AsOf is { } at ? words.Get("asOf", ("time", words.Formats.Time(at))) : null);
    }

    static string Heading(string dimension) => "dimension." + (dimension == ScoreColumns.OrgUnit ? ScoreReader.Branch : dimension);

    /// <summary>What the order says: who leads, and how many groups can be told apart.</summary>
    static string Answer(Ranking ranking, Wording words)
    {
        var ranked = ranking.Units.Where(unit => unit.Rank is not null).ToList();
        if (ranked.Count == 0)
            return words["answer.few"];
        if (ranked.Count == 1)
            return words.Get("answer.one", ("name", words.Name(ranking.By, ranked[0].Key)));
        var first = ranked.Where(unit => unit.Tie == ranked[0].Tie).ToList();
        if (first.Count == ranked.Count)
            return words.Get("answer.tied", ("count", ranked.Count));
        var names = string.Join(words["between"], first.Take(MostNames).Select(unit => words.Name(ranking.By, unit.Key)));
        var groups = ranked.Select(unit => unit.Tie).Distinct().Count();
        return first.Count > MostNames
            ? words.Get("answer.many", ("names", names), ("more", first.Count - MostNames), ("count", ranked.Count), ("groups", groups))
            : words.Get("answer", ("names", names), ("count", ranked.Count), ("groups", groups));
    }

    RankingRow Row(RankedUnit unit, Ranking ranking, PageFilter filter, Wording words)
    {
        (string, string?)[] here = unit.Key is null ? [] : [(PageFilter.ParameterOf(ranking.By)!, unit.Key)];
        var inside = ranking.By != ScoreColumns.OrgUnit || columns.Units.Find(unit.Key!) is { } node && columns.Units.Parts(node.Id).Count > 0;
        return new RankingRow(unit.Rank, words.Name(ranking.By, unit.Key), Show(unit.Figure, unit.Rank is null, unit.Key is null ? null : filter.Responses(ranking.Measure, here)))
        {
            Score = unit.Figure.Lower, Tie = unit.Tie,
            Href = unit.Key is null ? null : inside ? filter.Link("/insights/ranking", [.. here, ("measure", ranking.Measure)]) : filter.Responses(ranking.Measure, here),
        };
    }

    static Estimate Show(ShareFigure figure, bool few, string? href) =>
        new(figure.Share, figure.Lower, figure.Upper, figure.N) { TooFew = few, Unit = Unit.Share, Href = href };
}
