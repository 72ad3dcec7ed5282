using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.KeyDrivers;
using Cem.Server.Features.Insights.Models.Quadrant;
using MediatR;

namespace Cem.Server.Features.Insights.MeasureQuadrant;

/// <summary>
/// Measures the satisfaction-influence quadrant of a survey: the one calculation behind the API, the page and the weekly
/// report, by the same models as <c>POST /api/v1/models/quadrant</c>.
/// </summary>
sealed class Handler(ScoreColumns columns, Db db) : IRequestHandler<AskQuadrant, Quadrant>
{
    /// <summary>Complete responses from which on a relationship survey speaks for the whole relation.</summary>
    const int Telling = 30;

    public Task<Quadrant> Handle(AskQuadrant request, CancellationToken cancellationToken)
    {
        var known = RatedSurveys.Read(db);
        // Rows first, then what their codes stand for: a list read later knows all of them.
        var rows = known.ToDictionary(survey => survey, survey => columns.Ratings.Of(survey.Survey.Code)?.Current ?? RatingTable.Nobody);
        var passing = RatingFilter.Passing(request.Scores, columns.Ratings.Profiles, columns.Units);
        Choice Chosen(RatedSurvey survey)
        {
            var outcome = survey.Outcome(request.Outcome);
            var factors = survey.Factors(request.Factors, outcome);
            return new(survey, outcome, factors, QuadrantSample.Of(rows[survey], passing, request.Scores, [.. factors, outcome]));
        }
        var choice = known.FirstOrDefault(survey => survey.Survey.Code == request.Survey) is { } asked ? Chosen(asked)
            : known.Select(Chosen).OrderByDescending(each => each.Survey.IsRelationship && each.Sample.N >= Telling).ThenByDescending(each => each.Sample.N)
                .ThenByDescending(each => each.Survey.IsRelationship).ThenBy(each => each.Survey.Survey.Code, StringComparer.Ordinal).FirstOrDefault();
        IReadOnlyList<QuadrantSurvey> all = [.. known.Select(survey => survey.Survey)];
        return Task.FromResult(choice is null ? Nothing(all, request.Target) : Measure(choice, all, request.Target));
    }

    static Quadrant Nothing(IReadOnlyList<QuadrantSurvey> all, double target) =>
        new(all, null, null, 0, 0, 0, null, "lmg", null, null, target, 0, QuadrantBootstrap.Seed, [], QuadrantNotes.NoSurvey, []);

    static Quadrant Measure(Choice choice, IReadOnlyList<QuadrantSurvey> all, double target)
    {
        var (survey, outcome, factors, sample) = choice;
        var refusal = QuadrantNotes.Refusal(sample, factors.Count);
        var influence = refusal is null ? KeyDriversMath.Influence(sample.All) : null;
        var points = Points(sample.All, influence);
        var cuts = influence is null ? null : QuadrantMath.Cuts(points, median: false);
        QuadrantArea?[] areas = [.. points.Select(point => cuts is { } lines && point is { Performance: { } x, Importance: { } y } ? QuadrantMath.Area(x, y, lines) : (QuadrantArea?)null)];
        var contrasts = influence is null ? new QuadrantAsymmetry?[factors.Count] : QuadrantContrasts.Of(sample, factors, outcome);
        var sure = influence is null ? null : QuadrantBootstrap.Of(sample, areas, Points);
        var measured = factors.Select((factor, j) => new QuadrantFactor(
            factor, points[j].Performance, sure?.Satisfaction[j]?.Lower, sure?.Satisfaction[j]?.Upper, points[j].Importance, sure?.Influence[j]?.Lower, sure?.Influence[j]?.Upper,
            Name(areas[j]), Crosses(sure?.Satisfaction[j], cuts?.Performance) || Crosses(sure?.Influence[j], cuts?.Importance), sure?.Stays[j],
            points[j].Importance / 100 * (target - points[j].Performance), contrasts[j]));
        return new Quadrant(
            all, survey.Survey, outcome, sample.N, sample.Excluded, sample.Accounts, influence?.R2, factors.Count > RelativeImportance.LargestExact ? "johnson" : "lmg",
            cuts?.Performance, cuts?.Importance, target, sure?.Resamples ?? 0, QuadrantBootstrap.Seed,
            [.. measured.OrderByDescending(factor => factor.Priority ?? double.NegativeInfinity).ThenBy(factor => factor.Question.Id, StringComparer.Ordinal)],
            refusal, influence is null ? [] : QuadrantNotes.Warnings(sample, factors, influence, points.Count(point => point.Placed), sure!.Resamples));

        IReadOnlyList<QuadrantPoint> Points(DriverMoments data, DriverInfluence? shares)
        {
            var percent = shares is null ? null : DriverInfluence.Percent(shares.Shares, shares.R2);
            return [.. factors.Select((factor, j) => new QuadrantPoint(factor.Id, data.N == 0 ? null : 100 * (data.Mean(j) - factor.Least) / (factor.Most - factor.Least), percent?[j]))];
        }
    }

    static string? Name(QuadrantArea? area) => area switch
    {
        QuadrantArea.Keep => "keep",
        QuadrantArea.RaiseValue => "raiseValue",
        QuadrantArea.ImproveFirst => "improveFirst",
        QuadrantArea.ImproveSecond => "improveSecond",
        _ => null,
    };

    static bool Crosses(Interval? interval, double? line) => interval is { } i && i.Lower < line && line < i.Upper;

    sealed record Choice(RatedSurvey Survey, QuadrantQuestion Outcome, IReadOnlyList<QuadrantQuestion> Factors, QuadrantSample Sample);
}
