using Cem.Kernel.Text;

namespace Cem.Tests.House;

/// <summary>The shape of the tree: tests beside what they test, nothing planned missing, nothing left over.</summary>
public sealed class TreeTests
{
    const int LongestFile = 300;

    static readonly string[] TopLevel = ["CemMonolith.sln", "global.json", "README.md", "LICENSE", "src", "tests", "samples"];

    [Test]
    public void Every_slice_has_its_tests_in_the_mirror_place_and_no_tests_outlive_their_slice()
    {
        var slices = Tree.Slices(Tree.Features);

        Breaches.None(slices, Mirror(Tree.Features, Path.Combine(Tree.Tests, "Features")), "The tests do not mirror the slices:");
    }

    [Test]
    public void The_visible_top_level_is_the_planned_one()
    {
        var visible = Visible(Tree.Root);

        Breaches.None(visible, Unplanned(visible), "The top level:");
    }

    [Test]
    public void No_snapshot_is_left_without_its_test()
    {
        var snapshots = Tree.Files(Tree.Tests, "*.verified.*").ToList();

        Breaches.None(snapshots, Orphans(snapshots).Select(Tree.Relative), "Orphan snapshots:");
    }

    [Test]
    public void No_source_file_has_grown_beyond_reading()
    {
        var files = Tree.Files(Tree.Source, "*.cs").Concat(Tree.Files(Path.Combine(Tree.Root, "tests"), "*.cs")).Concat(Tree.Files(Path.Combine(Tree.Root, "samples"), "*.cs")).ToList();

        Breaches.None(files, TooLong(files), $"Longer than {LongestFile} lines:");
    }

    [Test]
    public void Areas_hold_slices_their_schema_and_their_words_and_nothing_else()
    {
        var areas = Directory.EnumerateDirectories(Tree.Features).ToList();

        Breaches.None(areas, areas.SelectMany(Strays).Select(Tree.Relative), "Unexpected in an area's folder:");
    }

    [Test]
    public void The_rules_bite()
    {
        var folder = Directory.CreateTempSubdirectory("house-");
        try
        {
            string Write(string path, string text = "")
            {
                var file = Path.Combine(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
                return file;
            }
            Write("src/Near/Tested/Tested.cs");
            Write("src/Near/Untested/Untested.cs");
            Write("src/Near/Near.texts.json");
            var stray = Write("src/Near/notes.md");
            var test = Write("tests/Near/Tested/TestedTests.cs", """Snapshot.Matches(page, "html"); void Is_drawn() Snapshot.Matches(mail, "txt", language);""");
            Write("tests/Near/Removed/RemovedTests.cs");
            Write("tests/Near/World.cs");
            string[] kept = [Write("tests/Near/Tested/TestedTests.Is_drawn.verified.html"), Write("tests/Near/Tested/TestedTests.zh-CN.verified.txt")];
            string[] orphans =
            [
                Write("tests/Near/Tested/TestedTests.Was_renamed.verified.html"), Write("tests/Near/Tested/TestedTests.Is_drawn.verified.sql"),
                Write("tests/Near/Tested/TestedTests.de.verified.txt"), Write("tests/Near/Tested/GoneTests.Is_drawn.verified.html"),
            ];
            var longFile = Write("tests/long.cs", new string('\n', LongestFile + 1));

            Assert.That(Mirror(Path.Combine(folder.FullName, "src"), Path.Combine(folder.FullName, "tests")),
                Is.EquivalentTo(new[] { "Near/Untested has no UntestedTests.cs", "Near/Removed is tested and is no slice" }));
            Assert.That(Strays(Path.Combine(folder.FullName, "src", "Near")), Is.EqualTo(new[] { stray }));
            Assert.That(Orphans([.. kept, .. orphans]), Is.EquivalentTo(orphans));
            Assert.That(TooLong([test, longFile]), Is.EqualTo(new[] { $"{Tree.Relative(longFile)} has {LongestFile + 1} lines" }));
            Assert.That(Unplanned(Visible(folder.FullName)), Is.EquivalentTo(new[] { "CemMonolith.sln is missing", "global.json is missing", "README.md is missing", "LICENSE is missing", "samples is missing" }));
            Assert.That(Unplanned([.. TopLevel, "docs"]), Is.EqualTo(new[] { "docs is not planned" }));
            Assert.That(() => Breaches.None(Array.Empty<string>(), [], "Nothing:"), Throws.InstanceOf<AssertionException>(), "an empty set proves nothing");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static IEnumerable<string> Mirror(string features, string tests)
    {
        var slices = Tree.Slices(features);
        foreach (var slice in slices)
            if (!File.Exists(Path.Combine(tests, slice.Area, slice.Name, slice.Name + "Tests.cs")))
                yield return $"{slice} has no {slice.Name}Tests.cs";
        foreach (var tested in Tree.Slices(tests).Select(slice => slice.ToString()).Except(slices.Select(slice => slice.ToString())))
            yield return $"{tested} is tested and is no slice";
    }

    static List<string> Visible(string root) =>
        [.. new DirectoryInfo(root).EnumerateFileSystemInfos().Select(entry => entry.Name).Where(name => !name.StartsWith('.') && name is not "data" and not "TestResults")];

    static IEnumerable<string> Unplanned(IReadOnlyCollection<string> visible) =>
        visible.Except(TopLevel).Select(name => name + " is not planned").Concat(TopLevel.Except(visible).Select(name => name + " is missing"));

    static IEnumerable<string> TooLong(IEnumerable<string> files) => files.Select(file => (file, lines: File.ReadLines(file).Count()))
        .Where(file => file.lines > LongestFile).Select(file => $"{Tree.Relative(file.file)} has {file.lines} lines");

    static IEnumerable<string> Strays(string area) =>
        Directory.EnumerateFiles(area).Where(file => Path.GetExtension(file) is not ".cs" && Path.GetFileName(file) != Path.GetFileName(area) + ".texts.json");

    /// <summary>
    /// Snapshots whose fixture is gone, has no test of that name, or takes none of that kind. A snapshot is named by its test, by
    /// a name the test gives it, or by the language the test is run in.
    /// </summary>
    static IEnumerable<string> Orphans(IEnumerable<string> snapshots) => snapshots.Where(snapshot =>
    {
        var parts = Path.GetFileName(snapshot).Split('.');
        var source = Path.Combine(Path.GetDirectoryName(snapshot)!, parts[0] + ".cs");
        if (!File.Exists(source))
            return true;
        var text = File.ReadAllText(source);
        var named = text.Contains(parts[1], StringComparison.Ordinal) || Languages.All.Contains(parts[1]) && text.Contains(", language)", StringComparison.Ordinal);
        return !named || !text.Contains(parts[^1] == "json" ? "Snapshot.MatchesJson(" : $"\"{parts[^1]}\"", StringComparison.Ordinal);
    });
}
