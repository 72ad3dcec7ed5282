using System.Text.Json;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.ScoreIndicators;

public sealed class OperationalIndicatorTests
{
    const string Sources = """
        [{"code": "weekly", "kind": "metric", "name": {"en": "Weekly", "zh-CN": "每周"}, "key": ["account", "week"], "fields": [
          {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"},
          {"column": "seats", "type": "integer", "metric": "seats", "name": {"en": "Seats", "zh-CN": "席位"}},
          {"column": "active", "type": "integer", "metric": "active", "name": {"en": "Active", "zh-CN": "活跃"}}]},
         {"code": "tickets", "kind": "event", "name": {"en": "Tickets", "zh-CN": "工单"}, "key": ["ticket"], "fields": [
          {"column": "ticket", "type": "text"}, {"column": "account", "type": "text", "maps": "account"}, {"column": "at", "type": "instant", "maps": "at"},
          {"column": "minutes", "type": "integer", "metric": "minutes", "name": {"en": "Minutes", "zh-CN": "分钟"}}, {"column": "outcome", "type": "text"}]}]
        """;

    const string Library = """
        {"indicators": [
          {"code": "root", "name": {"en": "Root", "zh-CN": "根"}, "level": 1},
          {"code": "active", "name": {"en": "Active", "zh-CN": "活跃"}, "level": 2, "parent": "root", "kind": "o", "domain": "business", "best": 0.8, "worst": 0,
           "measure": {"type": "ratio", "numerator": {"source": "weekly", "metric": "active"}, "denominator": {"source": "weekly", "metric": "seats"}}},
          {"code": "tickets", "name": {"en": "Tickets", "zh-CN": "工单"}, "level": 2, "parent": "root", "kind": "o", "direction": "lower", "best": 0, "worst": 40,
           "measure": {"type": "ratio", "numerator": {"source": "tickets"}, "denominator": {"source": "weekly", "metric": "active"}, "per": 1000}},
          {"code": "reply", "name": {"en": "Reply", "zh-CN": "响应"}, "level": 2, "parent": "root", "kind": "o", "best": 0, "worst": 100, "target": 15, "threshold": 18,
           "measure": {"type": "mean", "source": "tickets", "metric": "minutes"}},
          {"code": "solved", "name": {"en": "Solved", "zh-CN": "已解决"}, "level": 2, "parent": "root", "kind": "o",
           "measure": {"type": "fieldShare", "source": "tickets", "field": "outcome", "options": ["solved"], "of": ["solved", "open"]}}]}
        """;

    [Test]
    public async Task Ratios_means_and_shares_of_o_data_become_scores_between_their_goalposts()
    {
        await using var shelf = await Shelf.Open(Library);
        await shelf.Api.PutAccount("a1", "east");
        foreach (var source in JsonElement.Parse(Sources).EnumerateArray())
        {
            var code = source.GetProperty("code").GetString();
            await (await shelf.Api.PutAsync($"/api/v1/operational-data/{code}", new StringContent(Without(source), null, "application/json"))).Json();
        }
        await Import(shelf, "weekly", "account,week,seats,active\na1,2026-03-02,100,50\na1,2025-11-03,100,70\n");
        await Import(shelf, "tickets", "ticket,account,at,minutes,outcome\nt1,a1,2026-03-03T09:00:00+08:00,10,solved\nt2,a1,2026-03-04T09:00:00+08:00,30,open\nt3,a1,2026-03-05T09:00:00+08:00,20,odd\n");

        var nodes = (await shelf.Read("/api/v1/indicators/scores")).GetProperty("indicators").EnumerateArray().ToDictionary(node => node.GetProperty("code").GetString()!);

        Assert.That((Value("active"), Score("active")), Is.EqualTo((0.5, 62.5)));
        Assert.That((Value("tickets"), Score("tickets")), Is.EqualTo((60.0, 0.0)));
        Assert.That((Value("reply"), Score("reply"), nodes["reply"].GetProperty("standing").GetString()), Is.EqualTo((20.0, 80.0, "below")));
        Assert.That((Value("solved"), nodes["solved"].GetProperty("n").GetInt64()), Is.EqualTo((50.0, 2L)));
        Assert.That(nodes["active"].GetProperty("comparison").GetProperty("change").GetDouble(), Is.EqualTo(-25).Within(1e-9));

        double Value(string code) => nodes[code].GetProperty("value").GetProperty("estimate").GetDouble();
        double Score(string code) => Math.Round(nodes[code].GetProperty("score").GetDouble(), 9);
    }

    static async Task Import(Shelf shelf, string source, string csv)
    {
        var report = await (await shelf.Api.PostAsync($"/api/v1/operational-data/{source}", new StringContent(csv, null, "text/csv"))).Json();
        Assert.That(report.GetProperty("rejected").GetInt64(), Is.Zero, report.ToString());
        await shelf.Host.Settle();
    }

    static string Without(JsonElement source) => JsonSerializer.Serialize(source.EnumerateObject().Where(member => member.Name != "code").ToDictionary(member => member.Name, member => member.Value));
}
