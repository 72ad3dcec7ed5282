using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Insights;

/// <summary>The course of the NPS as a chart: every period of the range, empty ones as gaps, each a link to its answers.</summary>
static class NpsTrend
{
    public static TrendChart Chart(string title, ScoreQuery scores, IReadOnlyList<NpsFigure> figures, Wording words, PageFilter filter)
    {
        var byPeriod = figures.ToDictionary(figure => figure.Period!.Value);
        var points = new List<TrendPoint>();
        for (var start = CalendarPeriod.StartOf(scores.Period!, scores.From!.Value)!.Value; start <= scores.To; start = CalendarPeriod.Next(scores.Period!, start))
        {
            var (label, name) = words.Period(scores.Period!, start);
            points.Add(byPeriod.GetValueOrDefault(start) is { } figure
                ? new TrendPoint(label, name, Wording.Estimate(figure, filter.ResponsesOf(scores, start, CalendarPeriod.Next(scores.Period!, start).AddDays(-1)))) { Tone = !figure.Significant ? "none" : figure.Change > 0 ? "good" : "bad" }
                : new TrendPoint(label, name, new Estimate(null, null, null, 0)));
        }
        return new TrendChart(title, points) { Least = -100, Most = 100 };
    }
}
