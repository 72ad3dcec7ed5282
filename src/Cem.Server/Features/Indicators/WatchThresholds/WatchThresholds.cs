using Cem.Contracts.Indicators;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Statistics;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators.WatchThresholds;

/// <summary>
/// Every Monday at six, company time, holds each indicator of each branch against its threshold, over the 13 weeks that are
/// over. What surely lies past it is told: the most concrete indicators only, for what stands above them has the same cause.
/// </summary>
sealed class Job(TreeScorer scorer, CompanyTime time, Db db) : IJob
{
    const int Weeks = 13;

    /// <summary>Share of false alarms among all that were tested in one run (Benjamini and Hochberg).</summary>
    const double FalseDiscoveryRate = 0.05;

    static readonly TimeOnly Morning = new(6, 0);

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<bool> Run(CancellationToken ct)
    {
        var week = time.ThisWeek.Add(time.Now >= time.At(time.ThisWeek.Monday, Morning) ? -1 : -2);
        var last = db.Find<string>(Sql.Last);
        if (last is not null && string.CompareOrdinal(last, week.ToString()) >= 0 || db.Find<int?>(Sql.Library) is null)
            return false;
        var window = new Window(week.Sunday.AddDays(1 - 7 * Weeks), week.Sunday);
        var tests = new List<Test>();
        foreach (var unit in db.Query<long>(Sql.Units))
            if (await scorer.Score(unit, Part.All, window, null, ct) is { } tree)
                tests.AddRange(tree.Nodes.Select(node => Test.Of(unit, tree, node)).OfType<Test>());
        var found = Concrete(Found(tests));
        await db.Write(tx =>
        {
            if (tx.Execute(Sql.Mark, new { Week = week.ToString(), tx.Now, Tested = tests.Count, Found = found.Count }) == 0)
                return;
            foreach (var test in found)
                tx.Tell(new IndicatorBelowThreshold(test.Node.It.Code, test.Unit, test.Version, window.From, window.To, test.Value, test.Low, test.High, test.Node.Threshold!.Value, test.Node.N));
        }, ct);
        return true;
    }

    /// <summary>Those past their threshold with their whole interval, also among all that were tested.</summary>
    static List<Test> Found(List<Test> tests)
    {
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tests.Select(test => test.P)]);
        return [.. tests.Where((test, index) => test.Node.SurelyBelow && adjusted[index] <= FalseDiscoveryRate)];
    }

    /// <summary>Without those above others that were found in the same org unit.</summary>
    static List<Test> Concrete(List<Test> found)
    {
        var above = found.SelectMany(test => test.Above.Select(code => (test.Unit, code))).ToHashSet();
        return [.. found.Where(test => !above.Contains((test.Unit, test.Node.It.Code)))];
    }
}

/// <summary>An indicator of an org unit held against its threshold.</summary>
/// <param name="Above">The codes of the indicators above it.</param>
/// <param name="P">One-sided, that it lies past the threshold by chance; 0 or 1 where it is counted in full.</param>
sealed record Test(long Unit, int Version, ScoredNode Node, IReadOnlyList<string> Above, double Value, double? Low, double? High, double P)
{
    static readonly double Z = Normal.Z(0.95);

    /// <summary>Null where there is no threshold, too little behind it, or an error that is not known.</summary>
    public static Test? Of(long unit, ScoredTree tree, ScoredNode node)
    {
        var measured = node.It.Measure is not null;
        if (node.TooFew || node.Threshold is not { } threshold || (measured ? node.Own?.Value : node.Score) is not { } value || (measured ? node.Own?.Se : node.Se) is not { } se)
            return null;
        var past = measured && node.It.LessIsBetter() ? value - threshold : threshold - value;
        return new Test(
            unit, tree.Version.Version, node, [.. Ancestors(tree, node)], value,
            se == 0 ? null : measured ? node.Own!.Low : Math.Max(0, value - Z * se), se == 0 ? null : measured ? node.Own!.High : Math.Min(100, value + Z * se),
            se == 0 ? (past > 0 ? 0 : 1) : 1 - Normal.Cdf(past / se));
    }

    static IEnumerable<string> Ancestors(ScoredTree tree, ScoredNode node)
    {
        for (var code = node.It.Parent; code is not null; code = tree.Nodes.First(above => above.It.Code == code).It.Parent)
            yield return code;
    }
}

file static class Sql
{
    public const string Last = "SELECT MAX(week) FROM indicators_watched";

    public const string Library = "SELECT MIN(version) FROM indicators_versions";

    public const string Mark = "INSERT INTO indicators_watched (week, at, tested, found) VALUES (@Week, @Now, @Tested, @Found) ON CONFLICT (week) DO NOTHING";

    // Branches; where a company has none, the org units that nothing stands below.
    public const string Units = """
        SELECT id FROM customers_v_org_units u
        WHERE kind = 'branch' OR NOT EXISTS (SELECT 1 FROM customers_v_org_units WHERE kind = 'branch') AND NOT EXISTS (SELECT 1 FROM customers_v_org_units b WHERE b.parent_id = u.id)
        ORDER BY code
        """;
}
