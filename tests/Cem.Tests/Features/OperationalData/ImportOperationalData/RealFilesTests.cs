using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cem.Tests.Samples;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ImportOperationalData;

/// <summary>Files as they are met outside: other encodings, spreadsheets' habits, somebody else's table, and what is meant to hurt.</summary>
public sealed class RealFilesTests
{
    const string Header = "account,week,seats,hours\n";

    [Test]
    public async Task Of_the_telco_table_the_rows_without_total_charges_and_only_they_are_refused()
    {
        var path = SharedFiles.PathTo("oracles", "data", "telco_churn.csv");
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var lines = await File.ReadAllLinesAsync(path);
        var columns = lines[0].Split(',');
        var total = Array.IndexOf(columns, "TotalCharges");
        using var accounts = new StringContent("externalId,name,orgUnit\n" + string.Join('\n', lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0]).Select(id => $"{id},{id},east")), Encoding.UTF8, "text/csv");
        await (await desk.Api.PostAsync("/api/v1/accounts:import", accounts)).Json();
        await desk.Put("telco", """
            {"name": {"en": "Telco churn", "zh-CN": "电信流失"}, "kind": "metric", "key": ["customerID"], "fields": [
              {"column": "customerID", "type": "text", "maps": "account"}, {"column": "tenure", "type": "integer", "metric": "tenure", "required": true},
              {"column": "MonthlyCharges", "type": "number", "metric": "monthly", "required": true}, {"column": "TotalCharges", "type": "number", "metric": "total", "required": true},
              {"column": "Partner", "type": "boolean", "metric": "partner"}, {"column": "Contract", "type": "text", "maps": "product"}, {"column": "Churn", "type": "text"}]}
            """);
        var blank = lines.Index().Where(pair => pair.Index > 0 && pair.Item.Length > 0 && pair.Item.Split(',')[total].Trim().Length == 0).Select(pair => $"{pair.Index + 1} TotalCharges missing").ToList();

        var report = await (await desk.Send("telco", await File.ReadAllBytesAsync(path))).Json();
        host.Clock.Advance(TimeSpan.FromDays(3));
        var again = await (await desk.Send("telco", await File.ReadAllBytesAsync(path))).Json();

        Assert.That(blank, Has.Count.EqualTo(11));
        Assert.That(Desk.Rejections(report), Is.EqualTo(blank));
        Assert.That(Desk.Counts(report), Is.EqualTo((7043, 7032, 0, 0, 11)));
        Assert.That(Desk.Counts(again), Is.EqualTo((7043, 0, 0, 7032, 11)));
        Assert.That(host.Store.Read(reader => reader.Single<double>("SELECT SUM(value) FROM operational_data_v_metrics WHERE source = 'telco' AND metric = 'total'")),
            Is.EqualTo(lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[total]).Where(text => text.Trim().Length > 0).Sum(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))).Within(1e-6));
    }

    [Test]
    public async Task The_samples_files_fit_the_sources_that_it_declares_and_a_second_import_changes_nothing()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        host.Clock.Advance(TimeSpan.FromDays(365));
        foreach (var unit in SampleFiles.Csv("org-units.csv"))
            await desk.Api.PutAsync($"/api/v1/org-units/{unit["code"]}", Desk.Raw(JsonSerializer.Serialize(new { name = unit["name"], kind = unit["kind"], parent = unit["parent"].Length > 0 ? unit["parent"] : null })));
        foreach (var kind in new[] { "accounts", "contacts" })
        {
            using var file = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(SampleFiles.Folder, kind + ".csv"))) { Headers = { ContentType = new("text/csv") } };
            await (await desk.Api.PostAsync($"/api/v1/{kind}:import", file)).Json();
        }
        foreach (var touchpoint in SampleFiles.Json("touchpoints.json").EnumerateArray())
            await desk.Api.PutAsync($"/api/v1/touchpoints/{touchpoint.GetProperty("code").GetString()}", Desk.Raw(JsonSerializer.Serialize(new { name = touchpoint.GetProperty("name"), order = touchpoint.GetProperty("order") })));

        foreach (var source in SampleFiles.Json("operational/sources.json").GetProperty("sources").EnumerateArray())
        {
            var code = source.GetProperty("code").GetString()!;
            var content = await File.ReadAllBytesAsync(Path.Combine(SampleFiles.Folder, "operational", source.GetProperty("file").GetString()!));
            await desk.Put(code, JsonSerializer.Serialize(source.EnumerateObject().Where(member => member.Name is not ("code" or "file")).ToDictionary(member => member.Name, member => member.Value)));
            var report = await (await desk.Send(code, content)).Json();
            var again = await (await desk.Send(code, content)).Json();

            var rows = report.GetProperty("read").GetInt64();
            Assert.That(Desk.Counts(report), Is.EqualTo((rows, rows, 0, 0, 0)), report.GetRawText());
            Assert.That(Desk.Counts(again), Is.EqualTo((rows, 0, 0, rows, 0)), again.GetRawText());
        }
        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_v_metrics WHERE source = 'usage-weekly' AND metric = 'seats'")), Is.EqualTo(16_426));
    }

    [TestCase("GB18030")]
    [TestCase("utf-8")]
    [TestCase("utf-16")]
    public async Task Chinese_arrives_whatever_encoding_the_spreadsheet_wrote(string encoding)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var named = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        var report = await (await desk.Send("tickets", [.. named.GetPreamble(), .. named.GetBytes("ticket,account,contact,touchpoint,category,closed,minutes\r\n票一,acme,,,退票,2026-03-10T23:30:00+08:00,\r\n")])).Json();

        Assert.That(Desk.Counts(report), Is.EqualTo((1, 1, 0, 0, 0)), report.GetRawText());
        Assert.That(desk.Events(), Is.EqualTo(new[] { """票一 20260310 ticket.closed {"category":"refund"}""" }));
    }

    [TestCase("46083", Description = "a spreadsheet's day count")]
    [TestCase("2026年3月2日")]
    [TestCase("20260302")]
    [TestCase("2026/3/4", Description = "the Wednesday of that week")]
    [TestCase("2026-W10")]
    public async Task Dates_of_spreadsheets_are_read(string written)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        await desk.Import(Desk.Usage, $"{Header}acme,{written},1,\n");

        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 seats 1" }));
    }

    [Test]
    public async Task Decimal_commas_and_dates_that_begin_with_the_day_are_read_where_the_source_says_so()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        const string csv = "account;week;seats;hours\nacme;02/03/2026;1.234;1.234,5\n";

        var before = await desk.Import(Desk.Usage, csv);
        await desk.Put(Desk.Usage, Desk.UsageSource.Replace("\"kind\"", "\"numbers\": \"decimalComma\", \"kind\"", StringComparison.Ordinal).Replace("\"period\": \"week\"", "\"period\": \"week\", \"dates\": \"dayFirst\"", StringComparison.Ordinal));
        var after = await desk.Import(Desk.Usage, csv);

        Assert.That(Desk.Rejections(before), Is.EqualTo(new[] { "2 week date", "2 seats integer", "2 hours number" }), before.GetRawText());
        Assert.That(Desk.Counts(after), Is.EqualTo((1, 1, 0, 0, 0)), after.GetRawText());
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 hours 1234.5", "acme 20260302 seats 1234" }));
    }

    [Test]
    public async Task A_packed_file_is_unpacked_and_a_bomb_is_refused()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var report = await (await desk.Send(Desk.Usage, Packed(Header + "acme,2026-03-02,1,\n"), encoding: "gzip")).Json();
        var bomb = await desk.Send(Desk.Usage, Packed(Header + string.Concat(Enumerable.Repeat(new string(' ', 5_000) + "\n", 6_000))), encoding: "gzip");
        var damaged = await desk.Send(Desk.Usage, Packed(Header + "acme,2026-03-09,1,\nacme,2026-03-16,1,\n")[..^6], encoding: "gzip");

        Assert.That(Desk.Counts(report), Is.EqualTo((1, 1, 0, 0, 0)));
        await bomb.IsProblem(422, "unreadable-file", "");
        await damaged.IsProblem(422, "unreadable-file", "");
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 seats 1" }));
    }

    [Test]
    public async Task A_line_without_end_and_a_million_columns_are_refused()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        await (await desk.Send(Desk.Usage, new string('x', 30_000_000))).IsProblem(422, "unreadable-file", "");
        await (await desk.Send(Desk.Usage, Header + "acme," + new string('x', 3_000_000) + "\n")).IsProblem(422, "unreadable-file", "");
        await (await desk.Send(Desk.Usage, new string(',', 1_000_000) + "\n")).IsProblem(422, "unreadable-file", "");
        await (await desk.Send(Desk.Usage, new string(',', 100_000) + "\n")).IsProblem(422, "unreadable-file", "");

        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_imports WHERE open = 1 OR settled = 0")), Is.Zero);
    }

    [Test]
    public async Task A_line_of_a_gigabyte_is_refused_without_being_read_to_its_end()
    {
        const int gigabyte = 1 << 30;
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var line = new Pipe();
        var written = Task.Run(async () =>
        {
            var some = Enumerable.Repeat((byte)'x', 1 << 16).ToArray();
            var count = 0;
            for (; count < gigabyte && !(await line.Writer.WriteAsync(some)).IsCompleted; count += some.Length)
                ;
            return count;
        });

        using var answer = await desk.Api.PostAsync($"/api/v1/operational-data/{Desk.Usage}", new StreamContent(line.Reader.AsStream()) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } });

        await answer.IsProblem(422, "unreadable-file", "");
        await line.Reader.CompleteAsync();
        Assert.That(await written, Is.LessThan(gigabyte / 10));
        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_imports WHERE open = 1 OR settled = 0")), Is.Zero);
    }

    static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
