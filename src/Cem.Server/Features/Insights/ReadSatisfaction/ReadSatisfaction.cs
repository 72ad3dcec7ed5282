using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Insights.ReadSatisfaction;

/// <summary>
/// Satisfaction (CSAT) and ease (CES) for other systems: the share of satisfied answers, as each question says what that is,
/// by any dimensions and periods, each with its n and Wilson's interval, and whether it has changed.
/// </summary>
/// <param name="Measure">csat or ces.</param>
/// <param name="Compare">
/// previous (the days before, as many; with a period, the period before), trailing (with a period: the 12 before, pooled;
/// else the 91 days before) or lastYear; none unless said.
/// </param>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(string Measure, InsightFilter Filter, string? Compare = null) : IRequest<Response>;

sealed record Response(string Measure, DateOnly From, DateOnly To, IReadOnlyList<string> By, string? Period, DateTimeOffset? AsOf, Satisfaction Total, IReadOnlyList<Satisfaction> Rows);

/// <summary>One cell, in percent.</summary>
/// <param name="Share">Satisfied answers (ces: 5 to 7) of all; null when nobody answered.</param>
/// <param name="Lower">Lower bound of Wilson's 95 % interval.</param>
/// <param name="Net">Share minus the share of as many ratings at the other end of the scale (ces: 1 to 3).</param>
/// <param name="Mean">Mean rating; null where questions of different scales are mixed.</param>
/// <param name="MeanLower">Lower bound of Student's 95 % interval of the mean; null for one answer.</param>
/// <param name="Index">Mean from 0 (every rating the lowest) to 100.</param>
sealed record Satisfaction(
    IReadOnlyDictionary<string, string?> Keys, DateOnly? Start, int N, int Excluded, int Satisfied, double? Share, double? Lower, double? Upper,
    double? Net, double? Mean, double? MeanLower, double? MeanUpper, double? Index, bool TooFew, bool Stable, ShareComparison? Comparison);

/// <summary>Against the comparison asked for, in percentage points: Newcombe's interval; Fisher's exact p where a count is small, else the pooled z.</summary>
/// <param name="MeanChange">Of the mean rating; null where scales are mixed.</param>
/// <param name="MeanP">Welch's t; null where it is undefined.</param>
/// <param name="Significant">Of the share, At 5 %, after Benjamini-Hochberg over the rows; never where either side has too few answers.</param>
sealed record ShareComparison(int N, double? Share, double? Change, double? Lower, double? Upper, double? P, double? Mean, double? MeanChange, double? MeanP, bool Significant);

sealed class Module : Routes
{
    public Module()
    {
        Add("csat", "Satisfaction (CSAT)");
        Add("ces", "Ease (CES)");
    }

    void Add(string measure, string title) =>
        Get($"/api/v1/insights/{measure}", async Task<Ok<Response>> ([AsParameters] InsightFilter filter, string? compare, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(measure, filter, compare), ct)))
            .Sends<Request>()
            .Summary(title)
            .Describe("The share of satisfied answers by any dimensions and periods, with n, Wilson's interval and significance.");
}

sealed class Handler(ScoreReader reader, Db db, Caller caller, ScoreColumns columns, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.Compare is not null && !Baselines.Known.Contains(request.Compare))
            throw InsightFilter.Choice("compare", Baselines.Known);
        var scores = request.Filter.Scores(request.Measure, caller, columns, time);
        if (scores.By!.Contains(ScoreReader.Account))
            throw InsightFilter.Choice("by", [.. ScoreReader.Dimensions.Where(name => name != ScoreReader.Account)]);
        var asOf = columns.AsOf;
        var scales = new RatingScales(request.Measure, db);
        var total = Satisfactions.Of(scores with { By = [], Period = null }, request.Compare, scales, reader);
        var rows = scores.By!.Count > 0 || scores.Period is not null ? Satisfactions.Of(scores, request.Compare, scales, reader) : [];
        return Task.FromResult(new Response(request.Measure, scores.From!.Value, scores.To!.Value, scores.By!, scores.Period, asOf, total.Count > 0 ? total[0] : Satisfactions.None, rows));
    }
}
