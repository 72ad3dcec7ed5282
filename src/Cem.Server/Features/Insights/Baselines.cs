using Cem.Contracts.Insights;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Insights;

/// <summary>What the cells of a query are held against: the same keys in other days, or in other periods.</summary>
/// <param name="From">First day of the days to compare with.</param>
/// <param name="Against">For a query by period instead: <c>previous</c>, <c>trailing</c> or <c>lastYear</c>.</param>
sealed record Baselines(DateOnly? From, DateOnly? To, string? Against)
{
    public static readonly Baselines None = new(null, null, null);

    public static readonly IReadOnlyList<string> Known = ["previous", "trailing", "lastYear"];

    /// <summary>How many periods before are pooled, and how far back the last one with answers is looked for.</summary>
    const int Trailing = 12;

    const int DaysOfAYear = 52 * 7;

    bool HasDays => From is not null || To is not null;

    /// <summary>By its name: of a query by period the period before, else as many days before; the 12 periods or the 91 days before; a year before.</summary>
    public static Baselines Of(string? compare, ScoreQuery scores)
    {
        var (from, to) = (scores.From!.Value, scores.To!.Value);
        return (compare, scores.Period) switch
        {
            (null, _) => None,
            ({ } against, not null) => new(null, null, against),
            ("previous", _) => new(from.AddDays(from.DayNumber - to.DayNumber - 1), from.AddDays(-1), null),
            ("trailing", _) => new(from.AddDays(-InsightFilter.TrailingDays), from.AddDays(-1), null),
            _ => new(from.AddYears(-1), to.AddYears(-1), null),
        };
    }

    /// <summary>The answers to read beside those of the query; null for none.</summary>
    public ScoreQuery? QueryFor(ScoreQuery scores)
    {
        if (HasDays)
            return scores with { From = From, To = To, Period = null };
        return Against is { } against && scores is { Period: { } period, From: { } from } && CalendarPeriod.StartOf(period, from) is { } start
            ? scores with { From = against == "lastYear" ? YearBefore(period, start) : Before(period, start, Trailing), To = from.AddDays(-1) }
            : null;
    }

    /// <summary>The cells each one is compared with, in their order: none where nobody answered then, null without a comparison.</summary>
    /// <param name="cells">Of the query, all of them or one for each key and period.</param>
    /// <param name="earlier">Of <see cref="QueryFor"/>.</param>
    /// <param name="keys">How many of the keys say what belongs together.</param>
    /// <param name="current">All cells of the query where <paramref name="cells"/> are not.</param>
    public IReadOnlyList<IReadOnlyList<ScoreGroup>?> For(string? period, IReadOnlyList<ScoreGroup> cells, IReadOnlyList<ScoreGroup> earlier, int keys, IReadOnlyList<ScoreGroup>? current = null)
    {
        if (HasDays)
        {
            var byKey = earlier.ToLookup(group => Key(group, keys));
            return [.. cells.Select(cell => (IReadOnlyList<ScoreGroup>)[.. byKey[Key(cell, keys)]])];
        }
        if (Against is null || period is null)
            return new IReadOnlyList<ScoreGroup>?[cells.Count];
        var series = (current ?? cells).Concat(earlier).ToLookup(group => Key(group, keys));
        return [.. cells.Select(cell => (IReadOnlyList<ScoreGroup>)[.. Earlier(period, cell.Period!.Value, series[Key(cell, keys)])])];
    }

    /// <summary>The first keys of a cell as one.</summary>
    public static string Key(ScoreGroup group, int keys) => string.Join('\u001f', group.Keys.Take(keys).Select(key => key ?? "\u001e"));

    IEnumerable<ScoreGroup> Earlier(string period, DateOnly start, IEnumerable<ScoreGroup> series) => Against switch
    {
        "previous" => series.Where(group => group.Period < start && group.Counts.N > 0).GroupBy(group => group.Period).OrderByDescending(same => same.Key).FirstOrDefault() ?? Enumerable.Empty<ScoreGroup>(),
        "trailing" => series.Where(group => group.Period < start && group.Period >= Before(period, start, Trailing)),
        "lastYear" => series.Where(group => group.Period == YearBefore(period, start)),
        _ => throw new ArgumentException($"There is no comparison '{Against}'.", nameof(period)),
    };

    static DateOnly Before(string period, DateOnly start, int periods) => period switch
    {
        "day" => start.AddDays(-periods),
        "week" => start.AddDays(-7 * periods),
        "month" => start.AddMonths(-periods),
        _ => start.AddMonths(-3 * periods),
    };

    /// <summary>Weeks and days meet the same day of the week.</summary>
    static DateOnly YearBefore(string period, DateOnly start) => period is "week" or "day" ? start.AddDays(-DaysOfAYear) : start.AddYears(-1);
}
