using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.TrySource;

public sealed class TrySourceTests
{
    [Test]
    public async Task Each_row_of_the_sample_is_told_and_nothing_is_stored()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n");

        var answer = await (await Try(desk, "usage", Desk.UsageSource, "account,week,seats,hours,more\nacme,2026-03-02,11,,x\nbravo,2026-03-05,3,2.5,x\nnobody,2026-03-02,1,,x\n")).Json();

        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        Assert.That(rows.Select(row => row.GetProperty("outcome").GetString()), Is.EqualTo(new[] { "known", "new", "refused" }));
        Assert.That(rows[1].GetProperty("day").GetString(), Is.EqualTo("2026-03-02"));
        Assert.That(rows[1].GetProperty("numbers").GetProperty("hours").GetDouble(), Is.EqualTo(2.5));
        Assert.That(rows[2].GetProperty("errors")[0].GetProperty("field").GetString(), Is.EqualTo("account"));
        Assert.That(answer.GetProperty("ignoredColumns")[0].GetString(), Is.EqualTo("more"));
        Assert.That(desk.Metrics(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_source_that_is_not_put_yet_is_tried_on_ndjson()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var answer = await (await Try(desk, "fresh", Desk.TicketSource, """{"ticket": "t1", "account": "acme", "closed": "2026-03-10T00:00:00Z", "category": "改签"}""")).Json();

        Assert.That(answer.GetProperty("rows")[0].GetProperty("attributes").GetProperty("category").GetString(), Is.EqualTo("change"));
        Assert.That(answer.GetProperty("rows")[0].GetProperty("outcome").GetString(), Is.EqualTo("new"));
    }

    [Test]
    public async Task A_declaration_or_a_sample_that_does_not_fit_is_refused()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        await (await Try(desk, "usage", Desk.UsageSource, "account,week\n")).IsProblem(422, "invalid");
        await (await Try(desk, "usage", Desk.UsageSource.Replace("[\"account\", \"week\"]", "[]", StringComparison.Ordinal), "account\n")).IsProblem(422, "count", "/key");
    }

    static Task<HttpResponseMessage> Try(Desk desk, string code, string source, string sample) => desk.Api.PostAsync("/api/v1/operational-data:test",
        Desk.Raw(JsonSerializer.Serialize(new { code, source = JsonNode.Parse(source), sample })));
}
