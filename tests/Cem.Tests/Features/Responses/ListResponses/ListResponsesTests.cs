using System.Text.Json;
using Cem.Contracts.Customers;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.ListResponses;

public sealed class ListResponsesTests
{
    [Test]
    public async Task The_page_shows_answers_newest_first_with_their_words_harmless()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("s1", new { help = 2, nps = 3, nps_reason = "<script>alert(1)</script>{{name}}" }, ("completedAt", "2026-03-10T09:30:00+08:00"));
        await collection.Submitted("s2", new { help = 5, nps = 9 }, ("account", "a2"), ("contact", "c2"));
        var browser = await host.SignedIn(Roles.Viewer);

        await browser.Open("/responses");

        Assert.That(browser.Page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "/accounts/a2", "/accounts/a1" }));
        Assert.That(browser.Page.QuerySelectorAll("tbody td.wide")[1].TextContent, Is.EqualTo("<script>alert(1)</script>{{name}}"));
        Assert.That(browser.Page.QuerySelectorAll("tbody script"), Is.Empty);
    }

    [TestCase("band=detractors", "s1")]
    [TestCase("band=promoters", "s2,s4")]
    [TestCase("comment=1", "s1")]
    [TestCase("orgUnit=west", "s2")]
    [TestCase("touchpoint=booking", "s4")]
    [TestCase("survey=support&period=4w", "s1,s2,s4")]
    [TestCase("period=all", "s1,s2,s3,s4")]
    [TestCase("from=2025-01-01&to=2025-12-31", "s3")]
    [TestCase("account=a2", "s2")]
    [TestCase("survey=other", "")]
    [TestCase("role=user", "s2")]
    [TestCase("role=decisionMaker&touchpoint=support&period=all", "s1,s3")]
    [TestCase("channel=app&period=13w", "s1,s2,s4")]
    [TestCase("segment=gold", "")]
    [TestCase("product=flight", "")]
    [TestCase("region=north", "")]
    [TestCase("measure=nps", "s1,s2,s3,s4")]
    [TestCase("measure=ces", "")]
    [TestCase("interested=0", "s1,s2,s3,s4")]
    [TestCase("interested=1", "")]
    [TestCase("period=2026-03-11..2026-03-11", "s1,s2,s4")]
    [TestCase("period=2025-01-01..2025-12-31&band=passives", "s3")]
    [TestCase("period=2026-03-10..&role=decisionMaker", "s1,s4")]
    public async Task The_filters_pick(string query, string expected)
    {
        await using var host = await CemHost.Run();
        var collection = await Four(host);

        var list = await (await collection.Api.GetAsync("/api/v1/responses?" + query)).Json();

        Assert.That(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("submissionId").GetString()).Order(), Is.EqualTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task What_a_link_asked_for_is_there_to_be_seen_and_taken_back()
    {
        await using var host = await CemHost.Run();
        await Four(host);
        var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/responses?period=2026-03-09..2026-03-15&role=user&product=seat-map");

        var chosen = page.QuerySelectorAll(".filters option[selected]").ToDictionary(option => option.ParentElement!.GetAttribute("name")!, option => option.TextContent);
        Assert.That(chosen["period"], Is.EqualTo("9 Mar 2026 – 15 Mar 2026"));
        Assert.That(chosen["role"], Is.EqualTo("User"));
        Assert.That(chosen["product"], Is.EqualTo("seat-map"), "also a value that the books do not know any more");
        Assert.That(page.QuerySelectorAll(".filters input[type=hidden]"), Is.Empty);
    }

    [TestCase("/api/v1/responses?band=happy")]
    [TestCase("/api/v1/responses?period=fortnight")]
    [TestCase("/api/v1/responses?from=yesterday")]
    [TestCase("/api/v1/responses?period=2026-03-09..tomorrow")]
    [TestCase("/api/v1/responses?measure=luck")]
    [TestCase("/api/v1/responses?interested=maybe")]
    [TestCase("/api/v1/responses?cursor=xyz")]
    [TestCase("/api/v1/responses?limit=0")]
    [TestCase("/api/v1/responses?updatedSince=2026-03-01T00:00:00")]
    public async Task What_cannot_be_read_is_refused(string address)
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        await (await collection.Api.GetAsync(address)).IsProblem(400, "malformed");
    }

    [Test]
    public async Task A_cursor_gives_every_row_once_also_while_rows_arrive()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        for (var i = 0; i < 25; i++)
            await collection.Submitted($"s{i:00}");
        var (seen, cursor) = (new List<string>(), "");

        do
        {
            var page = await (await collection.Api.GetAsync("/api/v1/responses?limit=4&cursor=" + cursor)).Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("submissionId").GetString()!));
            cursor = page.GetProperty("next").GetString();
            if (seen.Count == 8)
                await collection.Submitted("late");
        }
        while (cursor is not null);

        Assert.That(seen.Order(), Is.EqualTo(Enumerable.Range(0, 25).Select(i => $"s{i:00}")));
    }

    [Test]
    public async Task A_sync_hears_of_new_answers_and_of_those_that_lost_their_person()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("s1", new { help = 5, nps = 9, more = "I am Wang" });
        await collection.Submitted("s2", null, ("account", "a2"), ("contact", "c2"));
        await host.Advance(TimeSpan.FromDays(1));
        var since = Uri.EscapeDataString(host.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
        await host.Store.Write(tx => tx.Tell(new ContactErased(tx.Single<long>("SELECT id FROM customers_contacts WHERE external_id = 'c1'"))));
        await host.Settle();

        var items = (await (await collection.Api.GetAsync("/api/v1/responses?updatedSince=" + since)).Json()).GetProperty("items");

        Assert.That(items.GetArrayLength(), Is.EqualTo(1));
        Assert.That(items[0].GetProperty("submissionId").GetString(), Is.EqualTo("s1"));
        Assert.That(items[0].GetProperty("contact").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(items[0].GetProperty("answers").GetRawText(), Is.EqualTo("""{"help":5,"nps":9}"""));
    }

    [Test]
    public async Task People_and_keys_see_their_own_org_unit_only()
    {
        await using var host = await CemHost.Run();
        var collection = await Four(host);
        var browser = await host.SignedIn(Roles.Manager, "west");
        var key = await collection.Programme.BoundTo("west", Scopes.InsightsRead);

        await browser.Open("/responses?period=all");
        var list = await (await key.GetAsync("/api/v1/responses")).Json();

        Assert.That(browser.Page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "/accounts/a2" }));
        Assert.That(list.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    static async Task<Collection> Four(CemHost host)
    {
        var collection = await Collection.Start(host);
        await collection.Submitted("s1", new { help = 2, nps = 3, nps_reason = "slow" });
        await collection.Submitted("s2", new { help = 5, nps = 9 }, ("account", "a2"), ("contact", "c2"));
        await collection.Submitted("s3", new { help = 5, nps = 7 }, ("completedAt", "2025-06-01T09:30:00+08:00"));
        await collection.Submitted("s4", new { help = 5, nps = 10 }, ("touchpoint", "booking"));
        return collection;
    }
}
