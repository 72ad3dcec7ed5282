using AngleSharp.Html.Parser;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;

namespace Cem.Tests.Kernel.Html;

public sealed class ChartsTests
{
    static AngleSharp.Dom.IElement Draw(IChart chart) =>
        new HtmlParser().ParseDocument(chart.Draw(Pages.English, Pages.Texts()).ToString()).Body!;

    static Estimate Of(double? value, long n = 50) => new(value, value - 10, value + 10, n);

    [Test]
    public void Every_chart_draws_nothing_at_all_without_fault()
    {
        IChart[] charts = [
            new TrendChart("t", []), new TrendChart("t", [new("W1", "Week 1", new(null, null, null, 0))]), new Sparkline("t", []), new Sparkline("t", [null]), new LevelCurve("t", null, 1, 2), new LevelCurve("t", 0, null, null),
            new RankingChart("t", []), new DistributionBar("t", [new("a", 0, "good")]), new BarList("t", []), new BarList("t", [new("a", null)]),
            new QuadrantChart("t", [], 0, 0, new("a", "b", "c", "d"))];
        foreach (var chart in charts)
            Assert.That(chart.Draw(Pages.Chinese, Pages.Texts()).ToString(), Does.Not.Contain("NaN").And.Not.Contain("∞").And.Not.Contain("Infinity"), chart.GetType().Name);
    }

    [Test]
    public void Every_chart_treats_names_as_text()
    {
        const string evil = "\"><script>alert(1)</script>";
        IChart[] charts = [
            new TrendChart(evil, [new(evil, evil, Of(1) with { Href = "/x?" + evil })]), new Sparkline(evil, [1]), new LevelCurve(evil, 1, 0, 2),
            new RankingChart(evil, [new(1, evil, Of(1) with { Href = evil }) { Href = evil }]) { UnitLabel = evil, FigureLabel = evil },
            new DistributionBar(evil, [new(evil, 1, "good") { Href = evil }]), new BarList(evil, [new(evil, 1) { Href = evil, Note = evil }]),
            new QuadrantChart(evil, [new(evil, 1, 1) { Href = evil }], 0, 0, new(evil, evil, evil, evil)) { XLabel = evil, YLabel = evil }];
        foreach (var chart in charts)
            Assert.That(chart.Draw(Pages.English, Pages.Texts()).ToString(), Does.Not.Contain("<script").And.Not.Contain("\">alert"), chart.GetType().Name);
    }

    [Test]
    public void A_trend_says_each_period_aloud_breaks_at_gaps_and_marks_too_few()
    {
        var body = Draw(new TrendChart("NPS", [
            new("W1", "Week 1", Of(10) with { Href = "/w/1" }), new("W2", "Week 2", new(null, null, null, 0)), new("W3", "Week 3", Of(20)),
            new("W4", "Week 4", Of(30, 2) with { TooFew = true })]));
        Assert.Multiple(() =>
        {
            Assert.That(body.QuerySelector("svg > title")!.TextContent, Is.EqualTo("NPS"));
            Assert.That(body.QuerySelector("desc")!.TextContent, Does.StartWith("Week 1: 10.0 (0.0 to 20.0), n = 50; Week 2: No answers yet"));
            Assert.That(body.QuerySelector("a[href='/w/1'] > title")!.TextContent, Is.EqualTo("Week 1: 10.0 (0.0 to 20.0), n = 50"));
            Assert.That(body.QuerySelectorAll("path.line").Length, Is.EqualTo(2), "one line on each side of the gap");
            Assert.That(body.QuerySelectorAll("circle").Length, Is.EqualTo(3));
            Assert.That(body.QuerySelectorAll(".mark-few").Length, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_ranking_brackets_ties_and_puts_those_with_too_few_below_the_line()
    {
        var body = Draw(new RankingChart("Branches", [
            new(1, "A", Of(50)), new(2, "B", Of(40)) { Tie = 1 }, new(3, "C", Of(39)) { Tie = 1 }, new(4, "D", Of(38)) { Tie = 1 }, new(5, "E", Of(10)) { Tie = 2 },
            new(null, "F", Of(90, 2) with { TooFew = true })]));
        Assert.Multiple(() =>
        {
            Assert.That(body.QuerySelectorAll("tbody:first-of-type tr").Select(r => r.ClassName), Is.EqualTo(new[] { "", "tie-first", "tie-middle", "tie-last", "" }));
            Assert.That(body.QuerySelector("tbody.too-few th.name")!.TextContent, Is.EqualTo("F"));
            Assert.That(body.QuerySelector("tbody.too-few td.place")!.TextContent, Is.Empty);
            Assert.That(body.QuerySelector("caption")!.TextContent, Is.EqualTo("Branches"));
        });
    }

    [Test]
    public void The_parts_of_a_distribution_fill_the_bar()
    {
        var body = Draw(new DistributionBar("x", [new("Promoters", 5, "good"), new("Passives", 3, "mid"), new("Detractors", 2, "bad"), new("None", 0, "bad")]));
        Assert.That(body.QuerySelectorAll(".chart rect").Select(r => r.GetAttribute("x") + " " + r.GetAttribute("width")), Is.EqualTo(new[] { "0% 50%", "50% 30%", "80% 20%" }));
        Assert.That(body.QuerySelector("li:last-child")!.TextContent, Is.EqualTo("None0% (0)"));
    }

    [TestCase(new double[] { 0, 100 }, null, null, 0, 100, 25)]
    [TestCase(new double[] { -18.4, 78.4 }, -100.0, 100.0, -25, 100, 25)]
    [TestCase(new double[] { 3.1, 3.4 }, null, null, 3.1, 3.4, 0.1)]
    [TestCase(new double[] { 42 }, null, null, 41, 43, 0.5)]
    [TestCase(new double[] { -150, 150 }, -100.0, 100.0, -100, 100, 50)]
    [TestCase(new double[] { }, -100.0, 100.0, -100, 100, 50)]
    public void An_axis_has_round_ends_and_shows_all_values(double[] values, double? least, double? most, double low, double high, double step)
    {
        var scale = Scale.Around(values.Select(v => (double?)v), least, most);
        Assert.That(new[] { scale.Low, scale.High, scale.Step }, Is.EqualTo(new[] { low, high, step }).Within(1e-9));
        Assert.That(scale.Ticks.Count(), Is.InRange(2, 7));
    }

    [Test]
    public void Colours_of_a_company_are_made_readable()
    {
        foreach (var accent in new[] { "#ffff00", "#000000", "#FFFFFF", "#00a0e9", "#c7000b" })
            Assert.Multiple(() =>
            {
                Assert.That(Accents.Css(accent), Does.Contain("--accent:" + Accents.OnLight(accent)).And.Contain("--accent:" + Accents.OnDark(accent)));
                Assert.That(Accents.OnLight("#c7000b"), Is.EqualTo("#c7000b"), "readable ones stay as they are");
            });
        Assert.That(() => Accents.Css("red;}body{display:none"), Throws.ArgumentException);
    }
}
