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

    /// <summary>The indicator tree; null in reports that do not tell.</summary>
    public required IndicatorsView? Indicators { get; init; }

    public required RankingChart Ranking { get; init; }

    /// <summary>The ranking as a mail has room for it; null stands where rows are left out.</summary>
    public required IReadOnlyList<RankedLine?> Ranked { get; init; }

    /// <summary>What the share is a share of.</summary>
    public required string RankedBy { get; init; }

    /// <summary>How many the mail leaves out.</summary>
    public required int LeftOut { get; init; }

    /// <summary>What to improve first; null in reports that do not tell.</summary>
    public required PriorityView? Priorities { get; init; }

    public required IReadOnlyList<OrderLine> Orders { get; init; }

    /// <summary>How many accounts are at risk and what they are worth; null in reports that do not tell.</summary>
    public required string? Risk { get; init; }

    public required IReadOnlyList<RiskLine> AtRisk { get; init; }

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
/// <param name="Group">The same letter for neighbours that are not told apart; empty where unranked.</param>
/// <param name="Estimate">The share, with the score as its lower end.</param>
sealed record RankedLine(int? Rank, string Group, string Name, Estimate Estimate);

sealed record OrderLine(string Label, int Now, int? Before);

/// <param name="Answer">What to improve first, in a sentence, or why nothing can be said.</param>
/// <param name="Base">How much it rests on; empty where nothing is said.</param>
/// <param name="Rows">Two rows of two: high satisfaction above, high influence on the right; none where nothing is said.</param>
sealed record PriorityView(string Answer, string Base, IReadOnlyList<IReadOnlyList<PriorityCell>> Rows, IReadOnlyList<string> Warnings, string Href);

/// <param name="Items">Factors with their satisfaction and influence, the largest influence x gap first.</param>
sealed record PriorityCell(string Name, IReadOnlyList<string> Items);

/// <param name="Detail">Revenue, renewal, usage and experience.</param>
sealed record RiskLine(string Name, string Href, string Detail, string Sentence, IReadOnlyList<string> Reasons);

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
            Indicators = IndicatorViews.Draw(report, words),
            Ranking = new RankingChart(words["ranking"], ranking)
            {
                Least = 0, Most = 1, Overall = report.Ranking.Share, UnitLabel = words["dimension.unit"], FigureLabel = words["share." + report.Ranking.Measure], ScoreLabel = words["ranking.score"],
            },
            Ranked = ends,
            RankedBy = words["share." + report.Ranking.Measure],
            LeftOut = ranking.Count - ends.Count(line => line is not null),
            Priorities = report.Priorities is { } priorities ? PriorityViews.Draw(report, priorities, words) : null,
            Orders = Orders(report.Orders, words),
            Risk = words.Risk,
            AtRisk = [.. (report.AtRisk?.Accounts ?? []).Select(each => new RiskLine(
                each.Name, Urls.Build("/accounts/" + Uri.EscapeDataString(each.Code), []), words.About(each), words.Of(each).Sentence, words.Of(each).Reasons))],
            Commented = words.Commented,
            Comments = [.. report.Comments.Select(comment => new CommentLine(comment.Text, words.About(comment),
                comment.AccountCode is null ? null : Urls.Build("/accounts/" + Uri.EscapeDataString(comment.AccountCode), []), comment.Text.Length == 0))],
            Definitions = [.. words.Definitions],
        };
    }

    static Estimate Estimate(Figure figure) => new(figure.Nps, figure.Lower, figure.Upper, figure.N) { TooFew = figure.TooFew };

    static string Tone(Cell cell) => !cell.Moved ? "none" : cell.Figure.Change > 0 ? "good" : "bad";

    static IReadOnlyList<RankingRow> Ranking(Report report) => [.. report.Ranking.Units.Select(unit =>
        new RankingRow(unit.Rank, unit.Name, new Estimate(unit.Share, unit.Lower, unit.Upper, unit.N) { TooFew = unit.Rank is null, Unit = Unit.Share })
        {
            Href = Urls.Build("/insights/nps", [KeyValuePair.Create("orgUnit", unit.Code)]), Tie = unit.Tie, Score = unit.Lower,
        })];

    static IReadOnlyList<RankedLine?> Ends(IReadOnlyList<RankingRow> rows)
    {
        var lines = rows.Select(RankedLine? (row) => new RankedLine(row.Rank, row.Tie is { } tie ? Letters(tie) : "", row.Name, row.Estimate)).ToList();
        return lines.Count <= 2 * EndOfRanking ? lines : [.. lines.Take(EndOfRanking), null, .. lines.TakeLast(EndOfRanking)];
    }

    /// <summary>A, B … Z, AA: a mail cannot draw a bracket that every client shows.</summary>
    static string Letters(int number) => number <= 26 ? ((char)('A' + number - 1)).ToString() : Letters((number - 1) / 26) + Letters((number - 1) % 26 + 1);

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
