using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ImportOperationalData;

public sealed class CellsTests
{
    [Test]
    public async Task Whatever_a_cell_holds_is_kept_as_it_stands()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Put("visits", """
            {"name": {"en": "Visits", "zh-CN": "拜访"}, "kind": "event", "key": ["area", "number"], "fields": [
              {"column": "area", "type": "text"}, {"column": "number", "type": "integer"},
              {"column": "account", "type": "text", "maps": "account"},
              {"column": "at", "type": "instant", "maps": "at"},
              {"column": "note", "type": "text"}, {"column": "due", "type": "date"}, {"column": "cost", "type": "number"}, {"column": "liked", "type": "boolean"},
              {"column": "said", "type": "boolean", "metric": "said"}, {"column": "hours", "type": "number", "metric": "hours"}]}
            """);

        var report = await desk.Import("visits", """"
            area,number,account,at,note,due,cost,liked,said,hours
            a|b,1,acme,2026-03-02T09:00:00Z,"He said ""no\way"" 好",2026/3/4,0012.50,yes,no,1e3
            a,12,acme,2026-03-02T09:00:00Z,"two
            lines",,-7,,true,

            """");

        Assert.That(Desk.Counts(report), Is.EqualTo((2, 2, 0, 0, 0)), report.GetRawText());
        Assert.That(desk.Events(), Is.EqualTo(new[]
        {
            """a|12 20260302 visits {"area":"a","number":12,"note":"two\nlines","cost":-7}""",
            """a||b|1 20260302 visits {"area":"a|b","number":1,"note":"He said \"no\\way\" 好","due":"2026-03-04","cost":12.5,"liked":true}""",
        }));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT key || ' ' || numbers FROM operational_data_rows ORDER BY 1")),
            Is.EqualTo(new[] { "a|12 [1]", "a||b|1 [0,1000]" }));
    }

    [Test]
    public async Task A_refused_row_comes_back_as_it_stood_but_for_what_is_very_long()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        await desk.Import(Desk.Usage, $"account,week,seats,hours\n\"no \"\"one\\\",2026-03-02,10,\n{new string('长', 2_500)},2026-03-02,10,\n");

        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT cells FROM operational_data_rejections ORDER BY line")),
            Is.EqualTo(new[] { """["no \"one\\","2026-03-02","10",""]""", $"""["{new string('长', 2_000)}…","2026-03-02","10",""]""" }));
    }

    [Test]
    public async Task Ndjson_is_taken_line_by_line()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var report = await desk.Import(Desk.Usage, """
            {"account": "acme", "week": "2026-W10", "seats": 10, "hours": 1.5, "other": 1}
            not json
            {"account": "acme", "week": "2026-03-09", "seats": [1]}
            {"account": "acme", "week": "2026-03-09", "seats": 1, "seats": 2}
            [1]
            {"account": "acme", "week": "2026-03-09", "seats": 1, "Seats": 2}
            {"account": "acme", "week": "2026-03-09", "seats": 1} {}
            {"account": "acme", "week": "2026-03-09", "seats": 1

            {"Hours": "0\u002e5", "seats": 7, "extra": {"deep": [1]}, "week": "2026-03-16", "account": "acme"}
            {"account": "bravo", "week": "2026-03-09", "seats": 3, "hours": null}
            """, "application/x-ndjson");

        Assert.That(Desk.Counts(report), Is.EqualTo((10, 3, 0, 0, 7)), report.GetRawText());
        Assert.That(Desk.Rejections(report), Is.EqualTo(new[] { "2  json", "3 seats wrong-type", "4  json", "5  json", "6  json", "7  json", "8  json" }));
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 hours 1.5", "acme 20260302 seats 10", "acme 20260316 hours 0.5", "acme 20260316 seats 7", "bravo 20260309 seats 3" }));
    }
}
