using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.CompareVersions;

public sealed class CompareVersionsTests
{
    [Test]
    public async Task What_was_retired_and_changed_is_told_with_its_share_of_the_root_before_and_after()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await (await shelf.Put(Shelf.With("a", "retired", "true", validFrom: "2026-04-01").Replace("\"Ease\"", "\"Effort\"", StringComparison.Ordinal))).Json();

        var told = (await shelf.Read("/api/v1/indicator-library/comparison?older=1&newer=2")).GetProperty("differences").EnumerateArray().ToDictionary(it => it.GetProperty("code").GetString()!);

        Assert.That(told.Keys, Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That((told["a"].GetProperty("kind").GetString(), told["a"].GetProperty("shareFrom").GetDouble(), told["a"].GetProperty("shareTo").ValueKind.ToString()), Is.EqualTo(("retired", 0.375, "Null")));
        Assert.That((told["b"].GetProperty("kind").GetString(), told["b"].GetProperty("shareTo").GetDouble()), Is.EqualTo(("changed", 0.75)));
        Assert.That(told["b"].GetProperty("fields")[0].GetProperty("field").GetString(), Is.EqualTo("name"));
        await (await shelf.Api.GetAsync("/api/v1/indicator-library/comparison?older=1&newer=9")).IsProblem(404, "version-not-found");
    }

    [TestCase("en", "2 indicators differ")]
    [TestCase("zh-CN", "有 2 个指标不同")]
    public async Task The_page_shows_the_versions_and_what_the_last_two_differ_in(string language, string answer)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await (await shelf.Put(Shelf.With("a", "retired", "true", validFrom: "2026-04-01").Replace("\"Ease\"", "\"Effort\"", StringComparison.Ordinal))).Json();
        using var browser = await shelf.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/indicators/versions");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain(answer));
        Assert.That(page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Without_a_library_the_page_says_what_to_do()
    {
        await using var shelf = await Shelf.Open();
        using var browser = await shelf.Host.SignedIn(Roles.Viewer);

        Assert.That((await browser.Open("/indicators/versions")).QuerySelector("main")!.TextContent, Does.Contain("No library yet"));
    }

    [Test]
    public async Task A_single_version_is_compared_with_nothing()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var browser = await shelf.Host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/indicators/versions");

        Assert.That(page.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(1));
        Assert.That(page.QuerySelector("#compare"), Is.Null);
    }
}
