using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Features.Housekeeping.DiscardMail;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.DiscardMail;

public sealed class DiscardMailTests
{
    [Test]
    public async Task A_mail_that_gave_up_is_discarded_from_the_page_and_leaves_a_trace()
    {
        await using var host = await CemHost.Run();
        await host.Store.Write(tx =>
        {
            tx.Send(new Mail("test", "gone", "nobody@example.com", "", "Hello", "", ""));
            tx.Execute("UPDATE kernel_mails SET state = 'failed', attempts = 10, error = 'no such mailbox'");
        });
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/mail");
        Assert.That(browser.Page.QuerySelector("#failed tbody")!.TextContent, Does.Contain("nobody@example.com"));

        await browser.Submit("#failed tbody form[action$=discard]");
        await host.Settle();

        Assert.That((await browser.Open("/settings/mail")).QuerySelector("#failed table"), Is.Null);
        Assert.That(browser.Page.QuerySelector(".answer")!.TextContent, Does.StartWith("All is well"));
        Assert.That((await browser.Open("/settings/audit")).QuerySelector("#audit")!.TextContent, Does.Contain("discarded a mail"));
    }

    [Test]
    public async Task What_is_still_on_its_way_is_not_discarded()
    {
        await using var host = await CemHost.Run();
        var id = await host.Store.Write(tx =>
        {
            tx.Send(new Mail("test", "waiting", "a@example.com", "", "Hello", "", ""));
            return tx.Single<Id>("SELECT id FROM kernel_mails");
        });

        Assert.That(async () => await host.Send(new Request(id)), Throws.TypeOf<Problem>().With.Property(nameof(Problem.Status)).EqualTo(404));
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT state FROM kernel_mails")), Is.EqualTo("owed"));
    }
}
