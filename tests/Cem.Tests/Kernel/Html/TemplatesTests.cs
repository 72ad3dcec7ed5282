using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Microsoft.Extensions.Logging;

namespace Cem.Tests.Kernel.Html;

public sealed class TemplatesTests
{
    [Test]
    public void A_template_sees_the_properties_of_its_model() =>
        Assert.That(Pages.Render("{{name}} {{nested.count}}", new { Name = "Anna", Nested = new { Count = 3 } }), Is.EqualTo("Anna 3"));

    [Test]
    public void Private_records_are_models_too() =>
        Assert.That(Pages.Render("{{#each rows}}{{title}};{{/each}}", new Model([new("a"), new("b")])), Is.EqualTo("a;b;"));

    sealed record Model(IReadOnlyList<Row> Rows);

    sealed record Row(string Title);

    [Test]
    public void Text_is_escaped_and_chinese_stays_readable() =>
        Assert.That(Pages.Render("<p title=\"{{name}}\">", new { Name = "<script>\"'&中文{{name}}" }),
            Is.EqualTo("<p title=\"&lt;script&gt;&quot;&#39;&amp;中文{{name}}\">"));

    [TestCase("{{> A/Partials/p}}")]
    [TestCase("a\n  {{> A/Partials/p}}\nb")]
    [TestCase("a\n  {{~> A/Partials/p}}\nb")]
    [TestCase("a\n\t{{> (lookup this \"partial\")}}\nb")]
    [TestCase("{{#> A/Partials/frame}}{{name}}{{/A/Partials/frame}}")]
    [TestCase("  {{#> A/Partials/frame}}\n  {{name}}\n  {{/A/Partials/frame}}\nx")]
    [TestCase("  {{#> A/Partials/frame}}\n  {{> A/Partials/p}}\n  {{/A/Partials/frame}}\nx")]
    [TestCase("{{#each list}}\n  {{#if ../name}}\n  {{../name}}\n  {{/if}}\n{{/each}}")]
    [TestCase("{{#with this}}\n  {{name}}\n{{else}}\n{{/with}}")]
    [TestCase("  {{name~}}  ")]
    [TestCase("{{html}}{{token}}{{name}}")]
    public void Text_is_escaped_wherever_it_stands(string source)
    {
        var templates = Pages.Templates(Pages.Texts(), ("A/B/B.hbs", source),
            ("A/Partials/p.hbs", "<p>\n  {{name}}\n</p>"), ("A/Partials/frame.hbs", "<div>\n  {{> @partial-block}}\n</div>"));
        var model = new { Name = "<x>", Partial = "A/Partials/p", List = new[] { 1 }, Html = new SafeHtml("<hr>") };
        Assert.That(templates.Render("A/B/B", model, Pages.English), Does.Contain("&lt;x&gt;").And.Not.Contain("<x>"));
    }

    [TestCase("{{{name}}}")]
    [TestCase("{{&name}}")]
    [TestCase("{{~{name}~}}")]
    [TestCase("{{missing}}")]
    [TestCase("{{name.missing}}")]
    [TestCase("{{#if missing}}x{{/if}}")]
    [TestCase("{{#each missing}}x{{/each}}")]
    [TestCase("{{number missing}}")]
    [TestCase("{{t \"menu\" x=missing}}")]
    [TestCase("{{> missing}}")]
    [TestCase("{{missing name}}")]
    [TestCase("{{@missing}}")]
    [TestCase("{{@page.missing}}")]
    [TestCase("{{#if name}}not closed")]
    public void An_unknown_name_is_an_error(string source) =>
        Assert.That(() => Pages.Render(source, new { Name = "x" }), Throws.TypeOf<TemplateException>());

    [TestCase("{{href}} {{#each rows}}{{date}} {{link}} {{../href}};{{/each}}", "/x a 1 /x;")]
    [TestCase("{{#each rows}}{{concat date link}}{{#if (eq date \"a\")}}{{#if link}}!{{/if}}{{/if}}{{/each}}", "a1!")]
    [TestCase("{{#each rows}}{{> A/Partials/p}}{{/each}}", "a")]
    public void A_property_may_have_the_name_of_a_helper(string source, string expected)
    {
        var templates = Pages.Templates(Pages.Texts(), ("A/B/B.hbs", source), ("A/Partials/p.hbs", "{{date}}"));
        Assert.That(templates.Render("A/B/B", new { Href = "/x", Rows = new[] { new { Date = "a", Link = 1 } } }, Pages.English), Is.EqualTo(expected));
    }

    [Test]
    public void Null_is_known_and_empty() =>
        Assert.That(Pages.Render("[{{name}}]{{#if name}}a{{else}}b{{/if}}{{#each name}}c{{else}}d{{/each}}", new { Name = (string?)null }), Is.EqualTo("[]bd"));

    [Test]
    public void The_error_says_which_template_and_which_name() =>
        Assert.That(() => Pages.Render("{{missing}}", new { }), Throws.TypeOf<TemplateException>().With.Message.EqualTo("Template A/B/B: missing is undefined"));

    [Test]
    public void A_layout_takes_the_page_into_its_middle()
    {
        var html = Pages.Render("{{#> Html/Layout title=(t \"title\")}}<h1>{{name}} {{@page.companyName}}</h1>{{/Html/Layout}}",
            new { Name = "<x>" }, texts: """{ "title": { "en": "Surveys", "zh-CN": "问卷" } }""");
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("<title>Surveys · Northwind Travel</title>"));
            Assert.That(html, Does.Contain("<h1>&lt;x&gt; Northwind Travel</h1>"));
            Assert.That(html, Does.Not.Contain(" style=").And.Not.Contain("<style").And.Not.Contain("onclick"));
        });
    }

    [Test]
    public void A_frame_sees_its_named_values_and_the_block_sees_the_page()
    {
        var templates = Pages.Templates(Pages.Texts(), ("A/Partials/frame.hbs", "<{{title}}>{{> @partial-block}}</>"),
            ("A/B/B.hbs", "{{#> A/Partials/frame title=name}}{{title}} {{#each list}}{{#> A/Partials/frame title=\"&\"}}{{this}}{{/A/Partials/frame}}{{/each}}{{/A/Partials/frame}}"));
        Assert.That(templates.Render("A/B/B", new { Name = "<n>", Title = "own", List = new[] { 1, 2 } }, Pages.English),
            Is.EqualTo("<&lt;n&gt;>own <&amp;>1</><&amp;>2</></>"));
    }

    [TestCase("{{#> A/Partials/frame}}x{{/A/Partials/frame}}", "title is undefined")]
    [TestCase("{{#> A/Partials/frame this}}x{{/A/Partials/frame}}", "named values only")]
    [TestCase("{{#> A/Partials/none title=1}}x{{/A/Partials/none}}", "no such template")]
    [TestCase("{{#> A/Partials/frame title=1}}{{missing}}{{/A/Partials/frame}}", "missing is undefined")]
    public void A_frame_is_strict(string source, string reason)
    {
        var templates = Pages.Templates(Pages.Texts(), ("A/Partials/frame.hbs", "<{{title}}>{{> @partial-block}}</>"), ("A/B/B.hbs", source));
        Assert.That(() => templates.Render("A/B/B", new { Title = "own" }, Pages.English), Throws.TypeOf<TemplateException>().With.Message.Contains(reason));
    }

    [Test]
    public void Partials_of_an_area_are_found_by_their_path_and_use_the_texts_of_the_area()
    {
        var texts = new Texts(TextsFile.In(typeof(Texts).Assembly)
            .Append(new("Features/A/A.texts.json", """{ "hello": { "en": "Hello {name}", "zh-CN": "{name},您好" } }""")));
        var templates = Pages.Templates(texts,
            ("A/Partials/greeting.hbs", "<b>{{t \"hello\" name=name}}</b>"), ("A/B/B.hbs", "{{> A/Partials/greeting}}"));
        Assert.That(templates.Render("A/B/B", new { Name = "Li" }, Pages.Chinese), Is.EqualTo("<b>Li,您好</b>"));
    }

    [Test]
    public void A_partial_can_be_chosen_by_the_model()
    {
        var templates = Pages.Templates(Pages.Texts(), ("Q/Nps/Nps.hbs", "<nps {{id}}>"), ("A/B/B.hbs", "{{#each list}}{{> (lookup this \"template\")}}{{/each}}"));
        Assert.That(templates.Render("A/B/B", new { List = new[] { new { Template = "Q/Nps/Nps", Id = "q1" } } }, Pages.English), Is.EqualTo("<nps q1>"));
    }

    [Test]
    public void A_missing_text_is_found_when_the_template_is_checked() =>
        Assert.That(() => Pages.Templates(Pages.Texts(), ("A/B/B.hbs", "{{#if (t \"no.such\")}}{{/if}}")).Check("A/B/B"),
            Throws.TypeOf<TemplateException>().With.Message.Contains("no.such"));

    [Test]
    public void Text_templates_are_not_escaped_and_prefer_partials_of_their_kind()
    {
        var templates = Pages.Templates(Pages.Texts(),
            ("A/B/B.mail.txt.hbs", "{{name}} {{> A/Partials/foot}}"), ("A/Partials/foot.hbs", "<hr>"), ("A/Partials/foot.txt.hbs", "--"));
        Assert.That(templates.Render("A/B/B.mail.txt", new { Name = "<R&D>" }, Pages.English), Is.EqualTo("<R&D> --"));
    }

    [TestCaseSource(nameof(KernelTemplates))]
    public void Every_template_of_the_kernel_parses_and_finds_its_texts(string name) =>
        Pages.Templates(Pages.Texts()).Check(name);

    static IEnumerable<string> KernelTemplates() => Pages.Templates(Pages.Texts()).Names;

    [Test]
    public void An_override_of_the_installation_is_used()
    {
        var templates = Overridden(("Features/A/B/B.hbs", "built in {{name}}"), ("A/B/B.hbs", "ours {{name}}"), out _);
        Assert.That(templates.Render("A/B/B", new { Name = "x" }, Pages.English), Is.EqualTo("ours x"));
        Assert.That(templates.Broken, Is.Empty);
    }

    [TestCase("A/B/B.hbs", "{{#if name}}", TestName = "An_override_that_does_not_parse_is_reported_and_the_built_in_one_used")]
    [TestCase("A/B/B.hbs", "{{nmae}}", TestName = "An_override_that_fails_while_rendering_is_reported_and_the_built_in_one_used")]
    [TestCase("A/B/B.hbs", "{{t \"no.such\"}}", TestName = "An_override_that_names_an_unknown_text_is_reported_and_the_built_in_one_used")]
    [TestCase("A/C/C.hbs", "x", TestName = "An_override_of_nothing_is_reported")]
    public void Broken(string path, string source)
    {
        var templates = Overridden(("Features/A/B/B.hbs", "built in {{name}}"), (path, source), out var log);
        Assert.That(templates.Render("A/B/B", new { Name = "x" }, Pages.English), Is.EqualTo("built in x"));
        Assert.That(templates.Render("A/B/B", new { Name = "x" }, Pages.English), Is.EqualTo("built in x"));
        Assert.That(templates.Broken, Has.Count.EqualTo(1));
        Assert.That(log.Lines, Has.Count.EqualTo(1).And.All.Contain(path[..^4]));
    }

    [Test]
    public void A_fault_of_the_model_is_not_blamed_on_an_override()
    {
        var templates = Overridden(("Features/A/B/B.hbs", "built in {{name}}"), ("A/B/B.hbs", "ours {{name}}"), out _);
        Assert.That(() => templates.Render("A/B/B", new { }, Pages.English), Throws.TypeOf<TemplateException>());
        Assert.That(templates.Broken, Is.Empty);
    }

    static Templates Overridden((string Path, string Source) builtIn, (string Path, string Source) ours, out LineLog log)
    {
        var folder = Directory.CreateTempSubdirectory("cem-templates-").FullName;
        try
        {
            var file = Path.Combine(folder, ours.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, ours.Source);
            log = new LineLog();
            return new Templates([new(builtIn.Path, builtIn.Source)], TemplateFile.Below(folder), Pages.Texts(), Pages.Assets, log);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    sealed class LineLog : ILogger<Templates>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
