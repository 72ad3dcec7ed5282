using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.ReadReport;

public sealed class ReadReportTests
{
    [Test]
    public async Task A_program_reads_it_as_HTML_as_a_mail_file_or_as_figures()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Story();
        var id = (await room.Run(new { orgUnit = "north", language = Languages.Chinese })).GetProperty("id").GetString();

        var html = await Get(room.Api, id, "text/html");
        var mail = await Get(room.Api, id, "message/rfc822");
        var figures = System.Text.Json.JsonElement.Parse(await Get(room.Api, id, "application/json"));

        Assert.That(html, Does.StartWith("<!DOCTYPE html>").And.Contain("显著下降"));
        Assert.That(await Get(room.Api, id, "*/*"), Is.EqualTo(html));
        var parts = mail.Split("--report-" + id);
        Assert.That(parts[0], Does.Contain("Auto-Submitted: auto-generated\r\n").And.Contain($"Message-ID: <report-{id}@localhost>\r\n").And.Contain("Subject: =?utf-8?B?"));
        Assert.That(mail.Split("\r\n"), Has.All.Length.LessThan(79));
        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String(parts[2].Split("\r\n\r\n")[1])), Is.EqualTo(html));
        Assert.That(figures.GetProperty("nps").GetProperty("n").GetInt32(), Is.EqualTo(13 * 17));
    }

    [Test]
    public async Task The_page_says_good_or_bad_which_way_and_what_moved()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Story();
        await room.Comment("c1", 1, "<b>Stuck</b> again & again");
        await host.Settle();
        var id = (await room.Run()).GetProperty("id").GetString();
        using var reader = await host.SignedIn(Roles.Viewer);

        var page = await reader.Open($"/reports/{id}");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.StartWith("Mixed: ").And.Contain("Significantly worse than the 13 weeks before"));
        Assert.That(page.Body!.TextContent, Does.Contain("3 of 6 org units, touchpoints and roles changed significantly.").And.Contain("Harbour"));
        Assert.That(page.QuerySelector("blockquote")!.TextContent, Is.EqualTo("<b>Stuck</b> again & again"));
        Snapshot.Matches(page.QuerySelector("main")!.OuterHtml, "html");
    }

    const string Library = """
        {"validFrom": "2025-01-01", "indicators": [
          {"code": "root", "name": {"en": "North star", "zh-CN": "北极星"}, "level": 1},
          {"code": "oa", "name": {"en": "OA sync", "zh-CN": "OA 同步"}, "level": 2, "parent": "root", "measure": {"type": "nps", "touchpoints": ["oa-sync"]}},
          {"code": "support", "name": {"en": "Support", "zh-CN": "客服"}, "level": 2, "parent": "root", "measure": {"type": "nps", "touchpoints": ["support"]}},
          {"code": "tickets", "name": {"en": "Tickets", "zh-CN": "工单数"}, "level": 2, "parent": "root", "weight": 0.5, "kind": "o", "best": 0, "worst": 9, "measure": {"type": "count", "source": "tickets"}}]}
        """;

    const string Tickets = """
        {"name": {"en": "Tickets", "zh-CN": "工单"}, "kind": "event", "key": ["ticket"], "fields": [
          {"column": "ticket", "type": "text"}, {"column": "account", "type": "text", "maps": "account"}, {"column": "at", "type": "instant", "maps": "at"}]}
        """;

    [TestCase(Languages.English, "significantly down", "OA sync", "Tickets")]
    [TestCase(Languages.Chinese, "显著下降", "OA 同步", "工单数")]
    public async Task It_says_which_indicators_moved_the_tree_and_sets_what_is_said_beside_what_is_done(string language, string verdict, string mover, string operational)
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await (await room.Api.PutAsync("/api/v1/operational-data/tickets", new StringContent(Tickets, null, "application/json"))).Json();
        await (await room.Api.PutAsync("/api/v1/indicator-library", new StringContent(Library, null, "application/json"))).Json();
        await room.Story();
        var id = (await room.Run(new { language })).GetProperty("id").GetString();
        using var reader = await host.SignedIn(Roles.Viewer, language: language);

        var page = await reader.Open($"/reports/{id}");
        var html = await Get(room.Api, id, "text/html");
        var mail = await Get(room.Api, id, "message/rfc822");
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(mail.Split("--report-" + id)[1].Split("\r\n\r\n")[1]));

        var block = page.QuerySelector("#indicators")!;
        Assert.That(block.QuerySelector("p")!.TextContent, Does.Contain(verdict));
        Assert.That(block.QuerySelectorAll("table")[0].QuerySelector("tbody a")!.TextContent, Is.EqualTo(mover));
        Assert.That(block.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Select(row => row.QuerySelector("td")!.TextContent), Is.EqualTo(new[] { "X", "X", "O" }));
        Assert.That(html, Does.Contain(verdict).And.Contain(operational));
        Assert.That(text, Does.Contain(verdict).And.Match($"- {mover}[:：]").And.Match($"- O {operational}[:：]"));
    }

    [Test]
    public async Task A_report_in_another_language_is_read_in_ones_own()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Story();
        var id = (await room.Run(new { language = Languages.English })).GetProperty("id").GetString();
        using var reader = await host.SignedIn(Roles.Viewer, language: Languages.Chinese);

        var page = await reader.Open($"/reports/{id}");

        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("2026-W10 周报 · 全公司"));
        Snapshot.Matches(page.QuerySelector("main")!.OuterHtml, "html");
    }

    [Test]
    public async Task An_archived_report_stays_as_it_was_whatever_comes_in_later()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Story();
        var id = (await room.Run()).GetProperty("id").GetString();
        var before = await Get(room.Api, id, "text/html");

        await room.Answers("hill", 1, 50, 0, 0);
        await host.Settle();
        await room.Run();

        Assert.That(await Get(room.Api, id, "text/html"), Is.EqualTo(before));
    }

    [Test]
    public async Task What_an_interested_party_recorded_is_left_out()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Answers("hill", 1, 6, 0, 0);
        await room.Answers("hill", 1, 40, 0, 0, answer => answer with { Interested = true });
        await host.Settle();

        var id = (await room.Run()).GetProperty("id").GetString();

        var figures = System.Text.Json.JsonElement.Parse(await Get(room.Api, id, "application/json"));
        Assert.That(figures.GetProperty("nps").GetProperty("n").GetInt32(), Is.EqualTo(6));
    }

    [Test]
    public async Task Outside_the_own_part_of_the_tree_it_does_not_exist()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        var company = (await room.Run()).GetProperty("id").GetString();
        var valley = (await room.Run(new { orgUnit = "valley" })).GetProperty("id").GetString();
        var north = await host.WithBoundKey("north", Scopes.InsightsRead);
        using var viewer = await host.SignedIn(Roles.Viewer, "north");

        foreach (var id in (string?[])[company, valley])
        {
            using var answer = await north.GetAsync($"/api/v1/reports/{id}");
            await answer.IsProblem(404, "report-not-found");
            using var page = await viewer.Client.GetAsync($"/reports/{id}");
            Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    static async Task<string> Get(HttpClient api, string? id, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/reports/{id}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var answer = await api.SendAsync(request);
        if (accept != "*/*")
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(accept));
        return await answer.Content.ReadAsStringAsync();
    }
}
