using Cem.Kernel.Html;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.House;

/// <summary>Templates: each parses and names texts and partials that are there, and each is drawn by something.</summary>
public sealed class TemplateTests
{
    static readonly string[] Kinds = [".mail", ".mail.txt", ".txt"];

    [Test]
    public async Task Every_template_parses_and_names_only_what_is_there()
    {
        await using var host = await CemHost.Run();
        var templates = host.Services.GetRequiredService<Templates>();
        var files = Files();

        Breaches.None(files, files.SelectMany(file => Faults(file, templates.Check)).Concat(Unknown(files)), "Templates that cannot be drawn:");
    }

    [Test]
    public void Every_template_is_drawn_by_a_page_a_mail_or_another_template()
    {
        var files = Files();

        // The kernel's parts are a kit: the gallery draws each of them, and its pages are looked at.
        var gallery = Tree.Files(Path.Combine(Tree.Tests, "Kernel", "Html", "Gallery"), "*.hbs").SelectMany(file => Written.PartialsOf(new TemplateFile("Html/Partials/gallery.hbs", File.ReadAllText(file)))).ToHashSet();
        Breaches.None(files, Unused(files, Code()).Except(gallery.Where(name => !name.Contains('/', StringComparison.Ordinal))), "Templates that nothing draws:");
    }

    [Test]
    public void The_rules_bite()
    {
        TemplateFile[] files =
        [
            new("Features/Near/ListThings/ListThings.hbs", "{{#> frame}}{{> row this}}{{> missing}}{{/frame}}"), new("Html/Partials/frame.hbs", "{{> @partial-block}}"),
            new("Html/Partials/row.hbs", "x"), new("Html/Partials/left.hbs", "x"), new("Features/Near/ListThings/Edit.hbs", "x"), new("Features/Near/ListThings/Old.hbs", "x"),
            new("Features/Near/SendThing/SendThing.mail.hbs", "x"), new("Features/Near/SendThing/SendThing.mail.txt.hbs", "x"), new("Features/Near/NoPage/NoPage.hbs", "x"),
        ];
        WrittenType[] code =
        [
            new("Near/ListThings", new HashSet<string> { "Edit" }) { DrawsPages = true }, new("Near/SendThing", new HashSet<string> { "Near/SendThing/SendThing" }),
            new("Near/NoPage", new HashSet<string>()),
        ];

        Assert.That(Unused(files, code), Is.EquivalentTo(new[] { "left", "Near/ListThings/Old", "Near/NoPage/NoPage" }));
        Assert.That(Unknown(files), Is.EqualTo(new[] { "Near/ListThings/ListThings draws missing, which is not there" }));
        Assert.That(Faults(files[0], name => throw new TemplateException(name, "does not parse")), Is.EqualTo(new[] { "Template Near/ListThings/ListThings: does not parse" }));
    }

    internal static IReadOnlyList<TemplateFile> Files() => [.. TemplateFile.In(typeof(Templates).Assembly), .. TemplateFile.In(typeof(Program).Assembly)];

    internal static IReadOnlyList<WrittenType> Code() => Written.In(typeof(Templates).Assembly, typeof(Program).Assembly);

    static IEnumerable<string> Faults(TemplateFile file, Action<string> check)
    {
        try
        {
            check(file.Name);
            return [];
        }
        catch (TemplateException fault)
        {
            return [fault.Message];
        }
    }

    static IEnumerable<string> Unknown(IReadOnlyList<TemplateFile> files)
    {
        var names = files.Select(file => file.Name).ToHashSet();
        return files.SelectMany(file => Written.PartialsOf(file).Where(partial => !names.Contains(partial) && !names.Contains(partial + ".txt"))
            .Select(partial => $"{file.Name} draws {partial}, which is not there"));
    }

    /// <summary>A page is drawn by the slice of its name, any other template by who says its name; a mail's twins share one.</summary>
    static IEnumerable<string> Unused(IReadOnlyList<TemplateFile> files, IReadOnlyList<WrittenType> code)
    {
        var said = code.SelectMany(type => type.Strings).Concat(files.SelectMany(Written.PartialsOf)).ToHashSet();
        return files.Where(file => !Names(file.Name).Any(said.Contains) && !code.Any(type => type.DrawsPages && Draws(type, file.Name))).Select(file => file.Name);
    }

    static IEnumerable<string> Names(string template) =>
        Kinds.Where(kind => template.EndsWith(kind, StringComparison.Ordinal)).Select(kind => template[..^kind.Length]).Prepend(template);

    static bool Draws(WrittenType type, string template)
    {
        var slash = template.LastIndexOf('/');
        return slash > 0 && template[..slash] == type.Scope
            && (template[(slash + 1)..] is var name && name == type.Scope[(type.Scope.LastIndexOf('/') + 1)..] || type.Strings.Contains(name));
    }
}
