using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ImportOperationalData;

public sealed class ImportOperationalDataTests
{
    const string File = "account,week,seats,hours\nacme,2026-03-02,10,1.5\nbravo,2026-03-02,20,\nacme,2026-03-09,11,2\n";

    [Test]
    public async Task Rows_become_numbers_of_their_account_and_period()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var report = await desk.Import(Desk.Usage, File);

        Assert.That(Desk.Counts(report), Is.EqualTo((3, 3, 0, 0, 0)), report.GetRawText());
        Assert.That(report.GetProperty("state").GetString(), Is.EqualTo("done"));
        Assert.That(desk.Metrics(), Is.EqualTo(new[]
        {
            "acme 20260302 hours 1.5", "acme 20260302 seats 10", "acme 20260309 hours 2", "acme 20260309 seats 11", "bravo 20260302 seats 20",
        }));
    }

    [Test]
    public async Task The_same_rows_again_change_nothing_and_other_values_correct_them()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, File);
        var before = desk.Metrics();

        var again = await desk.Import(Desk.Usage, File.Replace("1.5", "1.50", StringComparison.Ordinal));
        Assert.That(Desk.Counts(again), Is.EqualTo((3, 0, 0, 3, 0)));
        Assert.That(desk.Metrics(), Is.EqualTo(before));

        var late = await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,12,1.5\nacme,2025-12-29,7,\n");
        Assert.That(Desk.Counts(late), Is.EqualTo((2, 1, 1, 0, 0)));
        Assert.That(desk.Metrics(), Does.Contain("acme 20260302 seats 12").And.Contain("acme 20251229 seats 7").And.Not.Contain("acme 20260302 seats 10"));
        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_rows")), Is.EqualTo(4), "replaced versions are gone");
    }

    [Test]
    public async Task A_key_that_stands_twice_in_a_file_says_what_its_last_row_says()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var report = await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,1,\nacme,2026/3/2,2,\n");

        Assert.That(Desk.Counts(report), Is.EqualTo((2, 1, 1, 0, 0)));
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 seats 2" }));
    }

    [Test]
    public async Task An_account_that_moved_meanwhile_changes_nothing_about_what_was()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, File);
        await (await desk.Api.PutAsync("/api/v1/accounts/acme", Desk.Raw("""{"name": "acme", "orgUnit": "west"}"""))).Json();

        var again = await desk.Import(Desk.Usage, File);

        Assert.That(Desk.Counts(again), Is.EqualTo((3, 0, 0, 3, 0)));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT DISTINCT u.code FROM operational_data_v_metrics m JOIN customers_v_org_units u ON u.id = m.org_unit_id ORDER BY 1")), Is.EqualTo(new[] { "east", "west" }));
    }

    [Test]
    public async Task Refused_rows_are_reported_with_line_field_and_reason_and_the_others_taken()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var report = await desk.Import(Desk.Usage, """
            account,week,seats,hours
            acme,2026-03-02,10,
            nobody,2026-03-02,10,
            acme,soon,ten,"1,5"

            acme,2026-03-09,,
            acme,2026-03-16
            acme,2026-03-16,1"2,
            ,2026-03-16,1.5,
            "acme",2026-03-23,5,7
            """);

        Assert.That(Desk.Counts(report), Is.EqualTo((8, 2, 0, 0, 6)), report.GetRawText());
        Assert.That(Desk.Rejections(report), Is.EqualTo(new[]
        {
            "3 account account-not-found", "4 week date", "4 seats number", "4 hours number", "6 seats missing", "7  columns", "8  quotes", "9 account missing", "9 seats integer",
        }));
    }

    [Test]
    public async Task Events_of_a_file_are_events_with_their_attributes_and_numbers()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var report = await desk.Import("tickets", """
            ticket,account,contact,touchpoint,category,closed,minutes,extra
            t1,acme,ann,support,改签,2026-03-10T23:30:00+08:00,12,x
            t2,acme,ann,nowhere,OA,2026-03-10T23:30:00+08:00,12,x
            t3,bravo,ann,support,OA,2026-03-10T23:30:00+08:00,12,x
            t4,bravo,,,OA,2026-03-10T23:30:00,12,x
            t5,bravo,,,=1+1,2026-03-10T23:30:00Z,,x
            """);

        Assert.That(Desk.Rejections(report), Is.EqualTo(new[] { "3 touchpoint touchpoint-not-found", "4 contact contact-not-found", "5 closed instant" }));
        Assert.That(desk.Events(), Is.EqualTo(new[] { """t1 20260310 ticket.closed {"category":"change"}""", """t5 20260311 ticket.closed {"category":"=1+1"}""" }));
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260310 first-reply 12" }));
        Assert.That(report.GetProperty("ignoredColumns").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "extra" }));
    }

    [TestCase("", "empty-file", "")]
    [TestCase("account,week,seats\n", "missing-column", "hours")]
    [TestCase("account,week,seats,Seats,hours\n", "doubled-column", "seats")]
    public async Task A_file_of_other_columns_is_refused_whole(string csv, string code, string pointer)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        await (await desk.Send(Desk.Usage, csv)).IsProblem(422, code, pointer);

        Assert.That(desk.Metrics(), Is.Empty);
    }

    [Test]
    public async Task What_cannot_be_read_to_its_end_leaves_nothing_behind()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, File);
        var before = desk.Metrics();
        var csv = new StringBuilder("account,week,seats,hours\n");
        for (var i = 0; i < 9_000; i++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"acme,{new DateOnly(2000, 1, 3).AddDays(i):yyyy-MM-dd},5,\n");
        csv.Append("acme,2026-03-02,99,\nacme,\"").Append('x', 3_000_000);

        await (await desk.Send(Desk.Usage, csv.ToString())).IsProblem(422, "unreadable-file", "");

        Assert.That(desk.Metrics(), Is.EqualTo(before));
        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_rows WHERE replaced_by <> 0")), Is.Zero);
        Assert.That(Desk.Counts(await desk.Import(Desk.Usage, File)), Is.EqualTo((3, 0, 0, 3, 0)), "the source is free again");
    }

    [Test]
    public async Task Nothing_is_visible_while_a_file_is_under_way()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, File);
        var before = desk.Metrics();
        using var slow = new SlowFile("account,week,seats,hours\nacme,2026-03-02,99,\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"bravo,{new DateOnly(2000, 1, 3).AddDays(i):yyyy-MM-dd},5,\n")));
        var sending = desk.Api.PostAsync($"/api/v1/operational-data/{Desk.Usage}", slow);
        await slow.Nearly;
        while (host.Store.Read(reader => reader.Find<long?>("SELECT rows_read FROM operational_data_imports WHERE state = 'running'")) < 4_000)
            await Task.Yield();

        Assert.That(desk.Metrics(), Is.EqualTo(before));
        await (await desk.Send(Desk.Usage, File)).IsProblem(503, "busy");
        slow.Finish();
        Assert.That(Desk.Counts(await (await sending).Json()), Is.EqualTo((20_001, 19_999, 2, 0, 0)));
        Assert.That(desk.Metrics(), Does.Contain("acme 20260302 seats 99").And.Not.Contain("acme 20260302 seats 10"));
    }

    [Test]
    public async Task New_events_set_surveys_off_once_where_the_source_says_so()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Put("tickets", Desk.TicketSource.Replace("\"kind\"", "\"triggers\": true, \"kind\"", StringComparison.Ordinal));
        const string csv = "ticket,account,contact,touchpoint,category,closed,minutes\nt1,acme,ann,support,,2026-03-10T23:30:00+08:00,{0}\n";

        await desk.Import("tickets", csv.Replace("{0}", "1", StringComparison.Ordinal));
        var first = EventId(host);
        await desk.Import("tickets", csv.Replace("{0}", "2", StringComparison.Ordinal));
        await desk.Import("tickets", csv.Replace("{0}", "2", StringComparison.Ordinal));

        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'EventReceived'")), Is.EqualTo(1));
        Assert.That(EventId(host), Is.EqualTo(first), "a corrected event keeps its id");
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260310 first-reply 2" }));
    }

    [Test]
    public async Task A_key_bound_to_an_org_unit_imports_there_and_nowhere_else()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import("tickets", "ticket,account,contact,touchpoint,category,closed,minutes\nt1,bravo,,,,2026-03-10T23:30:00Z,1\n");
        var bound = host.Anonymous();
        var made = await host.Send(new Server.Features.Access.CreateKey.Request("bound", [Scopes.EventsWrite], "east"));
        bound.DefaultRequestHeaders.Authorization = new("Bearer", made.Key);

        var report = await (await desk.Send("tickets", Encoding.UTF8.GetBytes("ticket,account,contact,touchpoint,category,closed,minutes\nt1,acme,,,,2026-03-10T23:30:00Z,1\nt2,bravo,,,,2026-03-10T23:30:00Z,1\nt3,acme,,,,2026-03-10T23:30:00Z,1\n"), by: bound)).Json();

        Assert.That(Desk.Rejections(report), Is.EqualTo(new[] { "2 ticket key-taken", "3 account account-not-found" }));
        Assert.That(Desk.Counts(report), Is.EqualTo((3, 1, 0, 0, 2)));
    }

    [Test]
    public async Task Only_csv_and_ndjson_for_a_source_in_use_are_taken()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        await (await desk.Send(Desk.Usage, "{}", "application/json")).IsProblem(415, "media-type");
        await (await desk.Send(Desk.Usage, [1], encoding: "br")).IsProblem(415, "content-encoding");
        await (await desk.Send("nothing", File)).IsProblem(404, "source-not-found");
        await (await desk.Api.PostAsync("/api/v1/operational-data/usage:retire", null)).Json();
        await (await desk.Send(Desk.Usage, File)).IsProblem(409, "source-retired");
    }

    static long EventId(CemHost host) => host.Store.Read(reader => reader.Single<long>("SELECT id FROM operational_data_v_events"));

    /// <summary>A body whose last line is held back until it is asked for.</summary>
    sealed class SlowFile(string text) : HttpContent
    {
        readonly TaskCompletionSource nearly = new();
        readonly TaskCompletionSource finish = new();

        public Task Nearly => nearly.Task;

        public void Finish() => finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            Headers.ContentType = new("text/csv");
            var bytes = Encoding.UTF8.GetBytes(text);
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - 10));
            await stream.FlushAsync();
            nearly.SetResult();
            await finish.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length - 10));
        }

        protected override bool TryComputeLength(out long length)
        {
            Headers.ContentType = new("text/csv");
            length = 0;
            return false;
        }
    }
}
