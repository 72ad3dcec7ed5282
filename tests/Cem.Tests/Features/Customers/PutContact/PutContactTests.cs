using System.Net;
using System.Net.Http.Json;
using Cem.Contracts.Customers;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.PutContact;

public sealed class PutContactTests
{
    const string Full = """
        {"account": "acct-1", "name": "罗洋", "email": "yang.luo@example.com", "phone": "+86 21 5555 0100", "role": "decisionMaker", "level": "executive",
         "department": "Finance", "language": "en-GB", "consent": {"contact": true, "source": "contract", "at": "2025-01-20T16:11:00+08:00"},
         "doNotSurvey": true, "attributes": {"wecom": "ly"}}
        """;

    [Test]
    public async Task A_contact_is_kept_as_it_was_put_and_its_language_made_one_of_ours()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");

        var answer = await api.PutAsync("/api/v1/contacts/c-1", World.Raw(Full));
        var contact = await api.Got("/api/v1/contacts/c-1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        Assert.That(contact, World.Is("""
            {"externalId":"c-1","account":"acct-1","name":"罗洋","email":"yang.luo@example.com","phone":"+86 21 5555 0100","role":"decisionMaker","level":"executive",
            "department":"Finance","language":"en","consent":{"contact":true,"source":"contract","at":"2025-01-20T08:11:00Z"},"doNotSurvey":true,
            "attributes":{"wecom":"ly"},"createdAt":"2026-03-11T02:00:00Z","updatedAt":"2026-03-11T02:00:00Z"}
            """));
    }

    [Test]
    public async Task Repeating_a_put_changes_nothing_and_tells_nothing()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");
        await api.PutAsync("/api/v1/contacts/c-1", World.Raw(Full));
        await host.Advance(TimeSpan.FromHours(1));

        var answer = await api.PutAsync("/api/v1/contacts/c-1", World.Raw(Full));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await api.Got("/api/v1/contacts/c-1")).GetProperty("updatedAt").GetString(), Is.EqualTo("2026-03-11T02:00:00Z"));
        Assert.That(host.Told<ContactChanged>(), Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_word_of_consent_there_is_none()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");

        await api.PutContact("c-1", "acct-1");

        Assert.That((await api.Got("/api/v1/contacts/c-1")).GetProperty("consent").GetProperty("contact").GetBoolean(), Is.False);
    }

    [TestCase("""{"name": "x", "role": "user"}""", 400, "malformed", "/account")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "boss"}""", 400, "malformed", "/role")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": 0}""", 400, "malformed", "/role")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "consent": true}""", 400, "malformed", "/consent")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "consent": {"contact": true, "at": "2025-01-20T16:11:00"}}""", 400, "malformed", "/consent/at")]
    [TestCase("""{"account": "nobody", "name": "x", "role": "user"}""", 422, "account-not-found", "/account")]
    [TestCase("""{"account": "acct-1", "name": "", "role": "user"}""", 422, "not-empty", "/name")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "language": "fr"}""", 422, "language", "/language")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "email": "x"}""", 422, "email", "/email")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "email": "a@b"}""", 422, "email", "/email")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "email": "a@b@c.example"}""", 422, "email", "/email")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "email": "X <a@b.example>"}""", 422, "email", "/email")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "email": "a@b.example, c@d.example"}""", 422, "email", "/email")]
    [TestCase("""{"account": "acct-1", "name": "x", "role": "user", "email": "a@b.example\r\nBcc: c@d.example"}""", 422, "invalid", "/email")]
    public async Task What_is_wrong_is_refused_with_its_field(string body, int status, string code, string pointer)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");

        await (await api.PutAsync("/api/v1/contacts/c-1", World.Raw(body))).IsProblem(status, code, pointer);
    }

    [Test]
    public async Task A_key_bound_to_a_branch_writes_people_of_its_own_accounts_only()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("eastern", "shanghai");
        await api.PutAccount("western", "west");
        await api.PutContact("w-1", "western");
        var bound = await host.WithBoundKey("east", Scopes.CustomersWrite);

        await bound.PutContact("e-1", "eastern");

        await (await bound.PutAsJsonAsync("/api/v1/contacts/w-1", new { account = "eastern", name = "x", role = "user" })).IsProblem(404, "contact-not-found");
        await (await bound.PutAsJsonAsync("/api/v1/contacts/e-1", new { account = "western", name = "x", role = "user" })).IsProblem(422, "account-not-found", "/account");
    }
}
