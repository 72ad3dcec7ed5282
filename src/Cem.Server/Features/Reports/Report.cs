using Cem.Contracts.Indicators;
using Cem.Contracts.Insights;

namespace Cem.Server.Features.Reports;

/// <summary>
/// Everything one weekly report says, as it was when the data was cut off. Kept in the archive; mail and page are drawn from
/// it alone, so that a report reads the same next year.
/// </summary>
/// <param name="Week">The ISO week it is about: 2026-W10.</param>
/// <param name="From">First day of the trailing 13 weeks.</param>
/// <param name="To">Last day of the week and of the 13 weeks.</param>
/// <param name="CutOff">What had come in by then is counted.</param>
/// <param name="Scope">Name of the org unit; null for the whole company.</param>
/// <param name="ScopeCode">Code of the org unit; null for the whole company.</param>
/// <param name="Nps">Of the 13 weeks, held against the 13 before.</param>
/// <param name="WeekNps">Of the week alone, held against the 12 weeks before it.</param>
/// <param name="Weeks">Each week of the 13, those without answers left out.</param>
/// <param name="Cells">Org units below the scope, touchpoints and roles; tested together for change.</param>
/// <param name="Commented">How many comments the week had.</param>
sealed record Report(
    string Week, DateOnly Monday, DateOnly From, DateOnly To, DateTimeOffset CutOff, string TimeZone, string Language, string? Scope, string? ScopeCode,
    Figure Nps, Figure WeekNps, IReadOnlyList<WeekFigure> Weeks, CoverageFigure Coverage, IReadOnlyList<Cell> Cells, Orders Orders,
    int Commented, IReadOnlyList<Comment> Comments)
{
    /// <summary>The org units below the scope in order.</summary>
    public UnitRanking Ranking { get; init; } = UnitRanking.None;

    /// <summary>Weeks that a score is taken over; a single week has too few answers to go by.</summary>
    public const int TrailingWeeks = 13;

    /// <summary>Answers below which a score is neither ranked nor tested.</summary>
    public const int LeastAnswers = 5;

    /// <summary>Accounts at risk that are named.</summary>
    public const int RiskyAccounts = 5;

    /// <summary>Reasons told of each.</summary>
    public const int RiskReasons = 4;

    /// <summary>Weeks whose answers the priorities are taken from: relationship surveys come once or twice a year.</summary>
    public const int PriorityWeeks = 52;

    /// <summary>Share of false alarms among the changes reported (Benjamini and Hochberg).</summary>
    public const double FalseDiscoveryRate = 0.05;

    /// <summary>Accounts at risk when the data were cut off; null in reports made before they were told.</summary>
    public AtRisk? AtRisk { get; init; }

    /// <summary>The indicators over the 13 weeks, the root first; none in reports made before they were told, and while there is no library.</summary>
    public IReadOnlyList<IndicatorFigure> Indicators { get; init; } = [];

    /// <summary>What to improve first, by the answers of a year; null in reports made before it was told, and where no survey tells it.</summary>
    public Priorities? Priorities { get; init; }

    public DateOnly ComparedFrom => From.AddDays(-7 * TrailingWeeks);

    public DateOnly ComparedTo => From.AddDays(-1);
}

/// <summary>A score in points, with its n and its 95 % interval, and its change against an earlier period.</summary>
/// <param name="Nps">Null when nobody answered.</param>
/// <param name="Accounts">Accounts that answered.</param>
/// <param name="Method"><c>adjusted-wald</c> or <c>clustered</c> (by account).</param>
/// <param name="ChangeP">Two-sided, of this change alone.</param>
sealed record Figure(
    double? Nps, double? Lower, double? Upper, int N, int Accounts, string Method, int CompareN, double? CompareNps, double? Change, double? ChangeP)
{
    public static readonly Figure None = new(null, null, null, 0, 0, "adjusted-wald", 0, null, null, null);

    public bool TooFew => N < Report.LeastAnswers;

    /// <summary>Whether a change can be judged at all.</summary>
    public bool CanCompare => !TooFew && CompareN >= Report.LeastAnswers && ChangeP is not null;

    /// <summary>Whether a change that stands alone, not among many, is told apart from chance.</summary>
    public bool Moved => CanCompare && ChangeP < 0.05;

    public static Figure Of(IReadOnlyList<NpsFigure> cells) => cells is [var only] ? Of(only) : None;

    public static Figure Of(NpsFigure cell) =>
        new(cell.Nps, cell.Lower, cell.Upper, cell.N, cell.Accounts, cell.Method, cell.CompareN ?? 0, cell.CompareNps, cell.Change, cell.ChangeP);
}

/// <summary>Org units by the Wilson score of their share of good answers in the 13 weeks.</summary>
/// <param name="Measure"><c>csat</c>, <c>ces</c> or <c>nps</c>: what is a good answer.</param>
/// <param name="Share">Of all answers together; null when nobody answered.</param>
/// <param name="Units">Ranked ones first, in their order.</param>
sealed record UnitRanking(string Measure, double? Share, IReadOnlyList<UnitPlace> Units)
{
    public static readonly UnitRanking None = new("nps", null, []);
}

/// <param name="Rank">1, 2, 2, 4; null for too few answers.</param>
/// <param name="Tie">Neighbours of the same tie are not told apart; null where unranked.</param>
/// <param name="Share">Of good answers, 0 to 1.</param>
/// <param name="Lower">Lower bound of Wilson's 95 % interval: the score.</param>
sealed record UnitPlace(string Code, string Name, int? Rank, int? Tie, int N, double? Share, double? Lower, double? Upper);

/// <summary>One week of the trend.</summary>
sealed record WeekFigure(DateOnly Monday, Figure Figure);

/// <summary>One cell of the analysis.</summary>
/// <param name="Dimension"><c>unit</c>, <c>touchpoint</c> or <c>role</c>.</param>
/// <param name="Name">In the report's language; that of a role is found when it is drawn.</param>
/// <param name="Moved">Whether its change is significant among all cells tested.</param>
sealed record Cell(string Dimension, string Key, string Name, Figure Figure, bool Moved)
{
    public const string Unit = "unit";
    public const string Touchpoint = "touchpoint";
    public const string Role = "role";
}

/// <summary>Work orders of the week, and of the one before it.</summary>
/// <param name="Open">Open when the week ended.</param>
/// <param name="Overdue">Of these, promised for earlier.</param>
sealed record Orders(int Opened, int Closed, int Open, int Overdue, int OpenedBefore, int ClosedBefore, int OverdueBefore);

/// <summary>What somebody wrote in the week.</summary>
/// <param name="Score">How likely they are to recommend, 0-10; null where they were not asked.</param>
/// <param name="Text">Empty when the person was erased since.</param>
sealed record Comment(long ResponseId, long? ContactId, DateOnly Day, int? Score, string Text, string? Account, string? AccountCode, string? Role, string? Touchpoint);

/// <summary>Accounts whose renewal is in danger, high risk before medium, of each the largest revenue first.</summary>
/// <param name="Count">In all; the first of them are named.</param>
/// <param name="HiddenChurn">Of all, busy accounts with a poor experience.</param>
/// <param name="RevenueMinor">What all of them bring a year, in the currency that most of them have.</param>
sealed record AtRisk(int Measured, int Count, int HiddenChurn, long? RevenueMinor, string? Currency, IReadOnlyList<RiskyAccount> Accounts);

/// <param name="Field">Of the map of usage and experience.</param>
/// <param name="English">Sentence and reasons, in both languages, for a report is read in the reader's own.</param>
sealed record RiskyAccount(
    string Name, string Code, string Field, long? RevenueMinor, string? Currency, DateOnly? Renewal, double? Usage, double? Experience, int Answers, Plea English, Plea Chinese);

/// <summary>Why an account is at risk.</summary>
sealed record Plea(string Sentence, IReadOnlyList<string> Reasons);

/// <summary>The satisfaction-influence quadrant of the survey that tells most.</summary>
/// <param name="R2">What share of the differences in the outcome the factors explain; null where it cannot be told, with the reason in <paramref name="Refusal"/>.</param>
/// <param name="Factors">The largest influence x gap first.</param>
sealed record Priorities(
    DateOnly From, string SurveyCode, Wording Survey, string OutcomeCode, Wording Outcome, int N, int Accounts, double? R2, IReadOnlyList<PriorityFactor> Factors, Wording? Refusal, IReadOnlyList<Wording> Warnings);

/// <param name="Area"><c>keep</c>, <c>improveFirst</c>, <c>improveSecond</c> or <c>raiseValue</c>; null where it is not placed.</param>
/// <param name="Satisfaction">0 to 100.</param>
/// <param name="Influence">Share of R2, 0 to 1.</param>
/// <param name="Borderline">Whether an interval crosses one of the lines.</param>
sealed record PriorityFactor(Wording Name, string? Area, double? Satisfaction, double? Influence, bool Borderline);

/// <summary>Words that a report keeps in both languages, for it is read in the reader's own.</summary>
sealed record Wording(string English, string Chinese);
