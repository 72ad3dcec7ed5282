using Cem.Kernel.Data;
using Cem.Kernel.Statistics;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>Scores the library: every leaf from its data, every node above from those below by weight.</summary>
sealed class TreeScorer(AnswerValues answers, OperationalValues operations, Db db)
{
    /// <summary>A parent has a score when at least this share of the weight directly below it has.</summary>
    public const double MinCoverage = 0.5;

    static readonly double Z = Normal.Z(0.95);

    /// <summary>The tree by the version that holds on the last day; null while there is no library.</summary>
    public async Task<ScoredTree?> Score(long scope, Part part, Window now, Window? before, CancellationToken ct)
    {
        var (version, earlier) = db.Read(reader => (LibraryStore.On(reader, now.To), before is null ? null : LibraryStore.On(reader, before.To)));
        return version is null ? null : await Score(version, earlier?.Version, scope, part, now, before, ct);
    }

    /// <summary>The tree by a version, whichever holds.</summary>
    public Task<ScoredTree> Score(LibraryVersion version, long scope, Window now, Window? before, CancellationToken ct) => Score(version, version.Version, scope, Part.All, now, before, ct);

    /// <summary>The readings from which trees of many windows are made, each window read once.</summary>
    /// <param name="nows">Windows that are scored, each by the version that holds on its last day.</param>
    /// <param name="befores">Windows that they are compared with.</param>
    /// <param name="within">The indicator whose part of the tree is read; null for all of it.</param>
    /// <param name="shared">O-data from which other parts are counted too; null to read it for this alone.</param>
    /// <returns>Null while there is no library.</returns>
    public async Task<ScoredWindows?> Read(long scope, Part part, IReadOnlyList<Window> nows, IReadOnlyList<Window> befores, string? within, CancellationToken ct, SharedRows? shared = null)
    {
        var known = db.Read(LibraryStore.Versions);
        if (known.Count == 0)
            return null;
        LibraryVersion On(DateOnly day) => known.LastOrDefault(version => version.ValidFrom <= day) ?? known[0];
        var windows = nows.Concat(befores).Distinct().ToList();
        var versions = nows.Select(window => On(window.To).Version).Distinct().ToDictionary(number => number, number => db.Read(reader => LibraryStore.Find(reader, number)!));
        var readings = new Dictionary<(int, Window), Dictionary<string, Reading>>();
        foreach (var version in versions.Values)
            foreach (var (window, values) in windows.Zip(await Readings(version, scope, part, windows, within, shared, ct)))
                readings[(version.Version, window)] = values;
        var path = Path(scope);
        return new ScoredWindows((now, before) => Make(versions[On(now.To).Version], now, before, before is null ? null : On(before.To).Version,
            readings[(On(now.To).Version, now)], before is null ? null : readings[(On(now.To).Version, before)], path));
    }

    async Task<ScoredTree> Score(LibraryVersion version, int? earlier, long scope, Part part, Window now, Window? before, CancellationToken ct)
    {
        var readings = await Readings(version, scope, part, before is null ? [now] : [now, before], null, null, ct);
        return Make(version, now, before, earlier, readings[0], before is null ? null : readings[1], Path(scope));
    }

    async Task<IReadOnlyList<Dictionary<string, Reading>>> Readings(LibraryVersion version, long scope, Part part, IReadOnlyList<Window> windows, string? within, SharedRows? shared, CancellationToken ct)
    {
        var branch = within is null ? null : LibraryTree.Below(version, within);
        var measured = version.Live.Where(it => it.Measure is not null && branch?.Contains(it.Code) != false).ToList();
        var x = await answers.Read([.. measured.Where(it => it.Measure!.IsX())], scope, windows, part, ct);
        var o = operations.Read([.. measured.Where(it => !it.Measure!.IsX())], scope, windows, part, shared);
        return [.. x.Zip(o, (said, done) => said.Concat(done).ToDictionary(StringComparer.Ordinal))];
    }

    /// <summary>The codes of an org unit and of those above it.</summary>
    IReadOnlyList<string> Path(long scope) => scope == 0 ? [] : db.Query<string>(Sql.Path, new { Scope = scope });

    static ScoredTree Make(LibraryVersion version, Window now, Window? before, int? versionBefore, Dictionary<string, Reading> readings, Dictionary<string, Reading>? earlier, IReadOnlyList<string> path)
    {
        var all = version.Live.ToDictionary(it => it.Code, StringComparer.Ordinal);
        var after = Tree(version, readings);
        var past = earlier is null ? null : Tree(version, earlier);
        var scores = WeightedTree.Score(after, MinCoverage);
        var pastScores = past is null ? null : WeightedTree.Score(past, MinCoverage);
        var weights = WeightedTree.GlobalWeights(after);
        var moved = past is null ? null : Moved(past, after);
        var pasts = past?.All().ToDictionary(node => node.Id, StringComparer.Ordinal);
        long Base(WeightedNode node, Dictionary<string, Reading>? of) => node.Leaves().Sum(leaf => of?.GetValueOrDefault(leaf.Id)?.N ?? 0);
        var changes = pasts is null ? [] : Changes(after, pasts, all, node => Base(node, readings) >= Reading.Show && Base(node, earlier) >= Reading.Show);
        var nodes = after.All().Select(node =>
        {
            var it = all[node.Id];
            var own = readings.GetValueOrDefault(node.Id);
            var score = scores[node.Id];
            var se = score.Score is null ? null : Error(node, all, leaf => leaf.Se);
            var target = path.Select(unit => it.Targets?.TryGetValue(unit, out var value) == true ? value : (double?)null).FirstOrDefault(value => value is not null) ?? it.Target;
            var (standing, surely) = Standing(it, own, score.Score, se, target);
            return new ScoredNode(it, it.Level - 1, node.IsLeaf, weights[node.Id], score.Score, se, score.Coverage,
                Base(node, readings), own,
                pastScores?[node.Id].Score, pastScores?[node.Id].Coverage ?? 0, earlier?.GetValueOrDefault(node.Id), changes.GetValueOrDefault(node.Id),
                moved is null ? null : Sum(node.Leaves().Select(leaf => moved.ByLeaf[leaf.Id])), target, it.Threshold, standing, surely);
        });
        return new ScoredTree(version, now, before, [.. nodes], moved?.Before, moved?.After, [.. moved?.Unshared.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()], versionBefore);
    }

    static WeightedNode Tree(LibraryVersion version, Dictionary<string, Reading> readings) => LibraryTree.Of(version, it =>
        it.Goalposts() is var (best, worst) && readings.GetValueOrDefault(it.Code) is { Value: { } value } reading
            ? (Goalposts.Score(value, worst, best), reading.Se * 100 / Math.Abs(best - worst))
            : (null, null));

    static TreeChange Moved(WeightedNode past, WeightedNode after)
    {
        var now = after.Leaves().ToDictionary(leaf => leaf.Id, leaf => leaf.Score, StringComparer.Ordinal);
        return WeightedTree.Contributions(past, leaf => now[leaf.Id], MinCoverage);
    }

    /// <summary>The change of every node, tested together.</summary>
    static Dictionary<string, ScoreChange> Changes(WeightedNode root, Dictionary<string, WeightedNode> pasts, Dictionary<string, Indicator> all, Func<WeightedNode, bool> enough)
    {
        var changes = new Dictionary<string, ScoreChange>(StringComparer.Ordinal);
        foreach (var node in root.All())
        {
            var past = pasts[node.Id];
            if (Moved(past, node) is not { Before: { } from, After: { } to } moved)
                continue;
            var errors = past.Leaves().ToDictionary(leaf => leaf.Id, leaf => leaf.Se, StringComparer.Ordinal);
            var common = node.WithScores(leaf => moved.Unshared.Contains(leaf.Id) ? null : leaf.Score);
            var se = Error(common, all, leaf => leaf.Se is { } a && errors[leaf.Id] is { } b ? Math.Sqrt(a * a + b * b) : null);
            var difference = to - from;
            changes[node.Id] = se > 0 && enough(node)
                ? new(difference, difference - Z * se, difference + Z * se, Normal.TwoSidedP(difference / se.Value), null)
                : new(difference, null, null, null, null);
        }
        var tested = changes.Where(pair => pair.Value.P is not null).Select(pair => pair.Key).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(code => changes[code].P!.Value)]);
        foreach (var (index, code) in tested.Index())
            changes[code] = changes[code] with { Significant = adjusted[index] <= 0.05 };
        return changes;
    }

    /// <summary>The standard error of a node from those of its leaves; null where one that counts has none.</summary>
    static double? Error(WeightedNode node, Dictionary<string, Indicator> all, Func<WeightedNode, double?> of)
    {
        var weights = WeightedTree.EffectiveWeights(node, MinCoverage);
        var bySurvey = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var leaf in node.Leaves().Where(leaf => leaf.Score is not null && weights.GetValueOrDefault(leaf.Id) > 0))
        {
            if (of(leaf) is not { } se)
                return null;
            var source = all[leaf.Id].Measure?.Survey ?? leaf.Id;
            bySurvey[source] = bySurvey.GetValueOrDefault(source) + weights[leaf.Id] * se;
        }
        return Math.Sqrt(bySurvey.Values.Sum(part => part * part));
    }

    static (string Standing, bool Surely) Standing(Indicator it, Reading? own, double? score, double? se, double? target)
    {
        var less = it.Measure is not null && it.LessIsBetter();
        var (value, low, high) = it.Measure is not null
            ? (own?.Value, own?.Low ?? own?.Value, own?.High ?? own?.Value)
            : (score, score - Z * (se ?? 0), score + Z * (se ?? 0));
        if (value is not { } at || it.Threshold is null && target is null)
            return ("none", false);
        if (it.Threshold is { } threshold && (less ? at > threshold : at < threshold))
            return ("below", less ? low > threshold : high < threshold);
        return (target is { } wanted && (less ? at > wanted : at < wanted) ? "missed" : target is null ? "none" : "reached", false);
    }

    static double? Sum(IEnumerable<double?> parts)
    {
        var known = parts.OfType<double>().ToList();
        return known.Count == 0 ? null : known.Sum();
    }

    static class Sql
    {
        // The unit itself first, then those above it.
        public const string Path = """
            SELECT u.code FROM customers_v_org_tree t JOIN customers_v_org_units u ON u.id = t.ancestor_id WHERE t.unit_id = @Scope ORDER BY t.depth
            """;
    }
}

/// <summary>Windows that were read, to be scored and compared in any pairs.</summary>
sealed class ScoredWindows(Func<Window, Window?, ScoredTree> make)
{
    public ScoredTree Tree(Window now, Window? before) => make(now, before);
}

/// <summary>What the slices of this area ask.</summary>
sealed class IndicatorServices : IAreaServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ChoiceColumns>();
        services.AddScoped<ScopeUnits>();
        services.AddScoped<AnswerValues>();
        services.AddScoped<OperationalValues>();
        services.AddScoped<TreeScorer>();
        services.AddScoped<SeriesScorer>();
        services.AddScoped<Branches>();
        services.AddScoped<PartKeys>();
        services.AddScoped<TreeBar>();
    }
}
