using Cem.Kernel.Html;

namespace Cem.Tests.Kernel.Html;

public sealed class HelpersTests
{
    static readonly object Model = new
    {
        X = 1234.56, Zero = 0.0, Share = 0.1234, Minor = 123450L, Currency = "USD", Nothing = (double?)null,
        Day = new DateOnly(2026, 3, 4), At = Pages.Now, Span = TimeSpan.FromMinutes(95), State = DayOfWeek.Friday,
        List = new[] { 1 }, Empty = Array.Empty<int>(), Name = "<b>", Count = 1, Html = new SafeHtml("<hr>"), Yes = true
    };

    [TestCase("{{number x 1}}", "1,234.6")]
    [TestCase("{{number nothing}}", "–")]
    [TestCase("{{signed x}}", "+1,235")]
    [TestCase("{{percent share 1}}", "12.3%")]
    [TestCase("{{date day}}", "4 Mar 2026")]
    [TestCase("{{date at}}", "4 Mar 2026")]
    [TestCase("{{month day}}", "Mar 2026")]
    [TestCase("{{time at}}", "4 Mar 2026, 09:05")]
    [TestCase("{{ago at}}", "just now")]
    [TestCase("{{duration span}}", "1 h 35 min")]
    [TestCase("{{money minor currency}}", "$1,234.50")]
    [TestCase("{{moneyShort minor \"USD\"}}", "$1.2K")]
    [TestCase("{{iso day}} {{iso at}}", "2026-03-04 2026-03-04T01:05:00+00:00")]
    [TestCase("{{#if (eq state \"Friday\")}}a{{else}}b{{/if}}", "a")]
    [TestCase("{{#if (ne count 1)}}a{{else}}b{{/if}}", "b")]
    [TestCase("{{#if (and (gt x 1000) (not (lt x 2)))}}a{{/if}}", "a")]
    [TestCase("{{#if (or nothing (any list))}}a{{/if}}{{#if (any empty)}}b{{/if}}", "a")]
    [TestCase("{{concat name \"-\" count}}", "&lt;b&gt;-1")]
    [TestCase("{{html}}{{yes}}{{count}}", "<hr>true1")]
    [TestCase("{{pill name \"late\"}}", "<span class=\"pill pill-late\">&lt;b&gt;</span>")]
    [TestCase("{{asset \"app.js\"}}", "/app.js?v=", TestName = "asset")]
    public void A_helper_writes(string source, string expected)
    {
        var html = Pages.Render(source, Model);
        if (expected.EndsWith('=')) Assert.That(html, Does.Match("^" + System.Text.RegularExpressions.Regex.Escape(expected) + "[0-9a-f]{10}$"));
        else Assert.That(html, Is.EqualTo(expected));
    }

    [TestCase("{{x}}")]
    [TestCase("{{day}}")]
    [TestCase("{{at}}")]
    [TestCase("{{number name}}")]
    [TestCase("{{date name}}")]
    [TestCase("{{pill name \"pink\"}}")]
    [TestCase("{{asset \"no.css\"}}")]
    [TestCase("{{eq x}}")]
    public void A_helper_refuses(string source) => Assert.That(() => Pages.Render(source, Model), Throws.TypeOf<TemplateException>());

    const string Texts = """
        {
          "hello": { "en": "Dear {name}, <welcome>", "zh-CN": "{name},<您好>" },
          "rows": { "en": { "one": "one row", "other": "{count} rows" }, "zh-CN": "{count} 行" }
        }
        """;

    [TestCase("{{t \"hello\" name=name}}", "Dear &lt;b&gt;, &lt;welcome&gt;")]
    [TestCase("{{t 'hello' name=(link \"/x?a=1&b\" name)}}", "Dear <a href=\"/x?a=1&amp;b\">&lt;b&gt;</a>, &lt;welcome&gt;")]
    [TestCase("{{t \"rows\" count=count}} {{t \"rows\" count=2}}", "one row 2 rows")]
    [TestCase("{{#if (eq (t \"menu\") \"Menu\")}}{{t \"menu\"}}{{/if}}", "Menu")]
    public void A_text_is_written_with_its_arguments(string source, string expected) =>
        Assert.That(Pages.Render(source, Model, texts: Texts), Is.EqualTo(expected));

    [Test]
    public void A_text_that_lacks_an_argument_is_refused() =>
        Assert.That(() => Pages.Render("{{t \"hello\"}}", Model, texts: Texts), Throws.TypeOf<TemplateException>().With.Message.Contains("name"));

    [Test]
    public void Links_carry_the_filters_and_put_ids_into_their_path()
    {
        var page = Pages.English with { Filters = [new("from", "2026-01-01"), new("orgUnit", "北 1")] };
        Assert.That(Pages.Render("{{href \"/accounts/{id}\" id=name}} {{href \"/a\" orgUnit=\"x\" tab=\"\"}}", Model, page),
            Is.EqualTo("/accounts/%3Cb%3E?from=2026-01-01&amp;orgUnit=%E5%8C%97%201 /a?from=2026-01-01&amp;orgUnit=x"));
    }

    [Test]
    public void Here_changes_one_parameter_of_the_page()
    {
        var page = Pages.English with { Path = "/rank", Query = [new("sort", "name"), new("q", "a b")] };
        Assert.That(Pages.Render("{{here sort=\"score\"}}", Model, page), Is.EqualTo("/rank?q=a%20b&amp;sort=score"));
    }

    [Test]
    public void A_form_carries_its_token()
    {
        var page = Pages.English with { FormToken = new("__t", "a\"b") };
        Assert.That(Pages.Render("{{token}}", Model, page), Is.EqualTo("<input type=\"hidden\" name=\"__t\" value=\"a&quot;b\">"));
    }

    [TestCase("/a?b=c", true)]
    [TestCase("//evil", false)]
    [TestCase("/\\evil", false)]
    [TestCase("https://evil", false)]
    [TestCase("/a\r\nX: y", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void Only_addresses_of_this_server_are_local(string? url, bool expected) => Assert.That(Urls.IsLocal(url), Is.EqualTo(expected));
}
