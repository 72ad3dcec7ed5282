using Cem.Contracts.Insights;
using Cem.Server.Features.Insights.Models.Nps;

namespace Cem.Server.Features.Insights.MeasureNps;

/// <summary>What each cell of a query is held against: the same keys in other days, or in other periods.</summary>
static class Baselines
{
    /// <summary>How many periods before are pooled, and how far back the last one with answers is looked for.</summary>
    const int Trailing = 12;

    const int DaysOfAYear = 52 * 7;

    /// <summary>The answers to read beside those of the query; null for none.</summary>
    public static ScoreQuery? QueryFor(NpsQuery query) => query switch
    {
        { CompareFrom: not null } or { CompareTo: not null } => query.Scores with { From = query.CompareFrom, To = query.CompareTo, Period = null },
        { Against: { } against, Scores: { Period: { } period, From: { } from } } when ScoreReader.StartOf(period, from) is { } start =>
            query.Scores with { From = against == "lastYear" ? YearBefore(period, start) : Before(period, start, Trailing), To = from.AddDays(-1) },
        _ => null,
    };

    /// <summary>The counts each cell is compared with, in the order of the cells; empty counts where nobody answered then, null without a comparison.</summary>
    public static IReadOnlyList<NpsCounts?> For(NpsQuery query, IReadOnlyList<ScoreGroup> cells, IReadOnlyList<ScoreGroup> earlier)
    {
        if (query.CompareFrom is not null || query.CompareTo is not null)
        {
            var byKey = earlier.ToDictionary(Key, group => Handler.CountsOf(group.Counts));
            return [.. cells.Select(cell => (NpsCounts?)byKey.GetValueOrDefault(Key(cell)))];
        }
        if (query is not { Against: { } against, Scores.Period: { } period })
            return new NpsCounts?[cells.Count];
        var series = cells.Concat(earlier).ToLookup(Key);
        return [.. cells.Select(cell => (NpsCounts?)Against(against, period, cell, series[Key(cell)]))];
    }

    static NpsCounts Against(string against, string period, ScoreGroup cell, IEnumerable<ScoreGroup> series)
    {
        var start = cell.Period!.Value;
        IEnumerable<ScoreGroup> baseline = against switch
        {
            "previous" => series.Where(group => group.Period < start && group.Counts.N > 0).OrderByDescending(group => group.Period).Take(1),
            "trailing" => series.Where(group => group.Period < start && group.Period >= Before(period, start, Trailing)),
            "lastYear" => series.Where(group => group.Period == YearBefore(period, start)),
            _ => throw new ArgumentException($"There is no comparison '{against}'.", nameof(against)),
        };
        return baseline.Aggregate(new NpsCounts(), (sum, group) => sum + Handler.CountsOf(group.Counts));
    }

    static DateOnly Before(string period, DateOnly start, int periods) => period switch
    {
        "day" => start.AddDays(-periods),
        "week" => start.AddDays(-7 * periods),
        "month" => start.AddMonths(-periods),
        _ => start.AddMonths(-3 * periods),
    };

    /// <summary>Weeks and days meet the same day of the week.</summary>
    static DateOnly YearBefore(string period, DateOnly start) => period is "week" or "day" ? start.AddDays(-DaysOfAYear) : start.AddYears(-1);

    static string Key(ScoreGroup group) => string.Join('\u001f', group.Keys.Select(key => key ?? "\u001e"));
}
