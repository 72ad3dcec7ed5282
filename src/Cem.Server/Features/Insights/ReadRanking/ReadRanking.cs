using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Insights.ReadRanking;

/// <summary>
/// The ranking of branches for other systems, by Wilson score: units with too few answers are listed unranked, and neighbours
/// that chance may have ordered share a tie.
/// </summary>
/// <param name="Measure">csat, ces or nps; satisfaction unless said, or where nps ranks more of the units.</param>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(InsightFilter Filter, string? Measure = null) : IRequest<Response>;

/// <param name="By">The dimension ranked; orgUnit stands for the branches below the scope, or what lies directly below it.</param>
/// <param name="AsOf">When the newest answer that is counted in was completed.</param>
/// <param name="Total">All answers of the scope.</param>
/// <param name="Rows">Ranked ones first, in their order.</param>
sealed record Response(string Measure, DateOnly From, DateOnly To, string By, string? OrgUnit, DateTimeOffset? AsOf, Share Total, IReadOnlyList<Row> Rows);

/// <summary>A share of good answers in percent.</summary>
/// <param name="Good">Satisfied (csat), easy (ces) or promoters (nps).</param>
/// <param name="Lower">Lower bound of Wilson's 95 % interval.</param>
sealed record Share(int N, int Good, double? Percent, double? Lower, double? Upper);

/// <param name="Key">Code of the unit, or the value of the dimension; null for answers that have none.</param>
/// <param name="Name">Of an org unit.</param>
/// <param name="Rank">1, 2, 2, 4; null for too few answers.</param>
/// <param name="Tie">Neighbours of the same tie are not told apart.</param>
/// <param name="Score">The Wilson score, in percent: with 95 % confidence the share is not below it.</param>
/// <param name="Shrunk">The share drawn towards that of all units, in percent; null where units do not differ.</param>
sealed record Row(string? Key, string? Name, int? Rank, int? Tie, bool TooFew, double? Score, Share Share, double? Shrunk);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/insights/ranking", async Task<Ok<Response>> ([AsParameters] InsightFilter filter, string? measure, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(filter, measure), ct)))
            .Sends<Request>()
            .Summary("Ranking")
            .Describe("Branches, or the values of one other dimension, by the Wilson score of their share of good answers. Fewer than 5 answers are not ranked.");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time) : IRequestHandler<Request, Response>
{
    static readonly string[] Dimensions = [.. ScoreReader.Dimensions.Except([ScoreReader.Account, ScoreColumns.Question])];

    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.Measure is not null && !RatingScales.Measures.Contains(request.Measure))
            throw InsightFilter.Choice("measure", RatingScales.Measures);
        var scores = request.Filter.Scores(request.Measure ?? "", caller, columns, time);
        if (scores.By!.Except(Dimensions).Any())
            throw InsightFilter.Choice("by", Dimensions);
        if (scores.By!.Count > 1)
            throw Problem.Rule("by", "dimensions", ("One dimension is ranked at a time.", "每次只能按一个维度排名。"));
        var (units, asOf) = (columns.Units, columns.AsOf);
        var ranking = await mediator.Send(new AskRanking(scores), cancellationToken);
        return new Response(ranking.Measure, scores.From!.Value, scores.To!.Value, ranking.By, units.Find(scores.Scope)?.Code, asOf, Percent(ranking.All),
        [
            .. ranking.Units.Select(unit => new Row(
                unit.Key, ranking.By == ScoreColumns.OrgUnit && unit.Key is { } code ? units.Find(code)?.Name : null, unit.Rank, unit.Tie, unit.Rank is null,
                100 * unit.Figure.Lower, Percent(unit.Figure), 100 * unit.Shrunk)),
        ]);
    }

    static Share Percent(ShareFigure figure) => new(figure.N, figure.Good, 100 * figure.Share, 100 * figure.Lower, 100 * figure.Upper);
}
