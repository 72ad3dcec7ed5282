using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cem.Kernel.Data;
using Mono.Cecil;

namespace Cem.Tests.House;

/// <summary>What the build is told to refuse, and that nobody has talked it out of it.</summary>
public sealed partial class SettingsTests
{
    static readonly string[] Strict = ["Nullable=enable", "TreatWarningsAsErrors=true", "AnalysisLevel=latest-recommended", "EnforceCodeStyleInBuild=true", "ManagePackageVersionsCentrally=true", "CentralPackageTransitivePinningEnabled=true"];

    static readonly string[] Errors = ["CA1857", "RS0030"];

    [Test]
    public void Warnings_are_errors_everywhere_and_sql_put_together_does_not_compile()
    {
        var settings = XDocument.Load(Path.Combine(Tree.Source, "Directory.Build.props")).Descendants().Where(element => !element.HasElements).Select(element => $"{element.Name.LocalName}={element.Value}").ToList();
        var editor = File.ReadAllText(Path.Combine(Tree.Root, ".editorconfig"));

        Breaches.None(settings, Strict.Except(settings).Concat(Errors.Where(rule => !editor.Contains($"dotnet_diagnostic.{rule}.severity = error", StringComparison.Ordinal))), "Not asked for any more:");
    }

    [Test]
    public void Every_package_has_one_exact_version_said_in_one_place()
    {
        var projects = Tree.Files(Tree.Root, "*.csproj").ToDictionary(Tree.Relative, XDocument.Load);

        Breaches.None(projects, Loose(projects.Append(new("Directory.Packages.props", XDocument.Load(Path.Combine(Tree.Source, "Directory.Packages.props"))))), "Versions that float, or stand in a project:");
    }

    [Test]
    public void Only_the_kernels_data_folder_sees_dapper_and_connections()
    {
        var types = new[] { typeof(Store), typeof(Program) }.SelectMany(type => Types(type.Assembly)).ToList();

        Breaches.None(types, Openers(types, typeof(Store).Namespace!), "SQL goes through Cem.Kernel.Data:");
    }

    [Test]
    public void Rules_are_set_aside_only_where_a_reason_stands_beside_it()
    {
        var files = Tree.Files(Tree.Source, "*.cs").Concat(Tree.Files(Path.Combine(Tree.Root, "tests"), "*.cs")).ToList();

        Breaches.None(files, files.SelectMany(file => Unexplained(File.ReadAllText(file)).Select(line => $"{Tree.Relative(file)}: {line}")), "A warning switched off without a reason:");
    }

    [Test]
    public void The_rules_bite()
    {
        var project = XDocument.Parse("""<Project><ItemGroup><PackageVersion Include="Near" Version="1.0.0" /><PackageVersion Include="Far" Version="[1.0.0]" /><PackageReference Include="Own" Version="[1.0.0]" /></ItemGroup></Project>""");

        Assert.That(Loose([new("x", project)]), Is.EqualTo(new[] { "x: Near is 1.0.0", "x: Own has a version of its own" }));
        Assert.That(Openers([.. Types(typeof(Store).Assembly)], "Cem.Nowhere"), Has.Some.Contain("Cem.Kernel.Data"));
        Assert.That(Unexplained("#pragma warning disable CA1031\n#pragma warning disable CA1031 // this is the place\n#pragma warning restore CA1031"), Is.EqualTo(new[] { "#pragma warning disable CA1031" }));
    }

    static IEnumerable<string> Loose(IEnumerable<KeyValuePair<string, XDocument>> projects) => projects.SelectMany(project => project.Value.Descendants()
        .Where(element => element.Attribute("Include") is not null).SelectMany(element => (element.Name.LocalName, Version: (string?)element.Attribute("Version")) switch
        {
            ("PackageVersion", var version) when version is null || !Exact().IsMatch(version) => new[] { $"{project.Key}: {(string?)element.Attribute("Include")} is {version}" },
            ("PackageReference", { }) => [$"{project.Key}: {(string?)element.Attribute("Include")} has a version of its own"],
            _ => [],
        }));

    static IEnumerable<string> Openers(IReadOnlyCollection<TypeDefinition> types, string home) => types.Where(type => type.Namespace != home)
        .SelectMany(type => SliceBoundaryTests.References(type).Select(seen => seen.GetElementType()).Where(seen => seen.Namespace == "Dapper" || seen.FullName == "Microsoft.Data.Sqlite.SqliteConnection").Select(seen => $"{type.FullName} sees {seen.FullName}"));

    static IEnumerable<string> Unexplained(string source) => Pragma().Matches(source).Select(line => line.Value.Trim()).Where(line => !line.Contains("//", StringComparison.Ordinal));

    static List<TypeDefinition> Types(System.Reflection.Assembly assembly) => [.. SliceBoundaryTests.Types(AssemblyDefinition.ReadAssembly(assembly.Location))];

    [GeneratedRegex(@"^\[[0-9][^,\]]*\]$")]
    private static partial Regex Exact();

    [GeneratedRegex(@"^\s*#pragma warning disable.*$", RegexOptions.Multiline)]
    private static partial Regex Pragma();
}
