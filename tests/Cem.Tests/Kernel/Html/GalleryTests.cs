using AngleSharp.Html.Parser;
using Cem.Kernel.Html;
using Cem.Kernel.Text;

namespace Cem.Tests.Kernel.Html;

/// <summary>
/// Every component on real pages, in both languages. With CEM_GALLERY set to a folder the pages are written there, to be
/// looked at in a browser.
/// </summary>
public sealed class GalleryTests
{
    static readonly Texts Texts = new(TextsFile.In(typeof(Texts).Assembly)
        .Append(new("Features/Gallery/Gallery.texts.json", File.ReadAllText(Path.Combine(Pages.Folder(), "Gallery/Gallery.texts.json")))));

    static readonly Templates Templates = Pages.Templates(Texts, [.. Directory.EnumerateFiles(Path.Combine(Pages.Folder(), "Gallery"), "*.hbs")
        .Select(file => ("Gallery/" + Path.GetFileName(file), File.ReadAllText(file)))]);

    static string Page(string name, string language, string theme = "auto")
    {
        var model = GalleryModel.For(language);
        var page = model.Page with { Theme = theme };
        return name switch
        {
            "Error" => Templates.Render("Html/Error", ErrorPage.For(404, Texts.For(language, ""), "0af7651916cd43dd"), page),
            "Report" => new MailTemplates(Templates).Render("Gallery/Report", model, page).Html,
            _ => Templates.Render("Gallery/" + name, model, page)
        };
    }

    static readonly string[] Names = ["Overview", "Accounts", "Edit", "SignIn", "Error", "Survey", "Report"];

    [Test, Combinatorial]
    public void A_page_is_sound([ValueSource(nameof(Names))] string name, [Values(Languages.Chinese, Languages.English)] string language)
    {
        var html = Page(name, language);
        if (Environment.GetEnvironmentVariable("CEM_GALLERY") is { Length: > 0 } folder)
            foreach (var theme in new[] { "light", "dark" })
                File.WriteAllText(Path.Combine(folder, $"{name}.{language}.{theme}.html"), Page(name, language, theme));
        var document = new HtmlParser().ParseDocument(html);
        var ids = document.All.Select(e => e.Id).Where(id => !string.IsNullOrEmpty(id)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Not.Contain("<script>").And.Not.Contain("alert(1)</script>"), "hostile names are text");
            Assert.That(ids, Is.Unique);
            Assert.That(document.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
            Assert.That(document.QuerySelectorAll("input:not([type=hidden]),select,textarea").Where(e => e.Id is null && e.Closest("label") is null), Is.Empty, "labelled");
            Assert.That(document.QuerySelectorAll("label[for]").Where(l => !ids.Contains(l.GetAttribute("for"))), Is.Empty, "labels lead to fields");
            Assert.That(document.QuerySelectorAll("[aria-describedby]").SelectMany(e => e.GetAttribute("aria-describedby")!.Split(' ')).Except(ids), Is.Empty);
            Assert.That(document.QuerySelectorAll("a[href^='#']").Select(a => a.GetAttribute("href")![1..]).Except(ids), Is.Empty, "links inside the page lead somewhere");
            Assert.That(document.QuerySelectorAll("h1").Length, Is.EqualTo(1));
            if (name != "Report")
                Assert.That(document.QuerySelectorAll("[style],[onclick],script:not([src]),style:not([nonce])"), Is.Empty, "the security policy allows nothing inline");
        });
    }

    [Test]
    public void The_survey_page_is_under_a_third_of_30_kB_and_loads_nothing_else()
    {
        var html = Page("Survey", Languages.Chinese);
        var document = new HtmlParser().ParseDocument(html);
        Assert.Multiple(() =>
        {
            Assert.That(System.Text.Encoding.UTF8.GetByteCount(html), Is.LessThan(12_000));
            Assert.That(document.QuerySelectorAll("script,img,link:not([href^='data:'])"), Is.Empty);
        });
    }

    [Test]
    public void The_mail_has_a_plain_twin_with_the_same_numbers_and_one_line_of_subject()
    {
        var model = GalleryModel.For(Languages.English) with { LongName = "a\r\nBcc: x@y" };
        var mail = new MailTemplates(Templates).Render("Gallery/Report", model, model.Page);
        Assert.Multiple(() =>
        {
            Assert.That(mail.Subject, Is.EqualTo("Net promoter score a"));
            Assert.That(mail.Text, Does.Contain("Net promoter score: 42.3").And.EndWith("-- \nNorthwind Travel\n"));
            Assert.That(mail.Html, Does.Contain(">42.3<"));
            Assert.That(mail.Html.Length, Is.LessThan(80_000));
            Assert.That(mail.Html, Does.Not.Contain("<svg").And.Not.Contain("<img"));
        });
    }
}
