using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth.ShowAccountMap;

public sealed class ShowAccountMapTests
{
    [Test]
    public async Task The_map_names_its_four_fields_and_the_list_says_why([Values("en", "zh-CN")] string language)
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);
        using var person = await host.SignedIn(Roles.Viewer, language: language);

        var page = await person.Open("/insights/accounts");

        Assert.That(page.QuerySelectorAll(".chart-quadrant .corner").Select(corner => corner.TextContent), Is.EqualTo(language == "en"
            ? new[] { "Under-used", "Healthy", "At risk", "Hidden churn" } : ["使用不足", "健康", "流失风险", "隐性流失"]));
        Assert.That(page.QuerySelectorAll("#accounts tbody tr"), Has.Count.EqualTo(1));
        Assert.That(page.QuerySelector("#accounts tbody td.wide")!.TextContent, language == "en" ? Does.StartWith("Hidden churn much used") : Does.StartWith("隐性流失 使用活跃"));
        Assert.That(page.QuerySelectorAll("select[name=orgUnit] option").Select(option => option.TextContent), Has.Some.StartsWith("\u2003"));
        Assert.That(page.QuerySelector("#accounts tbody li")!.TextContent, Does.StartWith(language == "en" ? "OA sync" : "OA 对接"));
        Assert.That(page.QuerySelectorAll("#renewals tbody tr:not(.group)"), Has.Count.EqualTo(1));
        Assert.That(page.QuerySelectorAll("#renewals details .pill-late"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_field_lists_its_accounts_and_a_reader_of_the_west_sees_the_west_alone()
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);
        using var all = await host.SignedIn(Roles.Viewer);
        using var west = await host.SignedIn(Roles.Manager, "west");

        Assert.That((await all.Open("/insights/accounts?field=underUsed")).QuerySelectorAll("#accounts tbody tr"), Has.Count.EqualTo(3));
        var seen = await west.Open("/insights/accounts?orgUnit=east");
        Assert.That(seen.Body!.TextContent, Does.Not.Contain("Account story"));
        Assert.That(seen.QuerySelector(".answer")!.TextContent, Is.EqualTo("One account was measured, and no risk is known."));
    }

    [Test]
    public async Task The_next_renewals_stand_by_month_and_all_of_them_are_a_click_away()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        for (var i = 0; i < 11; i++)
            await (await api.PutAsJsonAsync($"/api/v1/accounts/soon{i}", new { name = $"Soon {i}", orgUnit = "shanghai", renewalDate = $"2026-0{4 + i % 3}-{10 + i}" })).Json();
        await host.Settle();
        using var person = await host.SignedIn(Roles.Viewer);

        var page = await person.Open("/insights/accounts?orgUnit=shanghai");
        Assert.That(page.QuerySelectorAll("#renewals tbody tr:not(.group)"), Has.Length.EqualTo(8));
        Assert.That(page.QuerySelectorAll("#renewals tr.group").Select(month => month.TextContent), Is.EqualTo(new[] { "Apr 2026", "May 2026" }));

        var link = page.QuerySelectorAll("#renewals a")[^1];
        Assert.That(link.TextContent, Is.EqualTo("All 12 renewals within 180 days"));
        var all = await person.Open(link.GetAttribute("href")!);
        Assert.That(all.QuerySelectorAll("#renewals tbody tr:not(.group)"), Has.Length.EqualTo(12));
        Assert.That(all.QuerySelector("#renewals")!.TextContent, Does.Not.Contain("All 12 renewals"));
    }

    [Test]
    public async Task An_empty_company_is_told_what_to_do_next()
    {
        await using var host = await CemHost.Run();
        using var person = await host.SignedIn(Roles.Viewer);

        Assert.That((await person.Open("/insights/accounts")).QuerySelector("main a.button-primary")!.GetAttribute("href"), Is.EqualTo("/accounts"));
    }
}
