using System.Net.Http.Json;
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
        await using var shelf = await Shelf.Open();
        await shelf.Api.PutAccount("a1", "east");
        await Declare(shelf, Sources);
        await (await shelf.Put(Library)).Json();
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

    const string Told = """
        [{"code": "plain", "kind": "metric", "name": {"en": "Plain", "zh-CN": "普通"}, "key": ["account", "week"], "fields": [
          {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"},
          {"column": "seats", "type": "integer", "metric": "seats"}]},
         {"code": "rich", "kind": "event", "name": {"en": "Rich", "zh-CN": "详细"}, "key": ["id"], "fields": [
          {"column": "id", "type": "text"}, {"column": "account", "type": "text", "maps": "account"}, {"column": "contact", "type": "text", "maps": "contact"}, {"column": "at", "type": "instant", "maps": "at"},
          {"column": "touchpoint", "type": "text", "maps": "touchpoint"}, {"column": "product", "type": "text", "maps": "product"}, {"column": "channel", "type": "text", "maps": "channel"},
          {"column": "minutes", "type": "integer", "metric": "minutes"}, {"column": "outcome", "type": "text"}]}]
        """;

    const string Tree = """
        {"indicators": [
          {"code": "root", "name": {"en": "Root", "zh-CN": "根"}, "level": 1},
          {"code": "seats", "name": {"en": "Seats", "zh-CN": "席位"}, "level": 2, "parent": "root", "kind": "o", "best": 100, "worst": 0, "measure": {"type": "sum", "source": "plain", "metric": "seats"}},
          {"code": "per", "name": {"en": "Per seat", "zh-CN": "每席位"}, "level": 2, "parent": "root", "kind": "o", "best": 0, "worst": 1, "measure": {"type": "ratio", "numerator": {"source": "rich"}, "denominator": {"source": "plain", "metric": "seats"}}},
          {"code": "count", "name": {"en": "Count", "zh-CN": "数量"}, "level": 2, "parent": "root", "weight": 2, "kind": "o", "best": 0, "worst": 10, "measure": {"type": "count", "source": "rich"}},
          {"code": "mean", "name": {"en": "Mean", "zh-CN": "均值"}, "level": 2, "parent": "root", "kind": "o", "best": 0, "worst": 100, "measure": {"type": "mean", "source": "rich", "metric": "minutes", "touchpoints": ["sync"]}},
          {"code": "solved", "name": {"en": "Solved", "zh-CN": "已解决"}, "level": 2, "parent": "root", "kind": "o", "measure": {"type": "fieldShare", "source": "rich", "field": "outcome", "options": ["yes"]}},
          {"code": "calls", "name": {"en": "Calls", "zh-CN": "来电"}, "level": 2, "parent": "root", "kind": "o", "best": 0, "worst": 10, "measure": {"type": "count", "source": "crm"}}]}
        """;

    [TestCase("", "seats 60, per 0.1, count 6, mean 26.3, solved 50, calls 3", "")]
    [TestCase("product=p1", "count 3, mean 20, solved 66.7, calls 2", "per not-narrowed, seats not-narrowed")]
    [TestCase("product=p1,p2", "count 5, mean 26.3, solved 60, calls 2", "per not-narrowed, seats not-narrowed")]
    [TestCase("product=p9", "count 0, calls 0", "mean no-data, per not-narrowed, seats not-narrowed, solved no-data")]
    [TestCase("channel=app", "count 2, mean 20, solved 100", "calls not-narrowed, per not-narrowed, seats not-narrowed")]
    [TestCase("touchpoint=call", "count 2, solved 0", "calls not-narrowed, mean no-data, per not-narrowed, seats not-narrowed")]
    [TestCase("role=user", "count 4, mean 25, solved 50, calls 1", "per not-narrowed, seats not-narrowed")]
    [TestCase("region=north", "seats 40, per 0.1, count 4, mean 25, solved 50, calls 3", "")]
    [TestCase("region=north&product=p1", "count 2, mean 15, solved 50, calls 2", "per not-narrowed, seats not-narrowed")]
    [TestCase("segment=B", "seats 20, per 0.1, count 2, mean 30, solved 50, calls 0", "")]
    [TestCase("survey=s1", "", "calls not-narrowed, count not-narrowed, mean not-narrowed, per not-narrowed, seats not-narrowed, solved not-narrowed")]
    [TestCase("orgUnit=west", "seats 20, per 0.1, count 2, mean 30, solved 50, calls 0", "")]
    public async Task A_part_of_o_data_is_counted_where_its_source_says_what_it_is_and_left_out_by_name_where_not(string query, string expected, string missing)
    {
        await using var shelf = await Shelf.Open();
        foreach (var touchpoint in new[] { "call", "sync" })
            await (await shelf.Api.PutAsJsonAsync($"/api/v1/touchpoints/{touchpoint}", new { name = new Dictionary<string, string> { ["en"] = touchpoint, ["zh-CN"] = touchpoint }, order = 1 })).Json();
        foreach (var (account, orgUnit, region, tier) in new[] { ("a1", "east", "north", "A"), ("a2", "west", "south", "B") })
            await (await shelf.Api.PutAsJsonAsync($"/api/v1/accounts/{account}", new { name = account, orgUnit, region, tier })).Json();
        await shelf.Api.PutContact("u1", "a1");
        await Declare(shelf, Told);
        for (var i = 0; i < 3; i++)
            await (await shelf.Api.PostAsJsonAsync("/api/v1/events", new { source = "crm", eventId = $"e{i}", type = "call", occurredAt = "2026-03-05T09:00:00+08:00", account = "a1", product = i < 2 ? "p1" : null, contact = i == 2 ? "u1" : null })).Json();
        await Import(shelf, "plain", "account,week,seats\na1,2026-03-02,40\na2,2026-03-02,20\n");
        await Import(shelf, "rich", """
            id,account,contact,at,touchpoint,product,channel,minutes,outcome
            r1,a1,u1,2026-03-03T09:00:00+08:00,sync,p1,app,10,yes
            r2,a1,u1,2026-03-03T09:00:00+08:00,sync,p1,web,20,no
            r3,a1,u1,2026-03-03T09:00:00+08:00,sync,p2,web,45,yes
            r4,a1,u1,2026-03-03T09:00:00+08:00,call,p2,web,60,no
            r5,a2,,2026-03-03T09:00:00+08:00,sync,p1,app,30,yes
            r6,a2,,2026-03-03T09:00:00+08:00,call,,,70,no

            """);
        await (await shelf.Put(Tree)).Json();

        var told = await shelf.Read($"/api/v1/indicators/scores?{query}");

        var measured = told.GetProperty("indicators").EnumerateArray().Where(node => node.GetProperty("level").GetInt32() == 2 && node.GetProperty("score").ValueKind == JsonValueKind.Number).ToList();
        Assert.That(string.Join(", ", measured.Select(node => FormattableString.Invariant($"{node.GetProperty("code")} {node.GetProperty("value").GetProperty("estimate").GetDouble():0.#}"))), Is.EqualTo(expected));
        Assert.That(string.Join(", ", told.GetProperty("notMeasured").EnumerateArray().Select(it => $"{it.GetProperty("code")} {it.GetProperty("reason").GetString()}").Order()), Is.EqualTo(missing));
        var root = told.GetProperty("indicators")[0];
        double Weight(JsonElement node) => node.GetProperty("code").GetString() == "count" ? 2 : 1;
        Assert.That(root.GetProperty("coverage").GetDouble(), Is.EqualTo(measured.Sum(Weight) / 7).Within(1e-9));
        if (measured.Sum(Weight) < 3.5)
            Assert.That(root.GetProperty("score").ValueKind, Is.EqualTo(JsonValueKind.Null));
        else
            Assert.That(root.GetProperty("score").GetDouble(), Is.EqualTo(measured.Sum(node => Weight(node) * node.GetProperty("score").GetDouble()) / measured.Sum(Weight)).Within(1e-9));
    }

    [Test]
    public async Task By_a_dimension_that_a_source_does_not_say_its_indicators_stand_beside_the_rows_by_name()
    {
        await using var shelf = await Shelf.Open();
        await shelf.Api.PutAccount("a1", "east");
        await shelf.Api.PutContact("u1", "a1");
        await Declare(shelf, Told);
        await Import(shelf, "plain", "account,week,seats\na1,2026-03-02,40\n");
        await Import(shelf, "rich", "id,account,contact,at,touchpoint,product,channel,minutes,outcome\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"r{i},a1,u1,2026-03-03T09:00:00+08:00,,{(i < 6 ? "p1" : "p2")},app,10,yes\n")));
        await (await shelf.Put(Tree.Replace(", \"touchpoints\": [\"sync\"]", "", StringComparison.Ordinal).Replace("\"crm\"", "\"rich\"", StringComparison.Ordinal))).Json();

        var told = await shelf.Read("/api/v1/indicators/root/score?by=product");

        Assert.That(told.GetProperty("notTold").EnumerateArray().Select(code => code.GetString()), Is.EquivalentTo(new[] { "seats", "per" }));
        Assert.That(told.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("key").GetString(), row.GetProperty("score").GetProperty("n").GetInt64(), string.Join(" ", row.GetProperty("notMeasured").EnumerateArray().Select(code => code.GetString()).Order()))),
            Is.EqualTo(new[] { ("p1", 24L, "per seats"), ("p2", 12L, "per seats") }));
        Assert.That((await shelf.Read("/api/v1/indicators/root/score?by=role")).GetProperty("rows")[0].GetProperty("key").GetString(), Is.EqualTo("user"));
    }

    [Test]
    public async Task Over_time_and_by_every_dimension_o_data_is_what_a_plain_recount_says()
    {
        await using var shelf = await Shelf.Open();
        foreach (var touchpoint in new[] { "call", "sync" })
            await (await shelf.Api.PutAsJsonAsync($"/api/v1/touchpoints/{touchpoint}", new { name = new Dictionary<string, string> { ["en"] = touchpoint, ["zh-CN"] = touchpoint }, order = 1 })).Json();
        (string Account, string Unit, string Region, string Tier)[] accounts = [("a1", "shanghai", "north", "A"), ("a2", "west", "south", "B"), ("a3", "east", "north", "B")];
        foreach (var (account, orgUnit, region, tier) in accounts)
            await (await shelf.Api.PutAsJsonAsync($"/api/v1/accounts/{account}", new { name = account, orgUnit, region, tier })).Json();
        await Declare(shelf, Told);
        var (random, last) = (new Random(3), new DateOnly(2026, 3, 10));
        var rows = Enumerable.Range(0, 4000).Select(i => (Id: i, Of: accounts[random.Next(3)], Day: last.AddDays(-random.Next(700)), Touchpoint: random.Next(2) == 0 ? "sync" : "call", Product: "p" + random.Next(3), Channel: random.Next(2) == 0 ? "app" : "web", Minutes: random.Next(100))).ToList();
        await Import(shelf, "rich", "id,account,contact,at,touchpoint,product,channel,minutes,outcome\n" + string.Concat(rows.Select(row => $"r{row.Id},{row.Of.Account},,{row.Day:yyyy-MM-dd}T09:00:00+08:00,{row.Touchpoint},{row.Product},{row.Channel},{row.Minutes},yes\n")));
        await (await shelf.Put("""
            {"validFrom": "2023-01-01", "indicators": [{"code": "root", "name": {"en": "Root", "zh-CN": "根"}, "level": 1},
              {"code": "mean", "name": {"en": "Mean", "zh-CN": "均值"}, "level": 2, "parent": "root", "kind": "o", "best": 0, "worst": 100, "measure": {"type": "mean", "source": "rich", "metric": "minutes", "touchpoints": ["sync"]}}]}
            """)).Json();
        double? Mean(DateOnly from, DateOnly to, Func<(int Id, (string Account, string Unit, string Region, string Tier) Of, DateOnly Day, string Touchpoint, string Product, string Channel, int Minutes), bool> part) =>
            rows.Where(row => row.Touchpoint == "sync" && row.Day >= from && row.Day <= to && part(row)).Select(row => (double?)row.Minutes).Average();

        foreach (var (query, more) in new (string, string)[] { ("", ""), ("&product=p1", "p1"), ("&product=p1&orgUnit=east", "p1 east") })
        {
            var told = (await shelf.Read($"/api/v1/indicators/mean/score?from=2025-10-01&to=2026-03-10&by=month{query}")).GetProperty("rows").EnumerateArray().ToList();
            Assert.That(told, Has.Count.EqualTo(6));
            for (var month = 0; month < 6; month++)
            {
                var from = new DateOnly(2025, 10, 1).AddMonths(month);
                var to = month == 5 ? last : from.AddMonths(1).AddDays(-1);
                double? At(DateOnly first, DateOnly end) => Mean(first, end, row => (more.Length == 0 || row.Product == "p1") && (more != "p1 east" || row.Of.Unit != "west"));
                Assert.That(Estimate(told[month]), Is.EqualTo(At(from, to)).Within(1e-9), query);
                Assert.That(told[month].GetProperty("lastYear").GetProperty("change").GetDouble(), Is.EqualTo(At(from.AddYears(-1), to.AddDays(1).AddYears(-1).AddDays(-1))!.Value - At(from, to)!.Value).Within(1e-9), query);
                Assert.That(told[month].GetProperty("trailing").GetProperty("change").GetDouble(), Is.EqualTo(At(from.AddMonths(-12), from.AddDays(-1))!.Value - At(from, to)!.Value).Within(1e-9), query);
            }
        }
        foreach (var (by, expected) in new (string, string[])[] { ("branch", ["shanghai"]), ("orgUnit&orgUnit=hq", ["east", "west"]), ("product", ["p0", "p1", "p2"]), ("product&product=p0,p2&channel=app", ["p0", "p2"]), ("channel", ["app", "web"]), ("region", ["north", "south"]), ("segment", ["A", "B"]), ("touchpoint", ["sync"]) })
        {
            var told = (await shelf.Read($"/api/v1/indicators/mean/score?from=2025-12-11&to=2026-03-10&by={by}")).GetProperty("rows").EnumerateArray().ToList();
            Assert.That(told.Select(row => row.GetProperty("key").GetString()), Is.EqualTo(expected), by);
            foreach (var row in told)
            {
                var key = row.GetProperty("key").GetString()!;
                double? At(DateOnly from, DateOnly to) => Mean(from, to, it => (!by.Contains("channel=app", StringComparison.Ordinal) || it.Channel == "app")
                    && new[] { it.Of.Unit, it.Of.Unit == "shanghai" ? "east" : "", it.Product, it.Channel, it.Of.Region, it.Of.Tier, it.Touchpoint }.Contains(key));
                Assert.That(Estimate(row), Is.EqualTo(At(new(2025, 12, 11), last)).Within(1e-9), $"{by} {key}");
                Assert.That(row.GetProperty("trailing").GetProperty("change").GetDouble(), Is.EqualTo(At(new DateOnly(2025, 12, 11).AddDays(-12 * 90), new(2025, 12, 10))!.Value - At(new(2025, 12, 11), last)!.Value).Within(1e-9), $"{by} {key}");
            }
        }

        static double Estimate(JsonElement row) => row.GetProperty("score").GetProperty("value").GetProperty("estimate").GetDouble();
    }

    static async Task Declare(Shelf shelf, string sources)
    {
        foreach (var source in JsonElement.Parse(sources).EnumerateArray())
            await (await shelf.Api.PutAsync($"/api/v1/operational-data/{source.GetProperty("code").GetString()}", new StringContent(Without(source), null, "application/json"))).Json();
    }

    static async Task Import(Shelf shelf, string source, string csv)
    {
        var report = await (await shelf.Api.PostAsync($"/api/v1/operational-data/{source}", new StringContent(csv, null, "text/csv"))).Json();
        Assert.That(report.GetProperty("rejected").GetInt64(), Is.Zero, report.ToString());
        await shelf.Host.Settle();
    }

    static string Without(JsonElement source) => JsonSerializer.Serialize(source.EnumerateObject().Where(member => member.Name != "code").ToDictionary(member => member.Name, member => member.Value));
}
