using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.BrowseAccounts;

public sealed class BrowseAccountsTests
{
    [Test]
    public async Task Without_accounts_the_page_says_what_to_do_next()
    {
        await using var host = await CemHost.Run();
        using var manager = await host.SignedIn(Roles.CxManager);
        using var viewer = await host.SignedIn(Roles.Viewer);

        var page = await manager.Open("/accounts");
        await viewer.Open("/accounts");

        Assert.That(page.QuerySelector(".empty a")?.GetAttribute("href"), Is.EqualTo("/imports"));
        Assert.That(viewer.Page.QuerySelector(".empty a"), Is.Null);
    }

    [Test]
    public async Task Accounts_are_sorted_filtered_and_paged()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        for (var i = 0; i < 60; i++)
            await (await api.PutAsJsonAsync($"/api/v1/accounts/a{i:00}", new
            {
                name = $"Account {i:00}", orgUnit = i % 2 == 0 ? "shanghai" : "west", tier = i % 3 == 0 ? "A" : "B",
                annualRevenue = new { amount = i % 10 * 100_000, currency = "CNY" },
                renewalDate = i < 5 ? $"2026-0{i + 1}-20" : null,
            })).Json();
        using var person = await host.SignedIn(Roles.Viewer);

        await person.Open("/accounts");
        var first = Names(person);
        await person.Open(person.Page.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);
        var second = Names(person);

        Assert.That(first.Concat(second), Is.EqualTo(Enumerable.Range(0, 60).Select(i => $"Account {i:00}")));
        Assert.That(await NamesAt(person, "/accounts?sort=renewal"), Is.EqualTo(Enumerable.Range(0, 5).Concat(Enumerable.Range(5, 45)).Select(i => $"Account {i:00}")));
        Assert.That((await NamesAt(person, "/accounts?sort=revenue"))[..2], Is.EqualTo(new[] { "Account 09", "Account 19" }));
        Assert.That(await NamesAt(person, "/accounts?orgUnit=east&tier=A&search=5"), Is.EqualTo(new[] { "Account 54" }));
        Assert.That(await NamesAt(person, "/accounts?renewal=60"), Is.EqualTo(new[] { "Account 02", "Account 03" }));
        Assert.That(await NamesAt(person, "/accounts?renewal=overdue"), Is.EqualTo(new[] { "Account 00", "Account 01" }));
    }

    [Test]
    public async Task Pages_of_every_order_hold_every_account_once([Values("", "revenue", "renewal")] string sort)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.Import("accounts", "externalId,name,orgUnit,annualRevenue,currency,renewalDate\n"
            + string.Join('\n', Enumerable.Range(0, 120).Select(i => $"a{i},Same name,hq,{(i % 4 == 0 ? "," : $"{i % 7},CNY")},{(i % 3 == 0 ? "" : $"2026-05-0{i % 9 + 1}")}")));
        using var person = await host.SignedIn(Roles.Viewer);
        var seen = new List<string>();

        for (var next = $"/accounts?sort={sort}"; next is not null; next = person.Page.QuerySelector(".pager a[rel=next]")?.GetAttribute("href"))
        {
            await person.Open(next);
            seen.AddRange(person.Page.QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")!));
        }

        Assert.That(seen, Has.Count.EqualTo(120));
        Assert.That(seen, Is.Unique);
    }

    [Test]
    public async Task People_see_their_own_org_unit_only()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("eastern", "shanghai", "Eastern");
        await api.PutAccount("western", "west", "Western");
        using var person = await host.SignedIn(Roles.Manager, "east");

        Assert.That(await NamesAt(person, "/accounts"), Is.EqualTo(new[] { "Eastern" }));
        Assert.That(await NamesAt(person, "/accounts?orgUnit=west"), Is.Empty);
        Assert.That(person.Page.QuerySelectorAll("select[name=orgUnit] option").Select(option => option.GetAttribute("value")), Is.EqualTo(new[] { "", "east", "shanghai" }));
    }

    [Test]
    public async Task Hostile_names_stay_text_and_a_search_comes_back_as_typed([Values("en", "zh-CN")] string language)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        const string hostile = "<script>alert(1)</script>{{name}}\"'";
        await api.PutAccount("a1", name: hostile);
        using var person = await host.SignedIn(Roles.Viewer, language: language);

        await person.Open("/accounts?search=" + Uri.EscapeDataString("<script>"));

        Assert.That(Names(person), Is.EqualTo(new[] { hostile }));
        Assert.That(person.Page.QuerySelectorAll("main script"), Is.Empty);
        Assert.That(person.Page.QuerySelector("input[name=search]")!.GetAttribute("value"), Is.EqualTo("<script>"));
    }

    static string[] Names(Browser person) => [.. person.Page.QuerySelectorAll("tbody a").Select(link => link.TextContent)];

    static async Task<string[]> NamesAt(Browser person, string path)
    {
        await person.Open(path);
        Assert.That((int)person.Answer.StatusCode, Is.EqualTo(200), person.Page.Body?.TextContent);
        return Names(person);
    }
}
