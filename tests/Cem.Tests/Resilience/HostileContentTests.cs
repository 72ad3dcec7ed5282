using AngleSharp.Html.Parser;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.House;
using Cem.Tests.Testing;

namespace Cem.Tests.Resilience;

/// <summary>What people write is text, on every page, in every mail and every file, whatever it looks like.</summary>
public sealed class HostileContentTests
{
    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("' onmouseover='alert(1)")]
    [TestCase("{{name}} {{{name}}} {{> head}}")]
    [TestCase("=cmd|' /C calc'!A0")]
    [TestCase("\u202Eexe.tropeR")]
    [TestCase("👩‍👩‍👧‍👦 𠮷 🇨🇳")]
    [TestCase("javascript:alert(1)//&lt;b&gt;&amp;")]
    [TestCase("一个名字很长很长的公司它的名称写满了六十个字符还要再长一点才算完一个名字很长很长的公司它的名称写满了六十个")]
    public async Task Whatever_is_written_stays_text(string word)
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, word);
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Post("/settings/company", ("nameEn", word), ("nameZh", word), ("colour", "#224466"));
        var found = new List<string>();
        var shown = 0;

        var pages = ServerRoute.All(host).Where(route => route.IsSafe && !route.IsApi && !route.Access!.Anyone).ToList();
        foreach (var page in pages)
            foreach (var language in Languages.All)
            {
                using var answer = await browser.Client.GetAsync(company.PathOf(page) + "?survey=care&lang=" + language);
                var text = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode)
                    found.Add($"{page}: {(int)answer.StatusCode}");
                else if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                    found.AddRange(Faults(text, word, ref shown).Select(fault => $"{page}: {fault}"));
                else if (answer.Content.Headers.ContentType?.MediaType == "text/csv")
                    found.AddRange(Formulas(text).Select(fault => $"{page}: {fault}"));
            }
        found.AddRange(Faults(await host.Anonymous().GetStringAsync("/sign-in"), word, ref shown).Select(fault => $"GET /sign-in: {fault}"));
        var mails = host.Store.Read(reader => reader.Query<MailRow>("SELECT subject, html, text FROM kernel_mails"));
        foreach (var mail in mails)
        {
            found.AddRange(Faults(mail.Html, word, ref shown).Select(fault => $"mail {mail.Subject}: {fault}"));
            if (mail.Subject.AsSpan().IndexOfAny('\r', '\n') >= 0)
                found.Add($"mail {mail.Subject}: a line end in the subject");
        }

        Breaches.None(pages, found, "What was written is more than text:");
        Assert.That(mails, Is.Not.Empty);
        Assert.That(shown, Is.GreaterThan(5), "the word is hardly shown anywhere");
    }

    /// <summary>Anything a browser would run, and the company's name where it does not stand letter by letter.</summary>
    static List<string> Faults(string html, string word, ref int shown)
    {
        var document = new HtmlParser().ParseDocument(html);
        var found = new List<string>();
        foreach (var script in document.QuerySelectorAll("script").Where(script => script.GetAttribute("src")?.StartsWith("/app.js?v=", StringComparison.Ordinal) != true || script.TextContent.Length > 0))
            found.Add("a script that is not ours: " + script.OuterHtml);
        foreach (var element in document.All)
        {
            foreach (var attribute in element.Attributes.Where(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)))
                found.Add("a handler: " + element.OuterHtml[..Math.Min(200, element.OuterHtml.Length)]);
            foreach (var attribute in element.Attributes.Where(attribute => attribute.Name is "href" or "src" or "action" && attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)))
                found.Add("a link that runs: " + attribute.Value);
        }
        foreach (var _ in document.QuerySelectorAll("img[src=x]"))
            found.Add("an element that was written");
        if (document.Body?.TextContent.Contains(word, StringComparison.Ordinal) == true)
            shown++;
        if (document.QuerySelector("a.brand") is { } brand && brand.TextContent.Trim() != word)
            found.Add($"the company is called {brand.TextContent}");
        return found;
    }

    /// <summary>Cells that a spreadsheet would run.</summary>
    static IEnumerable<string> Formulas(string csv)
    {
        using var reader = new CsvHelper.CsvReader(new StringReader(csv.TrimStart('\uFEFF')), System.Globalization.CultureInfo.InvariantCulture);
        while (reader.Read())
            for (var i = 0; i < reader.Parser.Count; i++)
                if (reader.Parser[i] is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
                    yield return "a formula: " + reader.Parser[i];
    }

    sealed record MailRow(string Subject, string Html, string Text);
}
