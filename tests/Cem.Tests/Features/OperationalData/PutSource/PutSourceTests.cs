using System.Net;
using System.Text.Json.Nodes;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.PutSource;

public sealed class PutSourceTests
{
    [Test]
    public async Task A_source_is_put_read_and_listed_and_putting_it_again_changes_nothing()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var told = Audits(host);

        var again = await desk.Api.PutAsync("/api/v1/operational-data/usage", Desk.Raw(Desk.UsageSource));
        var fresh = await desk.Api.PutAsync("/api/v1/operational-data/usage-2", Desk.Raw(Desk.UsageSource));

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(fresh.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(fresh.Headers.Location?.OriginalString, Is.EqualTo("/api/v1/operational-data/usage-2"));
        Assert.That(Audits(host), Is.EqualTo(told + 1));
        var read = await (await desk.Api.GetAsync("/api/v1/operational-data/usage-2")).Json();
        Assert.That(read.GetProperty("fields")[2].GetProperty("metric").GetString(), Is.EqualTo("seats"));
        Assert.That(read.GetProperty("fields")[1].GetProperty("period").GetString(), Is.EqualTo("week"));
    }

    [TestCase("kind", "\"event\"", "/fields", "no-instant")]
    [TestCase("key", "[]", "/key", "count")]
    [TestCase("key", "[\"nothing\"]", "/key/0", "unknown-column")]
    [TestCase("fields", "[]", "/fields", "count")]
    [TestCase("fields/2/metric", "\"hours\"", "/fields/3/metric", "doubled-metric")]
    [TestCase("fields/2/metric", "\"has space\"", "/fields/2/metric", "code")]
    [TestCase("fields/2/type", "\"text\"", "/fields/2/type", "metric-type")]
    [TestCase("fields/2/column", "\"WEEK\"", "/fields/2/column", "doubled-column")]
    [TestCase("fields/2/maps", "\"contact\"", "/fields/2/metric", "metric-role")]
    [TestCase("fields/0/maps", "null", "/fields", "no-account")]
    [TestCase("fields/0/maps", "\"period\"", "/fields/0/type", "role-type")]
    [TestCase("fields/0/type", "\"integer\"", "/fields/0/type", "role-type")]
    [TestCase("name/en", "\"\"", "/name/en", "text")]
    [TestCase("fields/0/aliases", "{\"\": \"x\"}", "/fields/0/aliases", "aliases")]
    public async Task A_declaration_that_breaks_a_rule_is_refused(string path, string value, string pointer, string code)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var definition = JsonNode.Parse(Desk.UsageSource)!;
        var steps = path.Split('/');
        var place = steps[..^1].Aggregate(definition, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        place[steps[^1]] = JsonNode.Parse(value);

        var answer = await desk.Api.PutAsync("/api/v1/operational-data/other", Desk.Raw(definition.ToJsonString()));

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        var errors = (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<JsonNode>(answer.Content))!["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}");
        Assert.That(errors, Does.Contain($"{pointer} {code}"));
    }

    [Test]
    public async Task What_names_a_row_stays_once_rows_are_there_and_a_number_keeps_its_place()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n");

        await (await desk.Api.PutAsync("/api/v1/operational-data/usage", Desk.Raw(Desk.UsageSource.Replace("[\"account\", \"week\"]", "[\"account\"]", StringComparison.Ordinal)))).IsProblem(422, "source-in-use", "/key");
        await desk.Put(Desk.Usage, """
            {"name": {"en": "Usage", "zh-CN": "使用量"}, "kind": "metric", "key": ["account", "week"], "fields": [
              {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"},
              {"column": "hours", "type": "number", "metric": "hours"}, {"column": "logins", "type": "integer", "metric": "logins"}]}
            """);
        await desk.Import(Desk.Usage, "account,week,hours,logins\nbravo,2026-03-02,7,8\n");

        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 hours 1.5", "acme 20260302 seats 10", "bravo 20260302 hours 7", "bravo 20260302 logins 8" }));
    }

    static long Audits(CemHost host) => host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'Audited' AND body LIKE '%source.%'"));
}
