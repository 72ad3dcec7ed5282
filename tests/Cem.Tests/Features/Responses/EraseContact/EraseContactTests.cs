using System.Net.Http.Json;
using Cem.Contracts.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.EraseContact;

public sealed class EraseContactTests
{
    [Test]
    public async Task Words_and_names_go_and_scores_stay()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("s1", new { help = 1, wrong = new[] { "slow" }, nps = 2, nps_reason = "My name is Wang Fang", more = "Call 138 0013 8000" }, ("recordedBy", "me@example.com"));
        await collection.Submitted("s2", null, ("account", "a2"), ("contact", "c2"));
        await collection.Api.PostAsJsonAsync("/api/v1/feedback", new { source = "crm", externalId = "n1", kind = "complaint", contact = "c1", at = "2026-03-11T09:00:00+08:00", text = "Wang Fang is angry" });

        await host.Store.Write(tx => tx.Tell(new ContactErased(tx.Single<long>("SELECT id FROM customers_contacts WHERE external_id = 'c1'"))));
        await host.Settle();

        Assert.That(collection.Rows("SELECT answers FROM responses_responses ORDER BY id"), Is.EqualTo(new[] { """{"help":1,"wrong":["slow"],"nps":2}""", """{"help":5,"nps":9}""" }));
        Assert.That(collection.Rows("SELECT text FROM responses_texts"), Is.EqualTo(new[] { "slow" }));
        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_responses WHERE contact_id IS NULL AND recorded_by IS NULL AND content_hash IS NULL"), Is.EqualTo(new[] { "1" }));
        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_scores WHERE contact_id IS NULL"), Is.EqualTo(new[] { "2" }));
        Assert.That(collection.Rows("SELECT text || contact_id FROM responses_feedback WHERE contact_id IS NOT NULL OR text <> ''"), Is.Empty);
        Assert.That(collection.Rows("SELECT COUNT(*) FROM kernel_facts WHERE name = 'ResponseUnlinked'"), Is.EqualTo(new[] { "1" }));
    }
}
