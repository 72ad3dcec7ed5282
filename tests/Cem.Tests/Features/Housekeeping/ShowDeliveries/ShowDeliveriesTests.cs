using System.Net;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cem.Tests.Features.Housekeeping.ShowDeliveries;

public sealed class ShowDeliveriesTests
{
    [TestCase("en", "All is well", "Nothing has been sent yet.")]
    [TestCase("zh-CN", "一切正常", "尚未发出任何邮件。")]
    public async Task Where_nothing_is_owed_the_page_says_so_and_how_mails_leave(string language, string well, string empty)
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator, language: language);

        var page = await browser.Open("/settings/mail");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.StartWith(well));
        Assert.That(page.QuerySelector("#way")!.TextContent, Does.Contain(Path.Combine(host.DataFolder, "outbox")).And.Contain("cem@localhost"));
        Assert.That(page.QuerySelector("#sent")!.TextContent, Does.Contain(empty));
        Assert.That(page.QuerySelectorAll("table"), Is.Empty);
    }

    [Test]
    public async Task With_a_mail_server_it_names_it_and_never_the_password()
    {
        await using var host = await CemHost.Run(settings: """{"Mail": {"Host": "smtp.example.com", "Port": 587, "Tls": true, "User": "cem", "Password": "hunter2", "From": "cx@example.com", "FromName": "CX <team>"}}""");
        using var browser = await host.SignedIn(Roles.Administrator);

        var page = await browser.Open("/settings/mail");

        Assert.That(page.QuerySelector("#way")!.TextContent, Does.Contain("smtp.example.com:587").And.Contain("CX <team> <cx@example.com>"));
        Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Mails_that_wait_gave_up_or_went_are_listed_with_the_error_and_without_what_they_say()
    {
        var transport = new BrokenTransport();
        await using var host = await CemHost.Run(services => services.Replace(ServiceDescriptor.Singleton<IMailTransport>(transport)));
        using var browser = await host.SignedIn(Roles.Administrator);
        await host.Store.Write(tx => tx.Send(new Mail("survey-invitation", "one", "ann@example.com", "Ann", "How was <it>?", "<p>https://x/s/secret</p>", "https://x/s/secret")));

        await host.Settle();
        var waiting = await browser.Open("/settings/mail");
        Assert.That(waiting.QuerySelector("#waiting")!.TextContent, Does.Contain("Survey invitation").And.Contain("How was <it>?").And.Contain("The mail server is <away>.").And.Contain("ann@example.com"));

        await host.Store.Write(tx => tx.Execute("UPDATE kernel_mails SET attempts = 9, due_at = @Now", new { tx.Now }));
        await host.Settle();
        var failed = await browser.Open("/settings/mail");
        Assert.That(failed.QuerySelector("#failed tbody")!.TextContent, Does.Contain("ann@example.com").And.Contain("10"));
        Assert.That(failed.QuerySelector(".answer")!.TextContent, Does.Contain("One mail could not be sent."));
        Assert.That(failed.QuerySelector("#waiting table"), Is.Null);

        transport.Away = false;
        await browser.Submit("#failed tbody form");
        Assert.That(browser.Page.QuerySelector(".flash")!.TextContent, Does.Contain("tried again"));
        await host.Settle();
        var sent = await browser.Open("/settings/mail");
        Assert.That(sent.QuerySelector("#sent tbody")!.TextContent, Does.Contain("How was <it>?").And.Not.Contain("secret"));
        Assert.That(sent.QuerySelector("#failed table"), Is.Null);
        Assert.That(transport.Delivered.Single().MessageId, Is.EqualTo("one"));
    }

    [Test]
    public async Task Administrators_of_a_part_of_the_company_do_not_see_the_mails_of_the_others()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.Admin)).PlantTree();
        using var bounded = await host.SignedIn(Roles.Administrator, "east");

        await bounded.Open("/settings/mail");

        Assert.That(bounded.Answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Every_job_and_every_kind_of_mail_has_a_name_in_words()
    {
        await using var host = await CemHost.Run();
        var words = host.Services.GetRequiredService<Texts>().For(Languages.Chinese, "Housekeeping/ShowDeliveries");
        var jobs = host.Services.GetRequiredService<JobRunner>().States;

        Assert.That(jobs, Is.Not.Empty);
        Assert.That(jobs.Where(job => words.Find("job." + job.Name) is null).Select(job => job.Name), Is.Empty);
    }
}
