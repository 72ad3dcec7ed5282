using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ShowAccount;

public sealed class ShowAccountTests
{
    [Test]
    public async Task A_silent_decision_maker_is_marked_and_the_renewal_counted_down()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await (await api.PutAsJsonAsync("/api/v1/accounts/a1", new { name = "Lantian", orgUnit = "shanghai", renewalDate = "2026-05-10", products = new[] { "flight" } })).Json();
        await (await api.PutAsJsonAsync("/api/v1/contacts/c1", new { account = "a1", name = "Decider", role = "decisionMaker", consent = new { contact = true } })).Json();
        await api.PutContact("c2", "a1", name: "User <b>");
        using var person = await host.SignedIn(Roles.Agent, "east");

        var page = await person.Open("/accounts/a1");

        Assert.That(page.QuerySelector(".answer")!.TextContent.Trim(), Is.EqualTo("0 of 2 contacts were heard in the last year, none of them a decision-maker. Renewal in 60 days."));
        Assert.That(page.QuerySelectorAll("#people th[scope=rowgroup]").Select(row => row.TextContent), Is.EqualTo(new[] { "Decision-maker", "User" }));
        Assert.That(page.QuerySelectorAll("#people .pill-late").Select(pill => pill.TextContent), Is.EqualTo(new[] { "silent" }));
        Assert.That(page.QuerySelector("#people")!.TextContent, Does.Contain("User <b>"));
    }

    [Test]
    public async Task Who_answered_is_heard_and_the_score_stands_with_its_n_on_both_pages()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("a1", "shanghai", "Lantian");
        await api.PutAccount("a2", "shanghai", "Quiet");
        foreach (var i in Enumerable.Range(0, 6))
            await (await api.PutAsJsonAsync($"/api/v1/contacts/c{i}", new { account = "a1", name = $"Person {i}", role = i == 0 ? "decisionMaker" : "user" })).Json();
        var account = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_accounts WHERE external_id = 'a1'"));
        var contacts = host.Store.Read(reader => reader.Query<long>("SELECT id FROM customers_contacts ORDER BY external_id"));
        var unit = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_org_units WHERE code = 'shanghai'"));
        await host.Add(contacts.Take(5).Select((contact, i) => new ScoredAnswer(i == 0 ? 3 : 10) { Account = account, Contact = contact, OrgUnit = unit }));
        await host.Settle();
        using var person = await host.SignedIn(Roles.Viewer);

        var page = await person.Open("/accounts/a1");
        var list = await person.Open("/accounts");

        Assert.That(page.QuerySelector(".answer")!.TextContent.Trim(), Is.EqualTo("5 of 6 contacts were heard in the last year, decision-makers among them."));
        Assert.That(page.QuerySelector(".score")!.TextContent, Does.Contain("60").And.Contain("n = 5"));
        Assert.That(page.QuerySelectorAll("#people .pill-late"), Is.Empty);
        Assert.That(page.QuerySelectorAll("#timeline .timeline-bad"), Has.Count.EqualTo(1));
        foreach (var link in page.QuerySelectorAll("#timeline a").Select(link => link.GetAttribute("href")!).ToList())
        {
            Assert.That(link, Does.StartWith("/responses/"));
            await person.Open(link);
            Assert.That((int)person.Answer.StatusCode, Is.Not.EqualTo(404));
        }
        var rows = list.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.That(rows[0], Does.Contain("60").And.Contain("n = 5").And.Contain("5 of 6"));
        Assert.That(rows[1], Does.Contain("n = 0").And.Contain("0 of 0"));
    }

    [Test]
    public async Task An_answer_of_the_time_in_another_org_unit_is_told_but_no_link()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("a1", "shanghai");
        var (account, west) = host.Store.Read(reader => (reader.Single<long>("SELECT id FROM customers_accounts"), reader.Single<long>("SELECT id FROM customers_org_units WHERE code = 'west'")));
        await host.Add([new ScoredAnswer(3) { Account = account, OrgUnit = west }]);
        using var east = await host.SignedIn(Roles.Manager, "east");
        using var everyone = await host.SignedIn(Roles.Viewer);

        var bounded = await east.Open("/accounts/a1");
        var whole = await everyone.Open("/accounts/a1");

        Assert.That(bounded.QuerySelectorAll("#timeline li"), Has.Length.EqualTo(1));
        Assert.That(bounded.QuerySelectorAll("#timeline a"), Is.Empty);
        Assert.That(whole.QuerySelector("#timeline a")!.GetAttribute("href"), Does.StartWith("/responses/"));
    }

    [Test]
    public async Task Events_feedback_and_work_orders_stand_in_the_order_of_time([Values("en", "zh-CN")] string language)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await api.PutAccount("a1", "shanghai");
        await api.PutContact("c1", "a1", name: "Luo Yang");
        await (await api.PostAsJsonAsync("/api/v1/events", new { source = "crm", eventId = "1", type = "ticket.closed", occurredAt = "2026-03-01T09:00:00+08:00", account = "a1", contact = "c1" })).Json();
        await (await api.PostAsJsonAsync("/api/v1/feedback", new { source = "crm", externalId = "f1", kind = "complaint", account = "a1", contact = "c1", at = "2026-03-02T09:00:00+08:00", text = "Sync <b>broken</b>", recordedBy = "x@example.com", interested = false })).Json();
        await host.Settle();
        await host.Store.Write(tx => tx.Execute("""
            INSERT INTO work_orders_orders (id, number, rule_code, account_id, org_unit_id, state, priority, required_action_en, required_action_zh, opened_at, due_at, updated_at)
            SELECT @Id, 7, 'sync', id, org_unit_id, 'accepted', 'high', '', '', @At, @At, @At FROM customers_accounts
            """, new { Id = tx.NewId(), At = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero) }));
        using var person = await host.SignedIn(Roles.Viewer, language: language);

        var list = await person.Open("/accounts");
        var page = await person.Open("/accounts/a1");

        Assert.That(list.QuerySelectorAll("tbody td.num")[^1].TextContent, Is.EqualTo("1"));
        Assert.That(page.QuerySelector("#timeline a")!.GetAttribute("href"), Does.StartWith("/work-orders/"));
        var entries = page.QuerySelectorAll("#timeline .timeline-title").Select(title => title.TextContent.Trim()).ToList();
        Assert.That(entries, Is.EqualTo(new[] { language == "en" ? "Work order 7: accepted" : "工单 7：处理中", (language == "en" ? "Complaint" : "投诉") + " Luo Yang", (language == "en" ? "Ticket closed" : "工单关闭") + " Luo Yang" }));
        Assert.That(page.QuerySelector("#timeline .timeline-text")!.TextContent, Is.EqualTo("Sync <b>broken</b>"));
    }

    [Test]
    public async Task The_first_of_each_step_of_their_life_with_us_stands_with_its_day()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await api.PutAccount("a1", "shanghai");
        foreach (var (type, day, feature) in new[]
        {
            ("use.first", "2026-01-20", null), ("inquiry.received", "2025-11-02", null), ("feature.used", "2026-02-02", "approval"), ("feature.used", "2026-02-09", "approval"),
            ("feature.used", "2026-02-03", "<b>"), ("account.registered", "2026-01-10", null), ("ticket.closed", "2025-01-01", null),
        })
            await (await api.PostAsJsonAsync("/api/v1/events", new { source = "app", eventId = type + day, type, occurredAt = day + "T09:00:00+08:00", account = "a1", attributes = new { feature } })).Json();
        using var person = await host.SignedIn(Roles.Viewer);

        var page = await person.Open("/accounts/a1");

        Assert.That(page.QuerySelectorAll("#milestones dt").Select(name => name.TextContent), Is.EqualTo(new[] { "First inquiry", "Registered", "First use", "First use of approval", "First use of <b>" }));
        Assert.That(page.QuerySelectorAll("#milestones dd")[0].TextContent, Is.EqualTo("2 Nov 2025"));
    }

    [Test]
    public async Task Accounts_outside_the_org_unit_are_not_found_nor_named()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("group", "hq", "The group");
        await api.PutAccount("eastern", "shanghai", "Eastern", parent: "group");
        await api.PutAccount("child", "west", "The child", parent: "eastern");
        using var person = await host.SignedIn(Roles.Manager, "east");
        using var everyone = await host.SignedIn(Roles.Viewer);

        await person.Open("/accounts/group");
        Assert.That((int)person.Answer.StatusCode, Is.EqualTo(404));
        var page = await person.Open("/accounts/eastern");
        Assert.That(page.Body!.TextContent, Does.Not.Contain("The group").And.Not.Contain("The child"));
        var whole = await everyone.Open("/accounts/eastern");
        Assert.That(whole.Body!.TextContent, Does.Contain("The group").And.Contain("The child"));
    }

    [TestCase("en", "Hidden churn: much used, but the experience is poor. It hurts at: OA sync. Renewal in 60 days.")]
    [TestCase("zh-CN", "隐性流失：使用活跃，但体验不佳。症结在：OA 对接。距续约还有 60 天。")]
    public async Task An_account_in_danger_says_so_first_and_a_content_one_who_was_heard(string language, string first)
    {
        await using var host = await CemHost.Run();
        await AccountHealth.Clinic.Open(host);
        using var person = await host.SignedIn(Roles.Viewer, language: language);

        Assert.That((await person.Open("/accounts/story")).QuerySelector(".answer")!.TextContent, Is.EqualTo(first));
        Assert.That((await person.Open("/accounts/calm1")).QuerySelector("#standing"), Is.Null);
    }
}
