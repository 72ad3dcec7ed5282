using Cem.Contracts.Access;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.ChooseReportMail;

public sealed class ChooseReportMailTests
{
    [Test]
    public async Task Whoever_stops_the_mail_gets_none_until_they_ask_for_it_again()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        using var viewer = await host.SignedIn(Roles.Viewer);
        await viewer.Open("/reports");
        var page = await viewer.Submit("form[action='/reports/mail']");
        Assert.That(page.Body!.TextContent, Does.Contain("You get no report by mail."));

        host.Clock.Set(Newsroom.Due);
        await host.Settle();
        Assert.That(room.Mails(), Is.Empty);

        // The session did not last so long.
        await viewer.Post((await host.Send(new AskSignInLink("person1@example.com", "Person 1", "viewer", null, Languages.English))).Path);
        await viewer.Open("/reports");
        page = await viewer.Submit("form[action='/reports/mail']");
        Assert.That(page.Body!.TextContent, Does.Contain("You get the report of your org unit every Monday."));
        await host.Advance(TimeSpan.FromDays(7));
        Assert.That(room.Mails(), Has.Count.EqualTo(1));
    }
}
