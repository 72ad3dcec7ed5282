using System.Text.Json.Serialization;
using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Insights.ReadQuadrant;

/// <summary>
/// The satisfaction-influence quadrant for other systems: of every factor question how much it has to do with the outcome, how
/// satisfied people are with it, and what that calls for.
/// </summary>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(Parameters Asked) : IRequest<Response>;

/// <param name="From">First day, YYYY-MM-DD; 91 days (13 weeks) up to <paramref name="To"/> unless said.</param>
/// <param name="To">Last day, inclusive; today unless said.</param>
/// <param name="Survey">Code; the survey that tells most unless said, a relationship survey first.</param>
/// <param name="Outcome">Question id; the recommendation question unless said, or the first one rated.</param>
/// <param name="Factors">Question ids, separated by commas; the rated questions that may be left open unless said, or all but the outcome.</param>
/// <param name="Target">The satisfaction aimed at, 0 to 100; 100 unless said.</param>
/// <param name="OrgUnit">Code of an org unit: it and what lies below it.</param>
/// <param name="Segment">The tier of the account.</param>
sealed record Parameters(
    string? From = null, string? To = null, string? Survey = null, string? Outcome = null, string? Factors = null, double? Target = null, string? OrgUnit = null,
    string? Touchpoint = null, string? Segment = null, string? Product = null, string? Channel = null, string? Role = null, string? Region = null);

/// <param name="N">Responses that rate the outcome and all factors; the others are <paramref name="Excluded"/>.</param>
/// <param name="Accounts">Accounts behind them.</param>
/// <param name="R2">What share of the differences in the outcome the factors explain; null with the reason in <paramref name="Refusal"/>.</param>
/// <param name="SatisfactionLine">Mean satisfaction of the factors: below it is low.</param>
/// <param name="InfluenceLine">Mean influence of the factors: below it is low.</param>
/// <param name="Resamples">Drawn for the intervals, by account; 0 where there are too few.</param>
/// <param name="ImproveFirst">Factors of high influence and low satisfaction, the largest influence x gap first.</param>
/// <param name="Factors">All, the largest influence x gap first.</param>
sealed record Response(
    string? Survey, string? Outcome, DateOnly From, DateOnly To, DateTimeOffset? AsOf, int N, int Excluded, int Accounts, double? R2, string Method,
    double? SatisfactionLine, double? InfluenceLine, double Target, int Resamples, int Seed, IReadOnlyList<string> ImproveFirst, IReadOnlyList<Factor> Factors,
    Note? Refusal, IReadOnlyList<Note> Warnings);

/// <param name="Satisfaction">Mean rating from 0 (all the lowest) to 100, with its 95 % interval.</param>
/// <param name="Influence">Share of R2 in percent, with its 95 % interval; null where it cannot be told.</param>
/// <param name="Quadrant">keep, improveFirst, improveSecond or raiseValue; null where it is not placed.</param>
/// <param name="Borderline">Whether an interval crosses one of the lines.</param>
/// <param name="Stays">In what share of the resamples it lies in this quadrant.</param>
/// <param name="Priority">Influence (0 to 1) x gap to the target, in points.</param>
/// <param name="Asymmetry">Whether it is a must-have (basic), performance or delighter (excitement): what low and high ratings of it do to the outcome, in points of 100.</param>
sealed record Factor(
    string Question, Words Text, double? Satisfaction, double? SatisfactionLower, double? SatisfactionUpper, double? Influence, double? InfluenceLower, double? InfluenceUpper,
    string? Quadrant, bool Borderline, double? Stays, double? Priority, QuadrantAsymmetry? Asymmetry);

sealed record Note(string Code, Words Text);

sealed record Words(string En, [property: JsonPropertyName("zh-CN")] string Zh);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/insights/quadrant", async Task<Ok<Response>> ([AsParameters] Parameters asked, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(asked), ct)))
            .Sends<Request>()
            .Summary("Satisfaction-influence quadrant")
            .Describe("What to keep, to improve first and second, and where to raise value: influence as the LMG share of R2 (Johnson's weights above 18 factors), satisfaction 0 to 100, intervals by a seeded bootstrap of accounts; and of each factor whether it is a must-have, performance or delighter, by what low and high ratings of it do to the outcome (penalty-reward contrast, errors clustered by account). What cannot be computed is null, with the reason.");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time) : IRequestHandler<Request, Response>
{
    const int MostFactors = 60;

    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var asked = request.Asked;
        var scores = new InsightFilter(asked.From, asked.To, OrgUnit: asked.OrgUnit, Touchpoint: asked.Touchpoint, Segment: asked.Segment, Product: asked.Product, Channel: asked.Channel, Role: asked.Role, Region: asked.Region)
            .Scores("", caller, columns, time);
        var target = asked.Target ?? 100;
        if (target is not (>= 0 and <= 100))
            throw Problem.Rule("target", "range", ("The target lies between 0 and 100.", "目标须在 0 到 100 之间。"));
        var factors = asked.Factors?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var asOf = columns.AsOf;
        var quadrant = await mediator.Send(new AskQuadrant(scores, asked.Survey, asked.Outcome, factors, target), cancellationToken);
        Check(asked, factors, quadrant);
        return new Response(
            quadrant.Survey?.Code, quadrant.Outcome?.Id, scores.From!.Value, scores.To!.Value, asOf, quadrant.N, quadrant.Excluded, quadrant.Accounts, quadrant.R2, quadrant.Method,
            quadrant.SatisfactionLine, quadrant.InfluenceLine, target, quadrant.Resamples, quadrant.Seed,
            [.. quadrant.Factors.Where(factor => factor.Area == "improveFirst").Select(factor => factor.Question.Id)],
            [
                .. quadrant.Factors.Select(factor => new Factor(
                    factor.Question.Id, new(factor.Question.English, factor.Question.Chinese), factor.Satisfaction, factor.SatisfactionLower, factor.SatisfactionUpper,
                    factor.Influence, factor.InfluenceLower, factor.InfluenceUpper, factor.Area, factor.Borderline, factor.Stays, factor.Priority, factor.Asymmetry)),
            ],
            quadrant.Refusal is { } refusal ? Of(refusal) : null, [.. quadrant.Warnings.Select(Of)]);
    }

    /// <summary>Names what was asked for and does not exist; the quadrant was made of something else instead.</summary>
    static void Check(Parameters asked, string[]? factors, Quadrant quadrant)
    {
        if (!string.IsNullOrEmpty(asked.Survey) && asked.Survey != quadrant.Survey?.Code)
            throw Problem.NotFound("survey-not-found", ($"There is no published survey '{asked.Survey}' that rates an outcome and at least two factors.", $"没有已发布且包含结果题和至少两个评分因素的问卷“{asked.Survey}”。"));
        var known = quadrant.Survey?.Questions.Select(question => question.Id).ToHashSet() ?? [];
        if (!string.IsNullOrEmpty(asked.Outcome) && asked.Outcome != quadrant.Outcome?.Id)
            throw Problem.Rule("outcome", "question-not-found", ($"The survey has no rated question '{asked.Outcome}'; it has {string.Join(", ", known)}.", $"该问卷没有评分题“{asked.Outcome}”；可选：{string.Join("、", known)}。"));
        if (factors is null)
            return;
        if (factors.Except(known).ToList() is { Count: > 0 } missing)
            throw Problem.Rule("factors", "question-not-found", ($"The survey has no rated questions {string.Join(", ", missing)}; it has {string.Join(", ", known)}.", $"该问卷没有评分题 {string.Join("、", missing)}；可选：{string.Join("、", known)}。"));
        if (quadrant.Outcome is { } outcome && factors.Contains(outcome.Id))
            throw Problem.Rule("factors", "outcome", ("The outcome cannot be its own factor.", "结果题不能同时作为因素。"));
        if (factors.Distinct().Count() is not (>= RatedSurvey.LeastFactors and <= MostFactors) || factors.Distinct().Count() != factors.Length)
            throw Problem.Rule("factors", "count", ($"{RatedSurvey.LeastFactors} to {MostFactors} factors are needed, each once.", $"须为 {RatedSurvey.LeastFactors} 到 {MostFactors} 个因素，且不重复。"));
    }

    static Note Of(QuadrantNote note) => new(note.Code, new(note.English, note.Chinese));
}
