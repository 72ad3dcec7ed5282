using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowNps;

public sealed class ShowNpsOverTimeTests
{
    [TestCase("day", 4)]
    [TestCase("week", 3)]
    [TestCase("month", 2)]
    [TestCase("quarter", 2)]
    public async Task Every_grain_has_a_row_a_period_newest_first(string grain, int periods)
    {
        await using var host = await CemHost.Run();
        await Answers(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open($"/insights/nps?period=26w&grain={grain}");
        var rows = page.QuerySelectorAll("section:last-of-type tbody tr").Select(row => row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList()).ToList();

        Assert.That(rows, Has.Count.EqualTo(periods));
        Assert.That(rows.Sum(row => int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(190));
        Assert.That(page.QuerySelector($"select[name=grain] option[selected]")!.GetAttribute("value"), Is.EqualTo(grain));
    }

    [TestCase(Languages.English, "▼ −30.0", "not significant", "too few")]
    [TestCase(Languages.Chinese, "▼ −30.0", "不显著", "样本不足")]
    public async Task A_period_is_held_against_the_one_before_the_twelve_before_and_last_year(string language, string fell, string same, string few)
    {
        await using var host = await CemHost.Run();
        await Answers(host);
        await host.Add(ScoredAnswers.Of(30, 10, 10, answer => answer with { Day = new(2025, 3, 12) }));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/insights/nps?period=26w&grain=month");
        var march = page.QuerySelector("section:last-of-type tbody tr")!.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList();

        Assert.That(march[2], Is.EqualTo(fell), "against December, which has 40 promoters and 10 detractors of 100");
        Assert.That(march[3], Is.EqualTo("▼ −33.3"), "against the twelve months before together, last March the first of them");
        Assert.That(march[4], Does.StartWith("▼"));
        var december = page.QuerySelectorAll("section:last-of-type tbody tr")[1].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.That(december[2], Does.StartWith(same), "the one before that has answers is last March");
        Assert.That(december[4], Is.EqualTo(few), "and nobody answered in the December before");
    }

    [Test]
    public async Task What_the_table_is_held_against_can_be_chosen_and_stays_chosen()
    {
        await using var host = await CemHost.Run();
        await Answers(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/nps?period=4w&compare=trailing&by=role");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain("the 13 weeks before"));
        Assert.That(page.QuerySelectorAll(".section .tabs a").Select(link => link.GetAttribute("href")), Is.All.Contain("compare=trailing"));
    }

    /// <summary>Ninety answers of two weeks in March with an NPS of 0, and a hundred of two days in December with one of 30.</summary>
    static async Task Answers(CemHost host)
    {
        await host.Add(
        [
            .. ScoredAnswers.Of(20, 20, 20), .. ScoredAnswers.Of(10, 10, 10, answer => answer with { Day = new(2026, 3, 4) }),
            .. ScoredAnswers.Of(20, 25, 5, answer => answer with { Day = new(2025, 12, 16) }), .. ScoredAnswers.Of(20, 25, 5, answer => answer with { Day = new(2025, 12, 17) }),
        ]);
        await host.Settle();
    }
}
