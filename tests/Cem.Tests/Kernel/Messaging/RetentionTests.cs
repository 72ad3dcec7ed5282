using Cem.Contracts.Customers;
using Cem.Kernel.Messaging;
using Cem.Tests.Testing;

namespace Cem.Tests.Kernel.Messaging;

public sealed class RetentionTests
{
    [Test]
    public async Task What_has_done_its_duty_goes_in_its_time_and_what_is_owed_stays()
    {
        await using var host = await CemHost.Run();
        await host.Store.Write(tx =>
        {
            tx.Tell(new ContactErased(1));
            tx.Send(new Mail("test", "gone", "ann@example.com", "Ann", "Hello", "<p>secret</p>", "secret"));
            tx.Execute("INSERT INTO kernel_retries (id, caller, key, request_hash, answer, stored_at) VALUES (@Id, 1, 'k', 'h', '{}', @Now)", new { Id = tx.NewId(), tx.Now });
        });
        await host.Settle();
        await host.Store.Write(tx =>
        {
            var id = tx.NewId();
            tx.Execute("INSERT INTO kernel_facts (id, name, body, told_at) VALUES (@Id, 'ContactErased', '{}', @Now)", new { Id = id, tx.Now });
            tx.Execute("INSERT INTO kernel_deliveries (fact_id, handler, due_at, attempts, parked) VALUES (@Id, 'Nobody:ContactErased', @Now, 8, 1)", new { Id = id, tx.Now });
            tx.Execute("INSERT INTO kernel_mails (id, message_id, kind, to_address, to_name, subject, html, text, headers, state, owed_at, due_at) VALUES (@Id, 'late', 'test', 'a@b.cd', '', '', 'x', 'x', '{}', 'owed', @Now, @Far)",
                new { Id = tx.NewId(), tx.Now, Far = tx.Now.AddYears(3) });
        });

        await host.Advance(TimeSpan.FromHours(71));
        Assert.That(Count(host), Is.EqualTo(new Counts(2, 1, 2, 2)));

        await host.Advance(TimeSpan.FromHours(2));
        Assert.That(Count(host), Is.EqualTo(new Counts(2, 0, 2, 2)), "the answers kept for retries go after 72 hours");

        await host.Advance(TimeSpan.FromDays(31));
        Assert.That(Count(host), Is.EqualTo(new Counts(1, 0, 2, 1)), "after a month the delivered fact and the words of the mail that went");

        await host.Advance(TimeSpan.FromDays(340));
        Assert.That(Count(host), Is.EqualTo(new Counts(1, 0, 1, 1)), "after a year its record; the parked delivery and the owed mail stay");
    }

    static Counts Count(CemHost host) => host.Store.Read(reader => reader.Single<Counts>("""
        SELECT (SELECT COUNT(*) FROM kernel_facts) AS facts, (SELECT COUNT(*) FROM kernel_retries) AS retries,
          (SELECT COUNT(*) FROM kernel_mails) AS mails, (SELECT COUNT(*) FROM kernel_mails WHERE html <> '') AS words
        """));

    sealed record Counts(int Facts, int Retries, int Mails, int Words);
}
