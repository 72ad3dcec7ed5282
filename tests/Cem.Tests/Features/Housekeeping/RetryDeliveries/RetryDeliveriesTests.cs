using Cem.Contracts.Customers;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Features.Housekeeping.RetryDeliveries;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cem.Tests.Features.Housekeeping.RetryDeliveries;

public sealed class RetryDeliveriesTests
{
    [Test]
    public async Task A_parked_delivery_is_shown_and_taken_up_again_by_itself_and_leaves_a_trace()
    {
        await using var host = await CemHost.Run();
        await host.Store.Write(tx => tx.Tell(new ContactErased(7)));
        await host.Store.Write(tx => tx.Execute("UPDATE kernel_deliveries SET parked = 1, attempts = 8, error = 'IOException: <disk> is full'"));
        await host.Settle();
        var parked = Parked(host);
        Assert.That(parked, Is.GreaterThan(1));
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/mail");
        Assert.That(browser.Page.QuerySelector("#deliveries tbody")!.TextContent, Does.Contain(":ContactErased").And.Contain("IOException: <disk> is full").And.Contain("gave up"));

        await browser.Submit("#deliveries tbody form");
        await host.Settle();
        Assert.That(Parked(host), Is.EqualTo(parked - 1), "one by its own button");

        await browser.Open("/settings/mail");
        await browser.Submit("#deliveries .section-head form");
        await host.Settle();
        Assert.That(Parked(host), Is.Zero);
        Assert.That((await browser.Open("/settings/mail")).QuerySelector("#deliveries table"), Is.Null);
        Assert.That((await browser.Open("/settings/audit")).QuerySelector("#audit")!.TextContent, Does.Contain("tried deliveries again"));
    }

    [Test]
    public async Task A_job_that_fails_is_shown_with_its_error_until_it_runs_again()
    {
        var broken = new BrokenJob();
        await using var host = await CemHost.Run(services => services.AddSingleton(broken).Replace(ServiceDescriptor.Singleton(new JobList([typeof(BrokenJob)]))));
        using var browser = await host.SignedIn(Roles.Administrator);
        Assert.That(host.Settle, Throws.InvalidOperationException);
        await browser.Open("/settings/mail");
        Assert.That(browser.Page.QuerySelector("#jobs tbody")!.TextContent, Does.Contain("BrokenJob").Or.Contain("RetryDeliveries"));
        Assert.That(browser.Page.QuerySelector("#jobs tbody")!.TextContent, Does.Contain("The <disk> is full"));

        await browser.Submit("#jobs tbody form");
        broken.IsWell = true;
        await host.Settle();

        Assert.That((await browser.Open("/settings/mail")).QuerySelector("#jobs table"), Is.Null);
    }

    [Test]
    public async Task Retrying_mails_takes_those_that_failed_or_were_put_off_and_no_others()
    {
        await using var host = await CemHost.Run(services => services.Replace(ServiceDescriptor.Singleton<IMailTransport>(new BrokenTransport())));
        await host.Store.Write(tx =>
        {
            foreach (var name in new[] { "failed", "put off", "sent", "erased" })
                tx.Send(new Mail("test", name, "a@example.com", "", "", "", ""));
            tx.Execute("UPDATE kernel_mails SET state = 'failed', attempts = 10 WHERE message_id = 'failed'");
            tx.Execute("UPDATE kernel_mails SET attempts = 3, due_at = due_at + 3600000 WHERE message_id = 'put off'");
            tx.Execute("UPDATE kernel_mails SET state = message_id, attempts = 1 WHERE message_id IN ('sent', 'erased')");
        });

        var response = await host.Send(new Request("mails"));

        Assert.That(response.Count, Is.EqualTo(2));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT message_id FROM kernel_mails WHERE state = 'owed' AND attempts = 0 ORDER BY message_id")), Is.EqualTo(new[] { "failed", "put off" }));
    }

    [TestCase("letters", null)]
    [TestCase("mails", "1; DROP TABLE")]
    public async Task What_makes_no_sense_is_refused(string what, string? item)
    {
        await using var host = await CemHost.Run();

        Assert.That(async () => await host.Send(new Request(what, item)), Throws.TypeOf<Problem>().With.Property(nameof(Problem.Status)).EqualTo(422));
    }

    static int Parked(CemHost host) => host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_v_parked"));

    sealed class BrokenJob : IJob
    {
        public bool IsWell { get; set; }

        public TimeSpan Every => TimeSpan.FromHours(1);

        public Task<bool> Run(CancellationToken ct) => IsWell ? Task.FromResult(false) : throw new InvalidOperationException("The <disk> is full");
    }
}
