using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.NotifyOwner;

public sealed class NotifyOwnerTests
{
    [Test]
    public async Task The_owner_is_told_in_their_language_with_the_customers_words()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        using var manager = await host.SignedIn(Roles.Manager, language: "zh-CN");

        await desk.Answer("s1", 3, "Trip <stuck> again");

        var mail = host.Store.Read(reader => reader.Single<Sent>("SELECT subject, html, text FROM kernel_mails WHERE kind = 'work-order'"));
        Assert.That(mail.Subject, Does.StartWith("新工单 1："));
        Assert.That(mail.Html, Does.Contain("Trip &lt;stuck&gt; again").And.Contain("致电客户。"));
        Assert.That(mail.Text, Does.Contain("Trip <stuck> again").And.Contain("/work-orders/"));
    }

    sealed record Sent(string Subject, string Html, string Text);
}
