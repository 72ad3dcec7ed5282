using Cem.Contracts.Indicators;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.AnswerIndicators;

public sealed class AnswerIndicatorsTests
{
    static readonly DateOnly Today = new(2026, 3, 11);

    [Test]
    public async Task Other_areas_are_told_each_indicator_with_its_score_interval_n_and_change()
    {
        await using var shelf = await Shelf.Open(Shelf.With("help", "touchpoint", null));
        await shelf.Answers("a", 100, 100, new DateOnly(2025, 11, 20));
        await shelf.Answers("a", 190, 10);

        var figures = await shelf.Host.Send(new AskIndicators(0, Today.AddDays(-90), Today, Today.AddDays(-181), Today.AddDays(-91)));

        Assert.That(figures.Select(figure => figure.Code), Is.EqualTo(new[] { "root", "help", "a", "b", "fit", "c" }));
        var speed = figures.Single(figure => figure.Code == "a");
        Assert.That((speed.Score, speed.N, speed.TooFew, speed.Kind, speed.Parent, speed.Significant), Is.EqualTo((95.0, 200L, false, "x", "help", (bool?)true)));
        Assert.That(speed.Change, Is.EqualTo(45).Within(1e-9));
        Assert.That(speed.Lower, Is.InRange(88, 95));
        Assert.That(figures.Single(figure => figure.Code == "c").Score, Is.Null);
    }

    [Test]
    public async Task A_part_of_the_answers_is_told_by_itself_and_what_cannot_be_told_apart_says_so()
    {
        await using var shelf = await Shelf.Open();
        await (await shelf.Api.PutAsync("/api/v1/operational-data/plain", new StringContent("""
            {"name": {"en": "Plain", "zh-CN": "普通"}, "kind": "metric", "key": ["account", "week"], "fields": [
              {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"}, {"column": "seats", "type": "integer", "metric": "seats"}]}
            """, null, "application/json"))).Json();
        await (await shelf.Put(Shelf.With("fit", "kind", "\"o\"").Replace("\"measure\":{\"type\":\"csatTopBox\",\"survey\":\"s3\",\"question\":\"c\"}", "\"kind\":\"o\",\"best\":9,\"worst\":0,\"measure\":{\"type\":\"sum\",\"source\":\"plain\",\"metric\":\"seats\"}", StringComparison.Ordinal))).Json();
        await shelf.Answers("a", 30, 10, channel: "app");
        await shelf.Answers("a", 0, 50);

        var figures = (await shelf.Host.Send(new AskIndicators(0, Today.AddDays(-90), Today) { Filter = new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["app"] } })).ToDictionary(figure => figure.Code);

        Assert.That((figures["a"].Score, figures["a"].N, figures["a"].Gap), Is.EqualTo((75.0, 40L, (string?)null)));
        Assert.That((figures["b"].Gap, figures["c"].Gap, figures["fit"].Gap), Is.EqualTo(("no-answers", "not-narrowed", (string?)null)));
    }

    [TestCase("a", "best", "50", null, null, Description = "nothing of its own")]
    [TestCase("a", "target", "90", 90.0, null)]
    [TestCase("a", "threshold", "60", null, 60.0)]
    [TestCase("root", "target", "40", null, null, Description = "its target is about the NPS, its score about what is below")]
    [TestCase("fit", "target", "77", 77.0, null)]
    public async Task Target_and_threshold_are_told_on_the_scale_of_the_score(string code, string field, string value, double? target, double? threshold)
    {
        await using var shelf = await Shelf.Open(field == "best" ? Shelf.Library : Shelf.With(code, field, value));

        var figure = (await shelf.Host.Send(new AskIndicators(0, Today.AddDays(-90), Today))).Single(figure => figure.Code == code);

        Assert.That((figure.TargetScore, figure.ThresholdScore), Is.EqualTo((target, threshold)));
    }

    [Test]
    public async Task Where_less_is_better_the_score_of_the_target_lies_above_that_of_the_threshold()
    {
        await using var shelf = await Shelf.Open();
        await (await shelf.Put("""
            {"indicators": [{"code": "root", "name": {"en": "Root", "zh-CN": "根"}, "level": 1}, {"code": "ease", "name": {"en": "Ease", "zh-CN": "容易"}, "level": 2, "parent": "root", "best": 1, "worst": 7, "target": 2.5, "threshold": 4, "targets": {"east": 1},
              "measure": {"type": "cesMean", "survey": "s2", "question": "b"}}]}
            """)).Json();
        var east = shelf.Host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_org_units WHERE code = 'east'"));

        var figure = (await shelf.Host.Send(new AskIndicators(0, Today.AddDays(-90), Today)))[1];
        var own = (await shelf.Host.Send(new AskIndicators(east, Today.AddDays(-90), Today)))[1];

        Assert.That((figure.TargetScore, figure.ThresholdScore, own.TargetScore), Is.EqualTo((75.0, 50.0, 100.0)));
    }

    [Test]
    public async Task Without_a_library_there_are_none()
    {
        await using var shelf = await Shelf.Open();

        Assert.That(await shelf.Host.Send(new AskIndicators(0, Today, Today)), Is.Empty);
    }
}
