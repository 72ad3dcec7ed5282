using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>A version of the library: what holds from one day until the next version.</summary>
/// <param name="LevelNames">What the four levels are called here.</param>
sealed record LibraryVersion(int Version, DateOnly ValidFrom, string? Note, DateTimeOffset MadeAt, string MadeBy, IReadOnlyList<Wording> LevelNames, IReadOnlyList<Indicator> Indicators)
{
    /// <summary>The indicators that count.</summary>
    public IEnumerable<Indicator> Live => Indicators.Where(it => !it.Retired);

    public Indicator Root => Live.First(it => it.Parent is null);
}

/// <summary>Reads and writes versions; all slices that change the library do it here, so that the same rules hold.</summary>
static class LibraryStore
{
    public static readonly IReadOnlyList<Wording> LevelNames = [new("North star", "北极星"), new("Journey or domain", "旅程或领域"), new("Scene or touchpoint", "场景或触点"), new("Factor", "具体因素")];

    /// <summary>All versions, oldest first, without their indicators.</summary>
    public static IReadOnlyList<LibraryVersion> Versions(Session session) => [.. session.Query<VersionRow>(Sql.Versions).Select(row => Of(row, []))];

    /// <summary>A version with its indicators, in their order; null where there is none of this number.</summary>
    public static LibraryVersion? Find(Session session, int version) => session.Query<VersionRow>(Sql.Version, new { Version = version }) is [var row]
        ? Of(row, [.. session.Query<string>(Sql.Entries, new { Version = version }).Select(Json.Read<Indicator>)])
        : null;

    /// <summary>The newest version, in effect or still to come.</summary>
    public static LibraryVersion? Newest(Session session) => session.Find<int?>(Sql.Newest) is { } version ? Find(session, version) : null;

    /// <summary>The version in effect on a day; before the first one the first.</summary>
    public static LibraryVersion? On(Session session, DateOnly day) => session.Find<int?>(Sql.On, new { Day = Day.Number(day) }) is { } version ? Find(session, version) : null;

    public static Problem NotFound(int version) => Problem.NotFound("version-not-found", ($"There is no version {version} of the indicator library.", $"指标库没有版本 {version}。"));

    /// <summary>Keeps a library as a new version; the same content again is no new version.</summary>
    /// <param name="validFrom">The day from which it holds; null for the first day possible.</param>
    /// <exception cref="Problem">422: it is no tree, a weight is negative, a measure names what is not there, an indicator in use is missing, or the day lies before what holds already.</exception>
    public static (LibraryVersion Version, bool Created) Put(Tx tx, Caller caller, CompanyTime time, IReadOnlyList<Indicator> given, IReadOnlyList<Wording>? levelNames, DateOnly? validFrom, string? note)
    {
        var newest = Newest(tx);
        var faults = LibraryRules.Faults(given, tx.Query<string>(Sql.Touchpoints).ToHashSet(StringComparer.Ordinal), tx.Query<string>(Sql.Units).ToHashSet(StringComparer.Ordinal)).Concat(Absent(tx, given, newest)).ToList();
        if (newest is not null)
            faults.AddRange(Lost(given, newest));
        if (faults.Count > 0)
            throw Problem.Rules(faults);
        var indicators = Weights.Derive(given);
        var names = levelNames ?? newest?.LevelNames ?? LevelNames;
        var same = newest is not null && Json.Write(newest.Indicators) == Json.Write(indicators) && Json.Write(newest.LevelNames) == Json.Write(names);
        if (same && (validFrom is null || validFrom >= newest!.ValidFrom))
            return (newest!, false);
        var (version, from) = Place(newest, validFrom, time.Today);
        tx.Execute(Sql.RemoveEntries, new { Version = version });
        tx.Execute(Sql.PutVersion, new { Version = version, From = Day.Number(from), Names = Json.Write(names), Note = note, tx.Now, By = caller.Name });
        foreach (var (index, it) in indicators.Index())
            tx.Execute(Sql.PutEntry, new
            {
                Version = version, it.Code, Position = index, it.Parent, it.Level, Kind = it.Kind == IndicatorKind.X ? "x" : "o", it.Name.En, it.Name.Zh,
                it.Weight, it.Touchpoint, it.Retired, Definition = Json.Write(it),
            });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "indicator-library.changed", $"version {version}", Json.Write(new { Version = version, ValidFrom = from, note, Indicators = indicators.Count })));
        return (new LibraryVersion(version, from, note, tx.Now, caller.Name, names, indicators), true);
    }

    /// <summary>The first day from which a change can hold.</summary>
    public static DateOnly FirstDay(LibraryVersion? newest, DateOnly today) => newest is null || newest.ValidFrom < today ? today : newest.ValidFrom;

    /// <summary>
    /// What a day was scored by is never changed: a new version comes after it. One still to come, or of this very day, is written
    /// anew on its own day, so that a tree that is being built stands as it is built.
    /// </summary>
    static (int Version, DateOnly From) Place(LibraryVersion? newest, DateOnly? asked, DateOnly today)
    {
        if (newest is null)
            return (1, asked ?? today);
        var open = newest.ValidFrom >= today;
        var from = asked ?? FirstDay(newest, today);
        if (from < today)
            throw Problem.Rule("/validFrom", "in-the-past", ("A new version holds from today at the earliest: what was scored stays as it is.", "新版本最早从今天起生效：已计算的结果不会改变。"));
        if (from < newest.ValidFrom)
            throw Problem.Rule("/validFrom", "out-of-order", ($"Version {newest.Version} holds from {newest.ValidFrom:yyyy-MM-dd}; the next one cannot come before it.", $"版本 {newest.Version} 自 {newest.ValidFrom:yyyy-MM-dd} 起生效，新版本不得早于该日期。"));
        return (open && from == newest.ValidFrom ? newest.Version : newest.Version + 1, from);
    }

    /// <summary>What measures name and is not there; those that were in use before are left as they are, so that a survey that is gone stops no change of something else.</summary>
    static IEnumerable<FieldError> Absent(Tx tx, IReadOnlyList<Indicator> given, LibraryVersion? newest)
    {
        var known = newest?.Live.ToDictionary(it => it.Code, it => Json.Write(it.Measure), StringComparer.Ordinal) ?? [];
        return given.Index().Where(pair => !pair.Item.Retired && known.GetValueOrDefault(pair.Item.Code) != Json.Write(pair.Item.Measure))
            .SelectMany(pair => MeasureSources.Faults(tx, pair.Item).Select(fault => fault with { Pointer = $"/indicators/{pair.Index}{fault.Pointer}" }));
    }

    static IEnumerable<FieldError> Lost(IReadOnlyList<Indicator> given, LibraryVersion newest)
    {
        var codes = given.Select(it => it.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var lost in newest.Indicators.Where(it => !codes.Contains(it.Code)))
        {
            var below = newest.Indicators.Where(it => it.Parent == lost.Code).Select(it => it.Code).ToList();
            yield return new("/indicators", "indicator-in-use", (
                $"'{lost.Code}' ({lost.Name.En}) is in use since version {newest.Version} or before{(below.Count > 0 ? $", with {string.Join(", ", below)} below it" : "")}: retire it instead of leaving it out.",
                $"“{lost.Code}”（{lost.Name.Zh}）已在使用{(below.Count > 0 ? $"，其下有 {string.Join("、", below)}" : "")}：请停用，而不要删除。"));
        }
    }

    static LibraryVersion Of(VersionRow row, IReadOnlyList<Indicator> indicators) =>
        new(row.Version, Day.FromNumber(row.ValidFrom), row.Note, row.MadeAt, row.MadeBy, Json.Read<IReadOnlyList<Wording>>(row.LevelNames), indicators);

    sealed record VersionRow(int Version, int ValidFrom, string? Note, DateTimeOffset MadeAt, string MadeBy, string LevelNames);

    static class Sql
    {
        public const string Versions = "SELECT version, valid_from, note, made_at, made_by, level_names FROM indicators_versions ORDER BY version";

        public const string Version = "SELECT version, valid_from, note, made_at, made_by, level_names FROM indicators_versions WHERE version = @Version";

        public const string Newest = "SELECT MAX(version) FROM indicators_versions";

        public const string On = """
            SELECT COALESCE((SELECT MAX(version) FROM indicators_versions WHERE valid_from <= @Day), (SELECT MIN(version) FROM indicators_versions))
            """;

        public const string Entries = "SELECT definition FROM indicators_entries WHERE version = @Version ORDER BY position";

        public const string RemoveEntries = "DELETE FROM indicators_entries WHERE version = @Version";

        public const string PutVersion = """
            INSERT INTO indicators_versions (version, valid_from, level_names, note, made_at, made_by) VALUES (@Version, @From, @Names, @Note, @Now, @By)
            ON CONFLICT (version) DO UPDATE SET valid_from = excluded.valid_from, level_names = excluded.level_names, note = excluded.note,
              made_at = excluded.made_at, made_by = excluded.made_by
            """;

        public const string PutEntry = """
            INSERT INTO indicators_entries (version, code, position, parent, level, kind, name_en, name_zh, weight, touchpoint, retired, definition)
            VALUES (@Version, @Code, @Position, @Parent, @Level, @Kind, @En, @Zh, @Weight, @Touchpoint, @Retired, @Definition)
            """;

        public const string Touchpoints = "SELECT code FROM journeys_v_touchpoints";

        public const string Units = "SELECT code FROM customers_v_org_units";
    }
}
