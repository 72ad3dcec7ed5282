using System.Text;
using Cem.Contracts.Reports;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Server.Features.Reports.PublishWeekly;
using Cem.Tests.Features.AccountHealth;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Features.Reports.PublishWeekly;

public sealed class PublishWeeklyTests
{
    [Test]
    public async Task Each_reader_gets_the_report_of_their_scope_in_their_language_on_Monday_at_seven_and_once()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.Manager, "north");
        await host.SignedIn(Roles.Viewer, "north", Languages.Chinese);
        await host.SignedIn(Roles.CxManager);
        await host.SignedIn(Roles.Administrator);
        await host.SignedIn(Roles.Agent, "north");

        host.Clock.Set(Newsroom.Due.AddMinutes(-1));
        await host.Settle();
        Assert.That(room.Mails(), Is.Empty);

        await host.Advance(TimeSpan.FromMinutes(1));
        var mails = room.Mails();
        Assert.That(mails.Select(mail => $"{mail.ToAddress} {mail.Subject}"), Is.EquivalentTo(new[]
        {
            "person1@example.com Weekly report 2026-W11 · North: no answers",
            "person2@example.com 2026-W11 周报 · North：暂无答卷",
            "person3@example.com Weekly report 2026-W11 · Whole company: no answers",
            "person4@example.com Weekly report 2026-W11 · Whole company: no answers",
        }));
        Assert.That(mails.Select(mail => mail.MessageId), Is.Unique.And.All.StartsWith("weekly-2026-W11-"));
        Assert.That(host.Told<ReportPublished>(), Is.EqualTo(3));

        await host.Advance(TimeSpan.FromMinutes(1));
        await host.Advance(TimeSpan.FromDays(6));
        Assert.That(room.Mails(), Has.Count.EqualTo(4));
        await host.Advance(TimeSpan.FromDays(1));
        Assert.That(room.Mails().Count(mail => mail.Subject.Contains("2026-W12", StringComparison.Ordinal)), Is.EqualTo(4));
    }

    [Test]
    public async Task Runs_at_the_same_time_send_one_mail_and_archive_one_report()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.Manager, "north");
        await host.SignedIn(Roles.CxManager);
        host.Clock.Set(Newsroom.Due);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var scope = host.Services.CreateAsyncScope();
            await ActivatorUtilities.GetServiceOrCreateInstance<Job>(scope.ServiceProvider).Run(CancellationToken.None);
        })));

        Assert.That(room.Mails(), Has.Count.EqualTo(2));
        Assert.That(host.Told<ReportPublished>(), Is.EqualTo(2));
    }

    [Test]
    public async Task After_a_stop_the_last_complete_week_is_made_up_for_and_nothing_is_sent_twice()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.CxManager);
        host.Clock.Set(Newsroom.Due);
        await host.Settle();

        await host.Restart();
        await host.Settle();
        Assert.That(room.Mails(), Has.Count.EqualTo(1));

        host.Clock.Advance(TimeSpan.FromDays(24));
        await host.Restart();
        await host.Settle();
        Assert.That(room.Mails().Select(mail => mail.MessageId[..15]), Is.EqualTo(new[] { "weekly-2026-W11", "weekly-2026-W14" }));
    }

    [Test]
    public async Task A_clock_that_is_set_back_sends_nothing_again()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.CxManager);
        host.Clock.Set(Newsroom.Due);
        await host.Settle();

        host.Clock.Set(Newsroom.Due.AddHours(-2));
        await host.Settle();
        host.Clock.Set(Newsroom.Due);
        await host.Settle();

        Assert.That(room.Mails(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_run_that_broke_off_between_two_scopes_is_finished_without_repeating_the_first()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.Manager, "north");
        await host.SignedIn(Roles.CxManager);
        host.Clock.Set(Newsroom.Due);
        await room.Run(new { orgUnit = "north", mail = true });
        Assert.That(room.Mails(), Has.Count.EqualTo(1));

        await host.Settle();

        Assert.That(room.Mails(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Whoever_joins_afterwards_gets_the_next_one()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        host.Clock.Set(Newsroom.Due);
        await host.Settle();
        await host.SignedIn(Roles.CxManager);

        await host.Advance(TimeSpan.FromDays(1));
        Assert.That(room.Mails(), Is.Empty);

        await host.Advance(TimeSpan.FromDays(6));
        Assert.That(room.Mails(), Has.Count.EqualTo(1));
    }

    // Berlin springs forward on Sunday 29 March at two; Santiago on Sunday 6 September at midnight, and back on Sunday 5 April at
    // midnight; Lord Howe by half an hour on Sunday 4 October.
    [TestCase("Europe/Berlin", "2026-03-30T05:00:00Z")]
    [TestCase("Europe/Berlin", "2026-10-26T06:00:00Z")]
    [TestCase("America/Santiago", "2026-04-06T11:00:00Z")]
    [TestCase("America/Santiago", "2026-09-07T10:00:00Z")]
    [TestCase("Australia/Lord_Howe", "2026-10-04T20:00:00Z")]
    public async Task Seven_is_seven_on_the_clock_on_the_wall_also_after_it_was_changed(string zone, string due)
    {
        await using var host = await CemHost.Run(timeZone: zone);
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.CxManager);
        var at = DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture);
        host.Clock.Set(at.AddMinutes(-1));
        await host.Settle();
        var before = room.Mails().Count;

        await host.Advance(TimeSpan.FromMinutes(1));
        Assert.That(room.Mails(), Has.Count.EqualTo(before + 1));

        await host.Advance(TimeSpan.FromHours(2));
        Assert.That(room.Mails(), Has.Count.EqualTo(before + 1));
    }

    [TestCase(Languages.English)]
    [TestCase(Languages.Chinese)]
    public async Task The_mail_reads_well_as_HTML_and_says_the_same_as_text(string language)
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Story();
        await room.Comment("c1", 2, "Trip dates changed in OA, the booking stuck again. <script>alert(1)</script> {{name}} =cmd|' /C calc'!A0");
        await room.Comment("c2", 10, "客服很耐心，问题当天解决。");
        await host.Settle();

        var report = await room.Run(new { week = "2026-W10", language });

        var (html, text) = host.Store.Read(reader => (
            reader.Single<string>("SELECT html FROM reports_reports WHERE week = '2026-W10'"), reader.Single<string>("SELECT text FROM reports_reports WHERE week = '2026-W10'")));
        Assert.That(html, Does.Not.Contain("<script"));
        Assert.That(report.GetProperty("language").GetString(), Is.EqualTo(language));
        using (Assert.EnterMultipleScope())
        {
            Snapshot.Matches(html, "html", language);
            Snapshot.Matches(text, "txt", language);
        }
    }

    const string Library = """
        {"validFrom": "2025-01-01", "indicators": [
          {"code": "root", "name": {"en": "North star", "zh-CN": "北极星"}, "level": 1},
          {"code": "oa", "name": {"en": "OA integration", "zh-CN": "OA 集成"}, "level": 2, "parent": "root", "weight": 2},
          {"code": "oa-nps", "name": {"en": "Would recommend after OA sync", "zh-CN": "OA 同步后的推荐意愿"}, "level": 3, "parent": "oa", "weight": 2, "measure": {"type": "nps", "touchpoints": ["oa-sync"]}},
          {"code": "active", "name": {"en": "Active users of licensed", "zh-CN": "活跃用户占比"}, "level": 3, "parent": "oa", "kind": "o", "best": 0.8, "worst": 0.1,
           "measure": {"type": "ratio", "numerator": {"source": "usage", "metric": "active-users"}, "denominator": {"source": "usage", "metric": "seats"}}},
          {"code": "support", "name": {"en": "Support", "zh-CN": "客服"}, "level": 2, "parent": "root", "measure": {"type": "nps", "touchpoints": ["support"]}}]}
        """;

    [TestCase(Languages.English)]
    [TestCase(Languages.Chinese)]
    public async Task With_indicators_a_quadrant_and_accounts_at_risk_it_reads_well_too(string language)
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Story();
        await Clinic.Open(host);
        await (await room.Api.PutAsync("/api/v1/indicator-library", World.Raw(Library))).Json();
        await host.Settle();

        await room.Run(new { week = "2026-W10", language });

        var (html, text) = host.Store.Read(reader => (
            reader.Single<string>("SELECT html FROM reports_reports WHERE week = '2026-W10'"), reader.Single<string>("SELECT text FROM reports_reports WHERE week = '2026-W10'")));
        using (Assert.EnterMultipleScope())
        {
            Snapshot.Matches(html, "html", $"explained.{language}");
            Snapshot.Matches(text, "txt", $"explained.{language}");
        }
    }

    [Test]
    public async Task Forty_branches_fit_into_eighty_kilobytes()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        for (var number = 1; number <= 40; number++)
        {
            await (await room.Api.PutAsync($"/api/v1/org-units/b{number:00}", World.Raw($$"""{"name": "A branch with a long name, number {{number}}", "kind": "branch", "parent": "south"}"""))).Json();
            await room.Answers($"b{number:00}", 5, number, 3, 20);
        }
        for (var number = 1; number <= 9; number++)
            await room.Comment($"c{number}", number % 4, new string('很', 1000));
        await host.Settle();

        await room.Run();

        var html = host.Store.Read(reader => reader.Single<string>("SELECT html FROM reports_reports"));
        Assert.That(Encoding.UTF8.GetByteCount(html), Is.LessThan(80_000));
        Assert.That(html, Does.Contain("23 more in between"));
    }
}
