using Cem.Kernel.Statistics;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators.ScoreIndicators;

/// <summary>From what was asked to days, and from scores to what is answered.</summary>
static class Ask
{
    const int Weeks13 = 91;

    static readonly double Z = Normal.Z(0.95);

    public static Window Window(DateOnly? from, DateOnly? to, CompanyTime time)
    {
        var until = to ?? time.Today;
        var since = from ?? (until.DayNumber > Weeks13 ? until.AddDays(1 - Weeks13) : until);
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

    public static Moved? Show(ScoreChange? change) => change is null ? null : new(change.Difference, change.Low, change.High, change.P, change.Significant);

    static Value? Show(Reading? reading) => reading is null ? null : new(reading.Value, reading.Low, reading.High, reading.N);
}
