using System.Net;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cem.Tests.Features.Housekeeping.SendTestMail;

public sealed class SendTestMailTests
{
    [Test]
    public async Task It_goes_at_once_to_whoever_asked_in_their_language()
    {
        var transport = new BrokenTransport { Away = false };
        await using var host = await CemHost.Run(services => services.Replace(ServiceDescriptor.Singleton<IMailTransport>(transport)));
        using var browser = await host.SignedIn(Roles.Administrator, language: "zh-CN");
        await browser.Open("/settings/mail");

        await browser.Submit("#test");

        Assert.That(browser.Page.QuerySelector(".flash")!.TextContent, Does.Contain("测试邮件已发出"));
        var mail = transport.Delivered.Single();
        Assert.That(mail.ToAddress, Is.EqualTo("person1@example.com"));
        Assert.That(mail.Text, Does.Contain("本系统的邮件可以送达您的邮箱"));
        await host.Settle();
        Assert.That(transport.Delivered, Has.Count.EqualTo(1), "it is not owed as well");
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT action FROM access_audit")), Does.Contain("mail.tested"));
    }

    [Test]
    public async Task When_the_mail_server_refuses_the_page_says_what_it_said_and_what_to_check()
    {
        await using var host = await CemHost.Run(services => services.Replace(ServiceDescriptor.Singleton<IMailTransport>(new BrokenTransport())),
            settings: """{"Mail": {"Host": "smtp.example.com"}}""");
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/mail");

        await browser.Submit("#test");

        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(browser.Page.QuerySelector("#error")!.TextContent, Does.Contain("The mail server is <away>."));
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("smtp.example.com").And.Contain("person1@example.com"));
    }
}
