using Cem.Contracts.Indicators;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Reports;

/// <summary>The sentences of one report, in one language. They say of a number only what its interval and its test allow.</summary>
sealed class ReportWords(Report report, string language, Texts texts)
{
    readonly ScopedTexts words = texts.For(language, ReportTexts.Scope);
    readonly Formats formats = new(language, TimeZoneInfo.FindSystemTimeZoneById(report.TimeZone));

    public string this[string key] => words[key];

    public string Get(string key, params ReadOnlySpan<(string Name, object? Value)> args) => words.Get(key, args);

    public string Title => Get("title", ("week", report.Week));

    public string Scope => report.Scope ?? words["scope.company"];

    public string Days => Range(report.Monday, report.To);

    /// <summary>Good or bad, by the interval: it lies above 0, below 0, or around it.</summary>
    public string Verdict => report.Nps switch
    {
        { N: 0 } => words["verdict.none"],
        { TooFew: true } => Get("verdict.few", ("count", report.Nps.N)),
        { Lower: > 0 } => Level("verdict.good"),
        { Upper: < 0 } => Level("verdict.bad"),
        _ => Level("verdict.mixed"),
    };

    /// <summary>Which way, and whether that is more than chance; empty where there is nothing to hold against.</summary>
    public string Direction => report.Nps switch
    {
        { TooFew: true } => "",
        { CanCompare: false } => words["direction.first"],
        { Moved: false } => Get("direction.same", ("change", Signed(report.Nps.Change))),
        { Change: > 0 } => Get("direction.up", ("change", Signed(report.Nps.Change))),
        _ => Get("direction.down", ("change", Signed(report.Nps.Change))),
    };

    /// <summary>The verdict in so few words that it fits the subject of a mail.</summary>
    public string Headline => report.Nps switch
    {
        { N: 0 } => words["headline.none"],
        { TooFew: true } => words["headline.few"],
        { CanCompare: false } => Get("headline.first", ("nps", Points(report.Nps.Nps))),
        { Moved: false } => Get("headline.same", ("nps", Points(report.Nps.Nps))),
        { Change: > 0 } => Get("headline.up", ("nps", Points(report.Nps.Nps))),
        _ => Get("headline.down", ("nps", Points(report.Nps.Nps))),
    };

    public string Alone => report.WeekNps switch
    {
        { N: 0 } => words["alone.none"],
        { TooFew: true } => Get("alone.few", ("n", report.WeekNps.N)),
        var week => Get("alone", ("nps", Points(week.Nps)), ("low", Points(week.Lower)), ("high", Points(week.Upper)), ("n", week.N)) + Between
            + words[!week.CanCompare ? "alone.first" : !week.Moved ? "alone.same" : week.Change > 0 ? "alone.up" : "alone.down"],
    };

    public string Heard => report.Coverage.Accounts == 0
        ? words["heard.none"]
        : Get("heard", ("heard", report.Coverage.AccountsHeard), ("accounts", report.Coverage.Accounts),
            ("share", formats.Percent((double)report.Coverage.AccountsHeard / report.Coverage.Accounts)));

    public string Moves
    {
        get
        {
            var tested = report.Cells.Count(cell => cell.Figure.CanCompare);
            var moved = report.Cells.Count(cell => cell.Moved);
            return tested == 0 ? words["moves.untested"] : moved == 0 ? Get("moves.none", ("count", tested)) : Get("moves", ("count", moved), ("tested", tested));
        }
    }

    public string? Risk => report.AtRisk switch
    {
        null => null,
        { Measured: 0 } => words["risk.unmeasured"],
        { Count: 0 } => Get("risk.none", ("count", report.AtRisk.Measured)),
        { RevenueMinor: { } minor, Currency: { } currency } => Get("risk.revenue", ("count", report.AtRisk.Count), ("hidden", report.AtRisk.HiddenChurn), ("revenue", formats.MoneyShort(minor, currency))) + Largest,
        _ => Get("risk.count", ("count", report.AtRisk.Count), ("hidden", report.AtRisk.HiddenChurn)) + Largest,
    };

    // Where not all of them are named.
    string Largest => report.AtRisk!.Count > report.AtRisk.Accounts.Count ? Between + words["risk.largest"] : "";

    public Plea Of(RiskyAccount account) => language == Languages.Chinese ? account.Chinese : account.English;

    public string In(Wording wording) => language == Languages.Chinese ? wording.Chinese : wording.English;

    public string Percent(double share) => formats.Percent(share);

    public string Number(double? value) => formats.Number(value);

    public string About(RiskyAccount account) => string.Join(" · ", new[]
    {
        account.RevenueMinor is { } minor ? formats.MoneyShort(minor, account.Currency!) : null,
        account.Renewal is { } renewal ? Get("risk.renewal", ("day", formats.Date(renewal))) : null,
        account.Usage is { } usage ? Get("risk.usage", ("value", formats.Number(usage))) : null,
        account.Experience is { } experience ? Get("risk.experience", ("value", formats.Number(experience)), ("n", account.Answers)) : null,
    }.OfType<string>());

    /// <summary>How the indicator tree stands and which way it goes.</summary>
    public string Standing(IndicatorFigure root)
    {
        var coverage = formats.Percent(root.Coverage);
        return root switch
        {
            { Score: null } => Get("indicators.none", ("coverage", coverage)),
            { TooFew: true } => Get("indicators.few", ("n", root.N)),
            { Change: null } => Get("indicators.first", ("score", Points(root.Score)), ("coverage", coverage)),
            { Significant: true } => Get(root.Change > 0 ? "indicators.up" : "indicators.down", ("score", Points(root.Score)), ("coverage", coverage), ("change", Signed(root.Change))),
            _ => Get("indicators.same", ("score", Points(root.Score)), ("coverage", coverage), ("change", Signed(root.Change))),
        };
    }

    /// <summary>A value of an indicator's own measure, small ones to the hundredth.</summary>
    public string Measured(double? value) => formats.Number(value, value is { } number && Math.Abs(number) < 10 && number != Math.Round(number) ? 2 : 1);

    public string NameOf(IndicatorFigure figure) => language == Languages.Chinese ? figure.NameZh : figure.NameEn;

    public string Commented => report.Commented == 0 ? words["comments.none"]
        : report.Commented > report.Comments.Count ? Get("comments.some", ("count", report.Commented), ("shown", report.Comments.Count))
        : Get("comments.all", ("count", report.Commented));

    public string Name(Cell cell) => cell.Dimension == Cell.Role ? Role(cell.Key) : cell.Name;

    public string About(Comment comment) => string.Join(" · ", new[]
    {
        comment.Score is { } score ? Get("comment.score", ("score", score)) : null,
        comment.Account, comment.Role is { } role ? Role(role) : null, comment.Touchpoint, formats.Date(comment.Day),
    }.Where(part => !string.IsNullOrEmpty(part)));

    public IEnumerable<Definition> Definitions
    {
        get
        {
            yield return Define("nps");
            yield return new(words["definition.interval"],
                words[report.Nps.Method == "clustered" ? "definition.interval.clustered" : "definition.interval.independent"] + Between
                + Get("definition.interval.few", ("count", Report.LeastAnswers)));
            yield return Define("period", ("week", report.Week), ("days", Days), ("weeks", Range(report.From, report.To)), ("zone", report.TimeZone));
            if (report.Indicators is [var root, ..])
                yield return Define("indicators", ("version", root.Version), ("coverage", formats.Percent(root.Coverage)), ("before", formats.Percent(root.CoverageBefore)));
            yield return Define("ranking", ("share", words["share." + report.Ranking.Measure]));
            yield return Define("change", ("before", Range(report.ComparedFrom, report.ComparedTo)));
            yield return Define("data", ("instant", formats.Time(report.CutOff)));
            yield return Define("scope", ("scope", report.ScopeCode is { } code ? $"{Scope} ({code})" : Scope));
            yield return Define("coverage");
            if (report.Priorities is { } priorities)
                yield return Define("priority", ("from", formats.Date(priorities.From)), ("to", formats.Date(report.To)));
            yield return Define("orders");
            if (report.AtRisk is not null)
                yield return Define("risk");
            yield return Define("comments");
        }
    }

    /// <summary>Days from and to; the year once where it is the same.</summary>
    public string Range(DateOnly from, DateOnly to)
    {
        var sameYear = from.Year == to.Year;
        return language == Languages.Chinese
            ? Get("range", ("from", formats.Date(from)), ("to", sameYear ? formats.DayMonth(to) : formats.Date(to)))
            : Get("range", ("from", sameYear ? formats.DayMonth(from) : formats.Date(from)), ("to", formats.Date(to)));
    }

    /// <summary>What stands between two sentences.</summary>
    string Between => language == Languages.Chinese ? "" : " ";

    string Role(string role) => words.Find("role." + role) ?? role;

    Definition Define(string key, params ReadOnlySpan<(string Name, object? Value)> args) => new(words["definition." + key], Get($"definition.{key}.text", args));

    string Level(string key) => Get(key, ("nps", Points(report.Nps.Nps)), ("low", Points(report.Nps.Lower)), ("high", Points(report.Nps.Upper)), ("n", report.Nps.N));

    public string Points(double? value) => formats.Number(value, 1);

    public string Signed(double? value) => formats.Signed(value, 1);
}
