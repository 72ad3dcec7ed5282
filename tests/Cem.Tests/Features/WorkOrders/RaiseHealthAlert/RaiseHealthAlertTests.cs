using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.AccountHealth;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.RaiseHealthAlert;

public sealed class RaiseHealthAlertTests
{
    static readonly DateOnly Today = new(2026, 3, 11);

    [Test]
    public async Task An_account_that_becomes_hidden_churn_opens_one_work_order_with_the_reasons_in_words()
    {
        await using var host = await CemHost.Run();
        await Rule(await host.WithKey(Scopes.Admin));

        var api = await Clinic.Open(host);

        var order = await Only(api);
        var read = await (await api.GetAsync($"/api/v1/work-orders/{order.GetProperty("id").GetString()}")).Json();
        Assert.That((order.GetProperty("account").GetString(), read.GetProperty("rule").GetString(), read.GetProperty("touchpoint").GetString()), Is.EqualTo(("story", "account-at-risk", "oa-sync")));
        // Low by the rule, one step more for a renewal within 90 days.
        Assert.That(read.GetProperty("priority").GetString(), Is.EqualTo("normal"));
        Assert.That(read.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()), Has.Some.Contains("OA sync").And.Some.Contains("renew"));
        Assert.That(read.GetProperty("alerts").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task The_page_says_why_in_the_readers_language_and_links_to_the_account()
    {
        await using var host = await CemHost.Run();
        await Rule(await host.WithKey(Scopes.Admin));
        var api = await Clinic.Open(host);
        var id = (await Only(api)).GetProperty("id").GetString();
        using var browser = await host.SignedIn(Roles.CxManager, language: Languages.Chinese);

        var page = await browser.Open($"/work-orders/{id}");

        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain("OA 对接").And.Contain("续约"));
        Assert.That(page.QuerySelector("a[href='/accounts/story#health']"), Is.Not.Null);
        Assert.That(page.QuerySelector("dl.facts")!.TextContent, Does.Contain("OA 对接").And.Not.Contain("oa-sync"));
    }

    [Test]
    public async Task It_goes_to_the_accounts_owner_with_the_reasons_in_the_mail()
    {
        await using var host = await CemHost.Run();
        var admin = await host.WithKey(Scopes.Admin);
        await Rule(admin);
        using var manager = await host.SignedIn(Roles.Manager);
        await Clinic.Open(host);

        var mail = host.Store.Read(reader => reader.Find<string>("SELECT text FROM kernel_mails WHERE kind = 'work-order'"));

        Assert.That(mail, Does.Contain("OA sync").And.Contain("Call on them."));
    }

    [Test]
    public async Task Another_day_like_the_last_adds_nothing_and_what_was_thought_resolved_is_taken_up_when_it_grows_worse()
    {
        await using var host = await CemHost.Run();
        var admin = await host.WithKey(Scopes.Admin);
        await Rule(admin, leastRisk: "medium");
        await Clinic.Open(host);
        var api = await host.WithKey(Scopes.Admin);
        var id = (await Only(api)).GetProperty("id").GetString()!;

        await host.Advance(TimeSpan.FromDays(1));
        await host.Settle();
        Assert.That((await Only(api)).GetProperty("id").GetString(), Is.EqualTo(id));
        Assert.That(await Steps(api, id), Is.EqualTo(new[] { "opened" }));

        // Content for a while, then worse than ever.
        foreach (var contact in new[] { "u1", "u2", "u3", "boss", "u1", "u2", "u3", "boss", "u1", "u2", "u3", "boss" })
            await Clinic.Answer(host, "story", contact, contact == "boss" ? "decisionMaker" : "user", null, Today, 10);
        await host.Settle();
        await Step(api, id, "accept", new { });
        await Step(api, id, "resolve", new { cause = "a", actionTaken = "b" });
        for (var i = 0; i < 30; i++)
            await Clinic.Answer(host, "story", "boss", "decisionMaker", "oa-sync", Today.AddDays(1), 0);
        await host.Settle();

        Assert.That((await Steps(api, id))[0], Is.EqualTo("reopened"));
        Assert.That((await Only(api)).GetProperty("state").GetString(), Is.EqualTo("accepted"));
    }

    [TestCase("atRisk", "medium", true, 0)]
    [TestCase("hiddenChurn", "high", true, 1)]
    [TestCase("hiddenChurn", "medium", false, 0)]
    public async Task Only_what_the_rule_names_is_an_alert(string standing, string leastRisk, bool active, int orders)
    {
        await using var host = await CemHost.Run();
        await Rule(await host.WithKey(Scopes.Admin), standing, leastRisk, active);

        var api = await Clinic.Open(host);

        Assert.That((await (await api.GetAsync("/api/v1/work-orders")).Json()).GetProperty("items").GetArrayLength(), Is.EqualTo(orders));
    }

    [Test]
    public async Task A_new_server_has_a_rule_for_accounts_about_to_be_lost()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);

        var order = await Only(api);

        Assert.That((order.GetProperty("account").GetString(), order.GetProperty("rule").GetString()), Is.EqualTo(("story", "account-at-risk")));
    }

    static async Task Rule(HttpClient api, string standing = "hiddenChurn", string leastRisk = "high", bool active = true) => await (await api.PutAsJsonAsync("/api/v1/alert-rules/account-at-risk", new
    {
        kind = "health", name = Both("In danger", "流失预警"), standings = new[] { standing }, leastRisk, priority = "low", requiredAction = Both("Call on them.", "拜访客户。"), promisedHours = 8, active,
    })).Json();

    static async Task<JsonElement> Only(HttpClient api) => (await (await api.GetAsync("/api/v1/work-orders")).Json()).GetProperty("items").EnumerateArray().Single();

    static async Task<string[]> Steps(HttpClient api, string id) =>
        [.. (await (await api.GetAsync($"/api/v1/work-orders/{id}")).Json()).GetProperty("history").EnumerateArray().Select(step => step.GetProperty("what").GetString()!)];

    static async Task Step(HttpClient api, string id, string step, object body)
    {
        var version = (await (await api.GetAsync($"/api/v1/work-orders/{id}")).Json()).GetProperty("version").GetInt32();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/work-orders/{id}:{step}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        (await api.SendAsync(request)).EnsureSuccessStatusCode();
    }

    static Dictionary<string, string> Both(string en, string zh) => new() { ["en"] = en, ["zh-CN"] = zh };
}
