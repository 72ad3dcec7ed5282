using System.Net.Http.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Resilience;

/// <summary>The same call many times at once: one effect, one answer.</summary>
public sealed class AtOnceTests
{
    const int Callers = 20;

    [Test]
    public async Task Twenty_equal_idempotency_keys_at_once_have_one_effect_and_one_answer()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "Acme");
        using var read = await company.Api.GetAsync($"/api/v1/work-orders/{company.WorkOrder}");

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/work-orders/{company.WorkOrder}:note") { Content = JsonContent.Create(new { note = "Once, please." }) };
            request.Headers.IfMatch.Add(read.Headers.ETag!);
            request.Headers.Add("Idempotency-Key", "same");
            using var answer = await company.Api.SendAsync(request);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        })));

        Assert.That(answers.Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(answers[0], Does.StartWith("200 "));
        var order = await (await company.Api.GetAsync($"/api/v1/work-orders/{company.WorkOrder}")).Json();
        Assert.That(order.GetProperty("history").EnumerateArray().Count(step => step.GetProperty("note").GetString() == "Once, please."), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_twenty_bodies_under_one_idempotency_key_one_is_taken_and_the_others_learn_it()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "Acme");

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => Task.Run(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/feedback")
            {
                Content = JsonContent.Create(new { source = "crm", externalId = $"at-once-{number}", kind = "complaint", at = host.Clock.GetUtcNow(), text = "Stuck.", account = FullCompany.Account }),
            };
            request.Headers.Add("Idempotency-Key", "same");
            return await company.Api.SendAsync(request);
        })));

        Assert.That(answers.Count(answer => answer.IsSuccessStatusCode), Is.EqualTo(1));
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
            await answer.IsProblem(422, "idempotency-key-reused");
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM responses_v_feedback WHERE external_id LIKE 'at-once-%'")), Is.EqualTo(1));
    }

    [Test]
    public async Task Twenty_equal_events_at_once_are_one_event_and_ask_once()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "Acme");
        var report = new { source = "crm", eventId = "at-once", type = "ticket.closed", occurredAt = host.Clock.GetUtcNow(), account = FullCompany.Account, contact = "ann", touchpoint = "support" };

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            using var answer = await company.Api.PostAsJsonAsync("/api/v1/events", report);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        })));
        await host.Settle();

        Assert.That(answers.Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(answers[0], Does.StartWith("202 "));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM operational_data_v_events WHERE event_id = 'at-once'")), Is.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("""
            SELECT COUNT(*) FROM invitations_v_invitations i JOIN operational_data_v_events e ON e.id = i.event_id WHERE e.event_id = 'at-once'
            """)), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_twenty_who_close_one_work_order_one_wins_and_the_others_learn_it()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "Acme");
        using var read = await company.Api.GetAsync($"/api/v1/work-orders/{company.WorkOrder}");

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/work-orders/{company.WorkOrder}:close") { Content = JsonContent.Create(new { }) };
            request.Headers.IfMatch.Add(read.Headers.ETag!);
            using var answer = await company.Api.SendAsync(request);
            return (int)answer.StatusCode;
        })));

        Assert.That(answers.Count(status => status == 200), Is.EqualTo(1));
        Assert.That(answers.Count(status => status == 412), Is.EqualTo(Callers - 1));
    }
}
