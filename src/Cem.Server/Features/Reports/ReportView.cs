using System.Globalization;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Reports;

/// <summary>
/// A report in words and pictures, for mail and page alike; drawn from the archived <see cref="Report"/> alone, in the
/// reader's language.
/// </summary>
sealed record ReportView(string Week, string Title, string Scope, string Days, string Verdict, string Direction, string Headline)
{
    public required Estimate Nps { get; init; }

    public required Change Change { get; init; }

    /// <summary>What the week alone says, and that it says little.</summary>
    public required string Alone { get; init; }

    public required TrendChart Trend { get; init; }

    public required string Heard { get; init; }

    public required IReadOnlyList<CoverageLine> Coverage { get; init; }

    public required string Moves { get; init; }

    public required IReadOnlyList<MovedLine> Moved { get; init; }

    public required RankingChart Ranking { get; init; }

    /// <summary>The ranking as a mail has room for it; null stands where rows are left out.</summary>
    public required IReadOnlyList<RankedLine?> Ranked { get; init; }

    /// <summary>How many the mail leaves out.</summary>
    public required int LeftOut { get; init; }

    public required IReadOnlyList<OrderLine> Orders { get; init; }

    public required string Commented { get; init; }

    public required IReadOnlyList<CommentLine> Comments { get; init; }

    /// <summary>What one needs to know to get the same figures again.</summary>
    public required IReadOnlyList<Definition> Definitions { get; init; }
}

/// <param name="Share">0-1; null where nothing is known.</param>
/// <param name="Detail">62 of 240; empty for revenue.</param>
sealed record CoverageLine(string Label, double? Share, string Detail);

/// <param name="Dimension">What it is: org unit, touchpoint, role.</param>
/// <param name="Before">The score it is held against.</param>
/// <param name="Tone"><c>good</c> or <c>bad</c>.</param>
sealed record MovedLine(string Dimension, string Name, string Href, Estimate Now, double? Before, double? Difference, string Tone);

/// <param name="Rank">Null where there are too few answers to be ranked.</param>
sealed record RankedLine(int? Rank, string Name, Estimate Estimate, string Tone);

sealed record OrderLine(string Label, int Now, int? Before);

/// <param name="About">Score, account, role, touchpoint and day.</param>
/// <param name="Text">Empty when the person was erased since.</param>
sealed record CommentLine(string Text, string About, string? Href, bool Erased);

sealed record Definition(string Term, string Text);

/// <summary>Draws views.</summary>
sealed class ReportViews(Texts texts)
{
    /// <summary>Units that a mail shows at each end of a ranking that is too long for it.</summary>
    const int EndOfRanking = 10;

    /// <param name="language">The reader's; names stay as they were archived.</param>
    public ReportView Draw(Report report, string language)
    {
        var words = new ReportWords(report, language, texts);
        var ranking = Ranking(report);
        var ends = Ends(ranking);
        return new ReportView(report.Week, words.Title, words.Scope, words.Days, words.Verdict, words.Direction, words.Headline)
        {
            Nps = Estimate(report.Nps),
            Change = new Change(report.Nps.Change, report.Nps.CanCompare ? report.Nps.Moved : null, words["against"]),
            Alone = words.Alone,
            Trend = Trend(report, words),
            Heard = words.Heard,
            Coverage = Coverage(report, words),
            Moves = words.Moves,
            Moved = [.. report.Cells.Where(cell => cell.Moved).OrderBy(cell => cell.Figure.Change).Select(cell => new MovedLine(
                words["dimension." + cell.Dimension], words.Name(cell), Link(cell), Estimate(cell.Figure), cell.Figure.CompareNps, cell.Figure.Change, Tone(cell)))],
            Ranking = new RankingChart(words["ranking"], ranking)
            {
                Least = -100, Most = 100, Overall = report.Nps.TooFew ? null : report.Nps.Nps, UnitLabel = words["dimension.unit"], FigureLabel = "NPS",
            },
            Ranked = ends,
            LeftOut = ranking.Count - ends.Count(line => line is not null),
            Orders = Orders(report.Orders, words),
            Commented = words.Commented,
            Comments = [.. report.Comments.Select(comment => new CommentLine(comment.Text, words.About(comment),
                comment.AccountCode is null ? null : Urls.Build("/accounts/" + Uri.EscapeDataString(comment.AccountCode), []), comment.Text.Length == 0))],
            Definitions = [.. words.Definitions],
        };
    }

    static Estimate Estimate(Figure figure) => new(figure.Nps, figure.Lower, figure.Upper, figure.N) { TooFew = figure.TooFew };

    static string Tone(Cell cell) => !cell.Moved ? "none" : cell.Figure.Change > 0 ? "good" : "bad";

    /// <summary>Highest first, those with too few answers behind.</summary>
    static List<RankingRow> Ranking(Report report)
    {
        var units = report.Cells.Where(cell => cell.Dimension == Cell.Unit).ToList();
        var ranked = units.Where(cell => !cell.Figure.TooFew).OrderByDescending(cell => cell.Figure.Nps).ThenBy(cell => cell.Name, StringComparer.Ordinal).ToList();
        return
        [
            .. ranked.Select((cell, index) => new RankingRow(
                ranked.FindIndex(same => same.Figure.Nps == cell.Figure.Nps) + 1, ReportWords.Marked(cell), Estimate(cell.Figure)) { Href = Link(cell), Tone = Tone(cell) }),
            .. units.Where(cell => cell.Figure.TooFew).Select(cell => new RankingRow(null, cell.Name, Estimate(cell.Figure)) { Href = Link(cell) }),
        ];
    }

    static IReadOnlyList<RankedLine?> Ends(List<RankingRow> rows)
    {
        var lines = rows.Select(RankedLine? (row) => new RankedLine(row.Rank, row.Name, row.Estimate, row.Tone)).ToList();
        return lines.Count <= 2 * EndOfRanking ? lines : [.. lines.Take(EndOfRanking), null, .. lines.TakeLast(EndOfRanking)];
    }

    static TrendChart Trend(Report report, ReportWords words)
    {
        var weeks = report.Weeks.ToDictionary(week => week.Monday, week => week.Figure);
        return new TrendChart(words["trend"], [.. Enumerable.Range(0, Report.TrailingWeeks).Select(index => report.From.AddDays(7 * index)).Select(monday =>
            new TrendPoint("W" + ISOWeek.GetWeekOfYear(monday.ToDateTime(TimeOnly.MinValue)).ToString("00", CultureInfo.InvariantCulture),
                words.Range(monday, monday.AddDays(6)), Estimate(weeks.GetValueOrDefault(monday, Figure.None))))]) { Least = -100, Most = 100 };
    }

    static CoverageLine[] Coverage(Report report, ReportWords words)
    {
        var heard = report.Coverage;
        return
        [
            Line("accounts", heard.AccountsHeard, heard.Accounts),
            Line("contacts", heard.ContactsHeard, heard.Contacts),
            Line("decisionMakers", heard.DecisionMakersHeard, heard.DecisionMakers),
            new CoverageLine(words["coverage.revenue"], heard.RevenueHeard, ""),
        ];

        CoverageLine Line(string key, int part, int all) =>
            new(words["coverage." + key], all == 0 ? null : (double)part / all, words.Get("coverage.of", ("part", part), ("all", all)));
    }

    static OrderLine[] Orders(Orders orders, ReportWords words) =>
    [
        new(words["orders.opened"], orders.Opened, orders.OpenedBefore),
        new(words["orders.closed"], orders.Closed, orders.ClosedBefore),
        new(words["orders.overdue"], orders.Overdue, orders.OverdueBefore),
        new(words["orders.open"], orders.Open, null),
    ];

    static string Link(Cell cell) => Urls.Build("/insights/nps", [KeyValuePair.Create(cell.Dimension == Cell.Unit ? "orgUnit" : cell.Dimension, cell.Key)]);
}
