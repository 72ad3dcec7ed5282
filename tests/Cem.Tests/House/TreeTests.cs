using System.Text.RegularExpressions;

namespace Cem.Tests.House;

/// <summary>The shape of the tree: anatomy of slices, tests beside what they test, nothing left over.</summary>
public sealed partial class TreeTests
{
    const int LongestFile = 300;

    [Test]
    public void Every_slice_has_its_main_file_with_a_summary_and_says_who_may_send_its_request()
    {
        var slices = Tree.Slices(Tree.Features);

        Breaches.None(slices, slices.SelectMany(Anatomy), "A slice does not look like the others:");
    }

    [Test]
    public void Every_slice_has_its_tests_in_the_mirror_place()
    {
        var slices = Tree.Slices(Tree.Features);

        Breaches.None(slices, slices.Select(slice => Path.Combine(Tree.Tests, "Features", slice.Area, slice.Name, slice.Name + "Tests.cs"))
            .Where(file => !File.Exists(file)).Select(file => Path.GetRelativePath(Tree.Root, file)), "A slice without tests in the mirror place:");
    }

    [Test]
    public void The_visible_top_level_is_the_planned_one()
    {
        string[] planned = ["CemMonolith.sln", "global.json", "README.md", "LICENSE", "src", "tests", "samples"];
        var visible = new DirectoryInfo(Tree.Root).EnumerateFileSystemInfos().Select(entry => entry.Name)
            .Where(name => !name.StartsWith('.') && name is not "data" and not "TestResults").ToList();

        Breaches.None(visible, visible.Except(planned).Select(name => name + " is not planned").Concat(planned.Except(visible).Select(name => name + " is missing")),
            "The top level:");
    }

    [Test]
    public void No_snapshot_is_left_without_its_test()
    {
        var snapshots = Tree.Files(Tree.Tests, "*.verified.*").ToList();

        Breaches.None(snapshots, snapshots.Where(file => !BelongsToATest(file)).Select(file => Path.GetRelativePath(Tree.Root, file)), "Orphan snapshots:");
    }

    [Test]
    public void No_source_file_has_grown_beyond_reading()
    {
        var files = Tree.Files(Tree.Source, "*.cs").ToList();

        Breaches.None(files, files.Select(file => (file, lines: File.ReadLines(file).Count())).Where(file => file.lines > LongestFile)
            .Select(file => $"{Path.GetRelativePath(Tree.Root, file.file)} has {file.lines} lines"), $"Longer than {LongestFile} lines:");
    }

    [Test]
    public void Areas_are_folders_of_slices_with_their_schema_and_nothing_else_at_the_top()
    {
        var areas = Directory.EnumerateDirectories(Tree.Features).ToList();

        Breaches.None(areas, areas.SelectMany(area => Directory.EnumerateFiles(area).Where(file => Path.GetExtension(file) is not ".cs" && Path.GetFileName(file) != Path.GetFileName(area) + ".texts.json"))
            .Select(file => Path.GetRelativePath(Tree.Root, file)), "Unexpected in an area's folder:");
    }

    [Test]
    public void The_rules_bite()
    {
        var folder = Directory.CreateTempSubdirectory("house-");
        try
        {
            var slice = Directory.CreateDirectory(Path.Combine(folder.FullName, "Near", "DoNothing"));
            Assert.That(Tree.Slices(folder.FullName).SelectMany(Anatomy), Is.EqualTo(new[] { "Near/DoNothing has no DoNothing.cs" }));

            File.WriteAllText(Path.Combine(slice.FullName, "DoNothing.cs"), """
                namespace Cem.Server.Features.Near.DoSomething;
                sealed record Request : IRequest;
                static class Sql { }
                sealed class Handler { }
                """);
            Assert.That(Tree.Slices(folder.FullName).SelectMany(Anatomy), Is.EquivalentTo(new[]
            {
                "Near/DoNothing has another namespace", "Near/DoNothing has no summary before its first type",
                "Near/DoNothing: Request says nothing of who may send it", "Near/DoNothing: Sql stands before Handler", "Near/DoNothing: Sql is not private to the file",
            }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static IEnumerable<string> Anatomy(SliceFolder slice)
    {
        if (!File.Exists(slice.MainFile))
        {
            yield return $"{slice} has no {slice.Name}.cs";
            yield break;
        }
        var text = File.ReadAllText(slice.MainFile);
        if (!text.Contains($"namespace Cem.Server.Features.{slice.Area}.{slice.Name};", StringComparison.Ordinal))
            yield return $"{slice} has another namespace";
        var types = Type().Matches(text);
        if (types.Count == 0 || !text[..types[0].Index].Contains("/// <summary>", StringComparison.Ordinal))
            yield return $"{slice} has no summary before its first type";
        var request = types.FirstOrDefault(type => type.Groups["name"].Value == "Request");
        if (request is not null && !Access().IsMatch(text[..request.Index]) && request.Groups["modifier"].Value != "public")
            yield return $"{slice}: Request says nothing of who may send it";
        string[] order = ["Request", "Response", "Module", "Validator", "Handler", "Sql"];
        var places = order.Select(name => (name, place: types.FirstOrDefault(type => type.Groups["name"].Value == name)?.Index ?? -1)).Where(type => type.place >= 0).ToList();
        for (var i = 1; i < places.Count; i++)
            if (places[i].place < places[i - 1].place)
                yield return $"{slice}: {places[i].name} stands before {places[i - 1].name}";
        if (types.Any(type => type.Groups["name"].Value == "Sql" && type.Groups["modifier"].Value != "file"))
            yield return $"{slice}: Sql is not private to the file";
    }

    static bool BelongsToATest(string snapshot)
    {
        var parts = Path.GetFileName(snapshot).Split('.');
        var source = Path.Combine(Path.GetDirectoryName(snapshot)!, parts[0] + ".cs");
        // The second part is the test's own name, or one it gives; either stands in the source.
        return File.Exists(source) && File.ReadAllText(source) is var text && (text.Contains(parts[1], StringComparison.Ordinal) || text.Contains("Snapshot.", StringComparison.Ordinal) && text.Contains("name:", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(?:(?<modifier>public|file) )?(?:sealed |static |abstract |readonly |partial )*(?:class|record|enum|interface|struct)(?: struct| class)? (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"\[Access[(\]]")]
    private static partial Regex Access();
}
