using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.StopReportMail;

public sealed class StopReportMailTests
{
    [Test]
    public async Task Opening_the_link_changes_nothing_the_button_stops_it_and_the_other_button_starts_it_again()
    {
        await using var host = await CemHost.Run();
        var (room, path) = await Mailed(host);
        using var browser = host.Browser();

        await browser.Open(path);
        Assert.That(Stopped(host), Is.Zero);

        var page = await browser.Submit("main form, form");
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Your weekly report is stopped"));
        await host.Advance(TimeSpan.FromDays(7));
        Assert.That(room.Mails(), Has.Count.EqualTo(1));

        await browser.Open(path);
        await browser.Submit("form[action$='/undo']");
        Assert.That(Stopped(host), Is.Zero);
    }

    [Test]
    public async Task A_mail_program_stops_it_with_one_post()
    {
        await using var host = await CemHost.Run();
        var (_, path) = await Mailed(host);
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        using var answer = await host.Anonymous().PostAsync(path, content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(Stopped(host), Is.EqualTo(1));
    }

    [Test]
    public async Task A_link_that_was_cut_off_does_not_exist()
    {
        await using var host = await CemHost.Run();

        using var answer = await host.Anonymous().GetAsync("/reports/stop/" + Secret.New()[1..]);

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    /// <summary>Somebody who got a report, and the path of the link in its header.</summary>
    static async Task<(Newsroom Room, string Path)> Mailed(CemHost host)
    {
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.Viewer);
        host.Clock.Set(Newsroom.Due);
        await host.Settle();
        using var headers = JsonDocument.Parse(room.Mails().Single().Headers);
        Assert.That(headers.RootElement.GetProperty("List-Unsubscribe-Post").GetString(), Is.EqualTo("List-Unsubscribe=One-Click"));
        return (room, new Uri(headers.RootElement.GetProperty("List-Unsubscribe").GetString()!.Trim('<', '>')).AbsolutePath);
    }

    static long Stopped(CemHost host) => host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM reports_stopped"));
}
