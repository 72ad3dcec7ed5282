using Cem.Kernel.Statistics;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators.ScoreIndicators;

/// <summary>
/// Which answers and rows are scored, with the names that all insights use. Several values of one dimension are separated by
/// commas. What cannot be narrowed so, is left out and stands among what is not measured.
/// </summary>
/// <param name="From">First day; 13 weeks up to <paramref name="To"/> unless said.</param>
/// <param name="To">Last day, inclusive; today unless said.</param>
/// <param name="OrgUnit">Code of an org unit: it and what lies below it.</param>
/// <param name="Segment">The tier of the account.</param>
sealed record ScoreFilter(
    DateOnly? From = null, DateOnly? To = null, string? OrgUnit = null, string? Touchpoint = null, string? Survey = null, string? Segment = null, string? Product = null,
    string? Channel = null, string? Role = null, string? Region = null)
{
    public Part Part() => Narrowing.Part(
        parameter => parameter switch
        {
            "touchpoint" => Touchpoint,
            "survey" => Survey,
            "role" => Role,
            "segment" => Segment,
            "product" => Product,
            "channel" => Channel,
            _ => Region,
        },
        values => values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>From what was asked to days, and from scores to what is answered.</summary>
static class Ask
{
    const int Weeks13 = 91;

    static readonly double Z = Normal.Z(0.95);

    public static Window Window(ScoreFilter filter, CompanyTime time)
    {
        var until = filter.To ?? time.Today;
        var since = filter.From ?? (until.DayNumber > Weeks13 ? until.AddDays(1 - Weeks13) : until);
        // Room for what comes before it to be compared with.
        return since > until || since.Year < 1970 || until.Year > 2200
            ? throw Problem.Rule("from", "range", ("'from' lies after 'to', or before 1970.", "开始日期晚于结束日期，或早于 1970 年。"))
            : new Window(since, until);
    }

    public static Problem Choice(string name, params string[] known) =>
        Problem.Malformed(name, "choice", ($"One of these is needed: {string.Join(", ", known)}.", $"只能是以下之一：{string.Join("、", known)}。"));

    public static Node Show(ScoredNode node) => new(
        node.It.Code, node.It.Name, node.It.Level, node.It.Parent, node.Score, node.Se,
        node.Score - Z * node.Se is { } low ? Math.Max(0, low) : null, node.Score + Z * node.Se is { } high ? Math.Min(100, high) : null,
        node.Coverage, node.N, node.TooFew, Show(node.Own), node.It.Weight, node.GlobalWeight,
        node.ScoreBefore is null && node.OwnBefore is null && node.Change is null ? null
            : new Compared(node.ScoreBefore, node.CoverageBefore, Show(node.OwnBefore), node.Change?.Difference, node.Change?.Low, node.Change?.High, node.Change?.P, node.Change?.Significant),
        node.Contribution, node.Target, node.Threshold, node.Standing, node.SurelyBelow);

    public static Missing Missing(ScoredNode gap) => new(gap.It.Code, gap.It.Name, gap.GlobalWeight, gap.Gap!);

    public static Moved? Show(ScoreChange? change) => change is null ? null : new(change.Difference, change.Low, change.High, change.P, change.Significant);

    static Value? Show(Reading? reading) => reading is null ? null : new(reading.Value, reading.Low, reading.High, reading.N);
}
