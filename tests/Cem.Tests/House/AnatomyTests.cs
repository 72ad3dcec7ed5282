using System.Text.RegularExpressions;

namespace Cem.Tests.House;

/// <summary>Slices look alike, so that a reader always knows where to look.</summary>
public sealed partial class AnatomyTests
{
    /// <summary>The order of a slice's main file; what it does not need is left out.</summary>
    static readonly string[] Order = ["Request", "Response", "Module", "Validator", "Handler", "Sql"];

    [Test]
    public void Every_slice_has_its_parts_in_order_and_says_why_it_exists_and_who_may_send_its_requests()
    {
        var slices = Tree.Slices(Tree.Features);

        Breaches.None(slices, slices.SelectMany(Anatomy), "A slice does not look like the others:");
    }

    [Test]
    public void The_rule_bites()
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
                /// <summary>Too late.</summary>
                [Access(Anyone = true)]
                sealed record OtherRequest : IRequest;
                sealed record ThirdRequest : IRequest;
                public sealed record Shown;
                """);
            Assert.That(Tree.Slices(folder.FullName).SelectMany(Anatomy), Is.EquivalentTo(new[]
            {
                "Near/DoNothing has another namespace", "Near/DoNothing has no summary before its first type",
                "Near/DoNothing: Request says nothing of who may send it", "Near/DoNothing: ThirdRequest says nothing of who may send it",
                "Near/DoNothing: Sql stands before Handler", "Near/DoNothing: Sql is not private to the file", "Near/DoNothing: Shown is public",
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
            return [$"{slice} has no {slice.Name}.cs"];
        var text = File.ReadAllText(slice.MainFile);
        return Anatomy(slice, text, Type().Matches(text).ToList());
    }

    static IEnumerable<string> Anatomy(SliceFolder slice, string text, List<Match> types)
    {
        if (!text.Contains($"namespace Cem.Server.Features.{slice.Area}.{slice.Name};", StringComparison.Ordinal))
            yield return $"{slice} has another namespace";
        if (types.Count == 0 || !text[..types[0].Index].Contains("/// <summary>", StringComparison.Ordinal))
            yield return $"{slice} has no summary before its first type";
        foreach (var request in types.Where(type => Sent().IsMatch(type.Value + text[(type.Index + type.Length)..])))
            if (!AccessAbove().IsMatch(text[..request.Index]))
                yield return $"{slice}: {Name(request)} says nothing of who may send it";
        var places = Order.Select(name => (Name: name, Place: types.FirstOrDefault(type => Name(type) == name)?.Index ?? -1)).Where(type => type.Place >= 0).ToList();
        foreach (var (before, after) in places.Zip(places.Skip(1)))
            if (after.Place < before.Place)
                yield return $"{slice}: {after.Name} stands before {before.Name}";
        if (types.Any(type => Name(type) == "Sql" && type.Groups["modifier"].Value != "file"))
            yield return $"{slice}: Sql is not private to the file";
        foreach (var shown in types.Where(type => type.Groups["modifier"].Value == "public"))
            yield return $"{slice}: {Name(shown)} is public";
    }

    static string Name(Match type) => type.Groups["name"].Value;

    [GeneratedRegex(@"^(?:(?<modifier>public|file) )?(?:sealed |static |abstract |readonly |partial )*(?:class|record|enum|interface|struct)(?: struct| class)? (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();

    // From the start of a type: a record whose first line of bases is a request.
    [GeneratedRegex(@"\A(?:\w+ )*record \w+(?:\((?:[^()]|\([^()]*\))*\))?(?:[\s\w<>,]*?): *I(?:Base)?Request\b")]
    private static partial Regex Sent();

    [GeneratedRegex(@"^\[Access(?:\(.*\))?\]\n(?:\[.*\]\n)*\z", RegexOptions.Multiline)]
    private static partial Regex AccessAbove();
}
