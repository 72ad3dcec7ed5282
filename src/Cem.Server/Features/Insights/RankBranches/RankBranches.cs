using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Server.Features.Insights.Models;
using Cem.Server.Features.Insights.Models.WilsonRanking;
using MediatR;

namespace Cem.Server.Features.Insights.RankBranches;

/// <summary>
/// Ranks branches, or the values of another dimension, by the Wilson score of their answers: the one calculation behind the
/// API, the page and the weekly report.
/// </summary>
sealed class Handler(ScoreReader reader, ScoreColumns columns, Db db) : IRequestHandler<AskRanking, Ranking>
{
    const double Confidence = 0.95;

    public Task<Ranking> Handle(AskRanking request, CancellationToken cancellationToken)
    {
        if (request.Scores.Measure.Length > 0)
            return Task.FromResult(Rank(request.Scores));
        var (satisfaction, recommendation) = (Rank(request.Scores with { Measure = RatingScales.Satisfaction }), Rank(request.Scores with { Measure = RatingScales.Nps }));
        return Task.FromResult(satisfaction.All.N > 0 && Ranked(satisfaction) >= Ranked(recommendation) ? satisfaction : recommendation);
    }

    static int Ranked(Ranking ranking) => ranking.Units.Count(unit => unit.Rank is not null);

    Ranking Rank(ScoreQuery asked)
    {
        var by = asked.By is [var dimension] && dimension != ScoreReader.Branch ? dimension : ScoreColumns.OrgUnit;
        // By survey and question too: what counts as good is part of the question.
        var scores = asked with { By = [by, ScoreColumns.Survey, ScoreColumns.Question], Period = null, PerAccount = false };
        var scales = new RatingScales(scores.Measure, db);
        var cells = reader.Read([scores], _ => RatingScales.ColumnsOf(scores.Measure))[0];
        var counted = by == ScoreColumns.OrgUnit ? OfUnits(cells, scores.Scope, columns.Units, scales) : OfValues(cells, scales);
        var ranked = WilsonRankingMath.Rank([.. counted.Select((unit, index) => new Branch(Id(unit.Key, index), unit.Tally.Good, unit.Tally.N))], Confidence, Bases.Show);
        var places = WilsonRankingMath.Ordered(ranked).Select((unit, place) => (unit.Branch.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        return new Ranking(scores.Measure, by, Figure(ShareTally.Of(cells, scales)),
        [
            .. counted.Zip(ranked).OrderBy(pair => places.GetValueOrDefault(pair.Second.Branch.Id, int.MaxValue)).ThenByDescending(pair => pair.Second.Branch.N)
                .ThenBy(pair => pair.First.Key, StringComparer.Ordinal)
                .Select(pair => new RankedUnit(pair.First.Key, pair.Second.Rank, pair.Second.Tier, Figure(pair.First.Tally), pair.Second.Shrunk)),
        ]);
    }

    /// <summary>Every unit that is compared, also one without answers; each answer counts for the nearest of them above it.</summary>
    static List<(string? Key, ShareTally Tally)> OfUnits(IReadOnlyList<ScoreGroup> cells, long scope, OrgTree tree, RatingScales scales)
    {
        var parts = tree.Parts(scope).ToDictionary(unit => unit.Id);
        var answers = cells.ToLookup(cell => cell.Keys[0] is { } code && tree.Find(code) is { } unit ? tree.Above(unit.Id).FirstOrDefault(parts.ContainsKey) : 0);
        return [.. parts.Values.OrderBy(unit => unit.Code, StringComparer.Ordinal).Select(unit => ((string?)unit.Code, ShareTally.Of(answers[unit.Id], scales)))];
    }

    static List<(string? Key, ShareTally Tally)> OfValues(IReadOnlyList<ScoreGroup> cells, RatingScales scales) =>
        [.. cells.GroupBy(cell => cell.Keys[0]).Select(same => (same.Key, ShareTally.Of(same, scales)))];

    /// <summary>The model orders equals by their id; answers without a value come last.</summary>
    static string Id(string? key, int index) => key ?? "\uffff" + index;

    static ShareFigure Figure(ShareTally tally) => new(tally.N, tally.Good, tally.Share, tally.Interval?.Lower, tally.Interval?.Upper);
}
