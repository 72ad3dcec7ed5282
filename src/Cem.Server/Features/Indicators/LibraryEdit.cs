using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>What a change of one indicator came to.</summary>
/// <param name="Version">The version that holds it.</param>
/// <param name="Added">Whether the indicator is new.</param>
/// <param name="Changed">Whether a version was made or written anew; false where all was so already.</param>
/// <param name="Unweighed">The indicator whose judged weights became weights by hand, for something came below it that was not judged; null for none.</param>
sealed record LibraryChange(LibraryVersion Version, bool Added, bool Changed, string? Unweighed = null);

/// <summary>Changes of one indicator at a time: each makes a version of the whole library, so that the same rules hold as for all of it.</summary>
static class LibraryEdit
{
    /// <summary>Puts one indicator; its level and that of what is below it follow from its parent.</summary>
    /// <param name="given">As it should be; one that was retired counts again.</param>
    /// <exception cref="Problem">422: pointers are those of the indicator itself, or empty where others are at fault; their codes stand in the message.</exception>
    public static LibraryChange Put(Tx tx, Caller caller, CompanyTime time, Indicator given, DateOnly? validFrom, string? note, IReadOnlyList<Wording>? levelNames = null)
    {
        var newest = LibraryStore.Newest(tx);
        List<Indicator> all = [.. newest?.Indicators ?? []];
        var index = all.FindIndex(it => it.Code == given.Code);
        var was = index < 0 ? null : all[index];
        given = given with { Level = all.Find(it => it.Code == given.Parent) is { } parent ? parent.Level + 1 : 1 };
        if (was is not null && Same(given, was, all) && (levelNames is null || Json.Write(levelNames) == Json.Write(newest!.LevelNames)))
            return new(newest!, false, false);
        if (index < 0)
            index = all.Count;
        else
            all.RemoveAt(index);
        all.Insert(index, given);
        Relevel(all, given);
        var unweighed = Refit(all, [was?.Parent, given.Parent]);
        return Keep(tx, caller, time, all, index, validFrom, note, levelNames) is var (version, changed) ? new(version, was is null, changed, unweighed) : throw new InvalidOperationException();
    }

    /// <summary>Changes several indicators of a family, such as their weights.</summary>
    /// <param name="code">The one that faults are told of.</param>
    public static LibraryChange Change(Tx tx, Caller caller, CompanyTime time, string code, Func<Indicator, Indicator> change, DateOnly? validFrom, string? note)
    {
        var newest = LibraryStore.Newest(tx) ?? throw NotFound(code);
        List<Indicator> all = [.. newest.Indicators.Select(change)];
        var index = all.FindIndex(it => it.Code == code);
        if (index < 0)
            throw NotFound(code);
        Refit(all, [all[index].Parent]);
        return Keep(tx, caller, time, all, index, validFrom, note, null) is var (version, changed) ? new(version, false, changed) : throw new InvalidOperationException();
    }

    public static Problem NotFound(string code) => Problem.NotFound("indicator-not-found", ($"There is no indicator '{code}'.", $"指标“{code}”不存在。"));

    /// <summary>What an indicator is, as a number for its entity tag.</summary>
    public static long Revision(Indicator it) => Digest(it);

    /// <summary>What a version of the library is: one of today or still to come may be written anew under its number.</summary>
    public static long Revision(LibraryVersion version) => Digest(version with { MadeAt = default, MadeBy = "" });

    static long Digest<T>(T it) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Json.Write(it)))) & long.MaxValue;

    static (LibraryVersion Version, bool Changed) Keep(Tx tx, Caller caller, CompanyTime time, List<Indicator> all, int index, DateOnly? validFrom, string? note, IReadOnlyList<Wording>? levelNames)
    {
        try
        {
            return LibraryStore.Put(tx, caller, time, all, levelNames, validFrom, note);
        }
        catch (Problem problem) when (problem.Errors.Count > 0)
        {
            var own = $"/indicators/{index}/";
            var mine = problem.Errors.Where(error => error.Pointer.StartsWith(own, StringComparison.Ordinal)).Select(error => error with { Pointer = error.Pointer[(own.Length - 1)..] }).ToList();
            throw Problem.Rules(mine.Count > 0 ? mine : [.. problem.Errors.Select(error => error.Pointer.StartsWith("/indicators", StringComparison.Ordinal) ? error with { Pointer = "" } : error)]);
        }
    }

    /// <summary>Whether nothing would change; a weight that comes from judgements is not the caller's to set.</summary>
    static bool Same(Indicator given, Indicator was, List<Indicator> all) =>
        Json.Write(all.Find(it => it.Code == was.Parent) is { } parent && Derived(parent) ? given with { Weight = was.Weight } : given) == Json.Write(was);

    /// <summary>Sets what is below an indicator on the levels that follow from its own.</summary>
    static void Relevel(List<Indicator> all, Indicator top)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { top.Code };
        var above = new Queue<Indicator>([top]);
        while (above.TryDequeue(out var parent))
            foreach (var (index, it) in all.Index().Where(pair => pair.Item.Parent == parent.Code && seen.Add(pair.Item.Code)).ToList())
                above.Enqueue(all[index] = it with { Level = parent.Level + 1 });
        // A circle has no levels, and is named by the rules.
        if (top.Parent is { } over && seen.Contains(over))
            return;
        if (all.Where(it => seen.Contains(it.Code) && it.Level > 4).Select(it => it.Code).ToList() is { Count: > 0 } deep)
            throw Problem.Rule("/parent", "level", ($"There are four levels; there these would stand below the fourth: {string.Join(", ", deep)}.", $"指标最多四级；移到此处后以下指标将低于第四级：{string.Join("、", deep)}。"));
    }

    /// <summary>Fits the judgements of families that lost or gained a member; the family whose judgements no longer say all becomes one by hand.</summary>
    static string? Refit(List<Indicator> all, IReadOnlyList<string?> parents)
    {
        string? unweighed = null;
        foreach (var code in parents.OfType<string>().Distinct())
        {
            var at = all.FindIndex(it => it.Code == code);
            if (at < 0 || !Derived(all[at]) || all[at].Weighting is not { Children: { } judged, Matrix: { } matrix } weighting)
                continue;
            var children = all.Where(it => it.Parent == code && !it.Retired).Select(it => it.Code).ToHashSet(StringComparer.Ordinal);
            if (children.Count == 0 || children.Except(judged).Any())
            {
                all[at] = all[at] with { Weighting = null };
                unweighed = children.Count == 0 ? unweighed : code;
                continue;
            }
            var kept = judged.Index().Where(pair => children.Contains(pair.Item)).Select(pair => pair.Index).ToList();
            if (kept.Count < judged.Count)
                all[at] = all[at] with
                {
                    Weighting = weighting with
                    {
                        Children = [.. kept.Select(index => judged[index])],
                        Matrix = [.. (weighting.Method == WeightingMethod.Ahp ? kept.Select(index => matrix[index]) : matrix).Select(row => (IReadOnlyList<double>)[.. kept.Select(index => row[index])])],
                    },
                };
        }
        return unweighed;
    }

    static bool Derived(Indicator it) => it.Weighting is { Method: not WeightingMethod.Manual };
}
