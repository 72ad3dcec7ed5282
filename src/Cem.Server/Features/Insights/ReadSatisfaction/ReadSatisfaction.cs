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
/// <param name="Compare">previous: against as many days before. None unless said.</param>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(string Measure, InsightFilter Filter, string? Compare = null) : IRequest<Response>;

sealed record Response(string Measure, DateOnly From, DateOnly To, IReadOnlyList<string> By, string? Period, DateTimeOffset? AsOf, Satisfaction Total, IReadOnlyList<Satisfaction> Rows);

/// <summary>One cell, in percent.</summary>
/// <param name="Share">Satisfied answers (ces: 5 to 7) of all; null when nobody answered.</param>
/// <param name="Lower">Lower bound of Wilson's 95 % interval.</param>
/// <param name="Net">Share minus the share of as many ratings at the other end of the scale (ces: 1 to 3).</param>
/// <param name="Mean">Mean rating; null where questions of different scales are mixed.</param>
/// <param name="Index">Mean from 0 (every rating the lowest) to 100.</param>
sealed record Satisfaction(
    IReadOnlyDictionary<string, string?> Keys, DateOnly? Start, int N, int Excluded, int Satisfied, double? Share, double? Lower, double? Upper,
    double? Net, double? Mean, double? Index, bool TooFew, bool Stable, ShareComparison? Comparison);

/// <summary>Against the days before, in percentage points: Newcombe's interval; Fisher's exact p where a count is small, else the pooled z.</summary>
/// <param name="Significant">At 5 %, after Benjamini-Hochberg over the rows; never where either side has too few answers.</param>
sealed record ShareComparison(int N, double? Share, double? Change, double? Lower, double? Upper, double? P, bool Significant);

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
    static readonly string[] Comparisons = ["previous"];

    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.Compare is not null && !Comparisons.Contains(request.Compare))
            throw InsightFilter.Choice("compare", Comparisons);
        var scores = request.Filter.Scores(request.Measure, caller, columns, time);
        if (scores.By!.Contains(ScoreReader.Account))
            throw InsightFilter.Choice("by", [.. ScoreReader.Dimensions.Where(name => name != ScoreReader.Account)]);
        var (from, to, asOf) = (scores.From!.Value, scores.To!.Value, columns.AsOf);
        var scales = new RatingScales(db.Query<CodingRow>(Sql.Codings, new { request.Measure }).Select(row => (row.SurveyCode, row.Question, row.Coding)));
        // By survey and question too: what counts as satisfied is part of the question.
        var detailed = scores with { By = [.. scores.By!, ScoreColumns.Survey, ScoreColumns.Question] };
        var before = detailed with { From = from.AddDays(from.DayNumber - to.DayNumber - 1), To = from.AddDays(-1), Period = null };
        var cells = reader.Read(request.Compare is null ? [detailed] : [detailed, before], _ => RatingScales.Ratings);
        var compared = request.Compare is null ? null : cells[1];
        var rows = Satisfactions.Of(cells[0], compared, scores.By!, scales, request.Measure);
        var total = Satisfactions.Of([.. cells[0].Select(cell => cell with { Period = null })], compared, [], scales, request.Measure);
        return Task.FromResult(new Response(request.Measure, from, to, scores.By!, scores.Period, asOf, total.Count > 0 ? total[0] : Satisfactions.None,
            scores.By!.Count > 0 || scores.Period is not null ? rows : []));
    }
}

file sealed record CodingRow(string SurveyCode, string Question, string Coding);

file static class Sql
{
    // The newest version of a question says how it is read.
    public const string Codings = """
        SELECT survey_code, question, coding FROM surveys_v_questions WHERE measure = @Measure ORDER BY version
        """;
}
