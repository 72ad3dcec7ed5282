using Cem.Contracts.Indicators;
using Cem.Contracts.Insights;
using Cem.Kernel.Statistics;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Journeys;

/// <summary>How one touchpoint stands.</summary>
/// <param name="Measure">index 0-100, nps -100-100, csat or ces as shares 0-1.</param>
/// <param name="Change">Against as many days before; null where either is empty.</param>
/// <param name="Significant">Null where it cannot be told.</param>
/// <param name="Indicator">The code of the indicator it is; null for answers.</param>
/// <param name="Target">From here on the indicator is where it should be; null where none is set.</param>
/// <param name="Threshold">Below here it must not fall; null where none is set.</param>
sealed record TouchpointScore(
    string Measure, double Value, double? Low, double? High, long N, bool TooFew, double? Change, bool? Significant, string? Indicator = null, double? Target = null, double? Threshold = null)
{
    public static TouchpointScore? Of(IndicatorFigure it) => it.Score is not { } score ? null
        : new(MapFilter.Index, score, it.Lower, it.Upper, it.N, it.TooFew, it.Change, it.Significant, it.Code, it.TargetScore, it.ThresholdScore);

    /// <summary>Whether the library says what is good and poor.</summary>
    public bool OwnLines => Target is not null || Threshold is not null;

    /// <summary>From here on a score counts as good; past its threshold it does not, whatever the target says.</summary>
    public double GoodFrom => OwnLines ? Math.Max(Target ?? double.MinValue, Threshold ?? double.MinValue) : Line;

    /// <summary>Below here a score counts as poor.</summary>
    public double PoorBelow => Threshold ?? Target ?? Line;

    /// <summary>
    /// good or bad where the whole interval lies on one side of the line, else good-soft or bad-soft; between where it is short
    /// of its target and not past its threshold; few where nothing may be concluded.
    /// </summary>
    public string Tone => TooFew ? "few"
        : (Low ?? Value) >= GoodFrom ? "good"
        : (High ?? Value) < PoorBelow ? "bad"
        : Value >= GoodFrom ? "good-soft"
        : Value < PoorBelow ? "bad-soft"
        : "between";

    /// <summary>Where nothing of its own is set: between detractors and passives for the index (as for accounts), as many promoters as detractors, 70 % satisfied or easy.</summary>
    double Line => Measure switch { MapFilter.Index => IndexLine, MapFilter.Nps => 0, _ => 0.7 };

    public const double IndexLine = 65;
}

/// <summary>The live scores behind a map: indicators of the library, and of each touchpoint what was asked for.</summary>
/// <param name="ByTouchpoint">Only those that are measured.</param>
sealed record LiveScores(IReadOnlyDictionary<string, TouchpointScore> ByTouchpoint, IReadOnlyDictionary<string, IndicatorFigure> Indicators, IReadOnlyDictionary<string, IReadOnlyList<IndicatorFigure>> Below)
{
    public static readonly LiveScores None = new(new Dictionary<string, TouchpointScore>(), new Dictionary<string, IndicatorFigure>(), new Dictionary<string, IReadOnlyList<IndicatorFigure>>());
}

/// <summary>Asks Insights and Indicators; answered from memory.</summary>
sealed class TouchpointScores(IMediator mediator, CompanyTime time)
{
    const int Few = 5;

    public async Task<LiveScores> Read(MapFilter filter, long scope, CancellationToken ct)
    {
        var (now, before) = (filter.Scores("nps", scope, time), filter.Scores("nps", scope, time, before: true));
        var indicators = await mediator.Send(new AskIndicators(scope, now.From!.Value, now.To!.Value, before.From, before.To) { Filter = now.Filter }, ct);
        var hung = Hung(indicators);
        var scores = filter.MeasureName switch
        {
            MapFilter.Index => await Index(filter, scope, indicators, ct),
            MapFilter.Nps => await Nps(filter, scope, ct),
            var share => await Shares(filter, share, scope, ct),
        };
        return new LiveScores(scores, indicators.ToDictionary(each => each.Code, StringComparer.Ordinal), hung);
    }

    /// <summary>The indicator that hangs on the touchpoint, the highest in the tree; where none has a score, its recommendation.</summary>
    async Task<Dictionary<string, TouchpointScore>> Index(MapFilter filter, long scope, IReadOnlyList<IndicatorFigure> indicators, CancellationToken ct)
    {
        var scores = await Nps(filter, scope, ct);
        foreach (var same in indicators.Where(each => each is { Touchpoint: not null, Score: not null }).GroupBy(each => each.Touchpoint!))
            scores[same.Key] = TouchpointScore.Of(same.MinBy(each => each.Level)!)!;
        return scores;
    }

    async Task<Dictionary<string, TouchpointScore>> Nps(MapFilter filter, long scope, CancellationToken ct)
    {
        var before = filter.Scores("nps", scope, time, before: true);
        var figures = await mediator.Send(new AskNps([new NpsQuery(filter.Scores("nps", scope, time), before.From, before.To)]), ct);
        return figures[0].Where(figure => figure.Keys[0] is not null && figure.Nps is not null).ToDictionary(figure => figure.Keys[0]!, figure => new TouchpointScore(
            MapFilter.Nps, figure.Nps!.Value, figure.Lower, figure.Upper, figure.N, figure.TooFew, figure.Change, figure.TooFew || figure.CompareN is null or < Few ? null : figure.Significant), StringComparer.Ordinal);
    }

    /// <summary>Shares of good answers, each against the days before by Fisher or pooled z (models.md 3.2), Benjamini-Hochberg over the touchpoints.</summary>
    async Task<Dictionary<string, TouchpointScore>> Shares(MapFilter filter, string measure, long scope, CancellationToken ct)
    {
        var now = await mediator.Send(new AskRanking(filter.Scores(measure, scope, time)), ct);
        var before = (await mediator.Send(new AskRanking(filter.Scores(measure, scope, time, before: true)), ct)).Units.Where(unit => unit.Key is not null).ToDictionary(unit => unit.Key!, unit => unit.Figure);
        var units = now.Units.Where(unit => unit is { Key: not null, Figure.Share: not null }).ToList();
        var tested = units.Where(unit => unit.Figure.N >= Few && before.GetValueOrDefault(unit.Key!)?.N >= Few).Select(unit => (Key: unit.Key!, P: P(unit.Figure, before[unit.Key!]))).Where(pair => pair.P is not null).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(pair => pair.P!.Value)]);
        var significant = tested.Zip(adjusted).ToDictionary(pair => pair.First.Key, pair => pair.Second <= 0.05);
        return units.ToDictionary(unit => unit.Key!, unit => new TouchpointScore(
            measure, unit.Figure.Share!.Value, unit.Figure.Lower, unit.Figure.Upper, unit.Figure.N, unit.Figure.N < Few,
            unit.Figure.Share - before.GetValueOrDefault(unit.Key!)?.Share, significant.TryGetValue(unit.Key!, out var told) ? told : null), StringComparer.Ordinal);
    }

    static double? P(ShareFigure now, ShareFigure before) => ShareTests.SmallestExpected(now.Good, now.N, before.Good, before.N) < 5
        ? ShareTests.Fisher(now.Good, now.N, before.Good, before.N)
        : ShareTests.PooledZ(now.Good, now.N, before.Good, before.N) is { } z ? Normal.TwoSidedP(z) : null;

    /// <summary>The indicators below those that hang on a touchpoint, or these themselves where nothing is below.</summary>
    static Dictionary<string, IReadOnlyList<IndicatorFigure>> Hung(IReadOnlyList<IndicatorFigure> indicators)
    {
        var all = indicators.ToDictionary(each => each.Code, StringComparer.Ordinal);
        var parents = indicators.Select(each => each.Parent).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return indicators.Where(each => !parents.Contains(each.Code)).Select(each => (Touchpoint: Place(each), Figure: each)).Where(pair => pair.Touchpoint is not null)
            .GroupBy(pair => pair.Touchpoint!).ToDictionary(same => same.Key, same => (IReadOnlyList<IndicatorFigure>)[.. same.Select(pair => pair.Figure)], StringComparer.Ordinal);

        string? Place(IndicatorFigure each) => each.Touchpoint ?? (each.Parent is { } parent ? Place(all[parent]) : null);
    }
}
