using System.Net;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.PutContactRules;

public sealed class PutContactRulesTests
{
    [Test]
    public async Task Rules_put_are_read_again()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.SurveysWrite);

        Assert.That((await (await api.GetAsync("/api/v1/contact-rules")).Json()).GetProperty("budgetContacts").GetInt32(), Is.EqualTo(3));
        await (await api.PutAsJsonAsync("/api/v1/contact-rules", new { touchpointDays = 14, relationshipDays = 180, budgetContacts = 5, budgetDays = 60, reminderDays = 7, expiryDays = 21, tooOldDays = 10 })).Json();

        Assert.That((await (await api.GetAsync("/api/v1/contact-rules")).Json()).GetRawText(), Is.EqualTo(
            """{"touchpointDays":14,"relationshipDays":180,"budgetContacts":5,"budgetDays":60,"reminderDays":7,"expiryDays":21,"tooOldDays":10}"""));
    }

    [Test]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.SurveysWrite);

        await (await api.PutAsJsonAsync("/api/v1/contact-rules", new { touchpointDays = -1, relationshipDays = 180, budgetContacts = 5, budgetDays = 60, reminderDays = 7, expiryDays = 21, tooOldDays = 10 }))
            .IsProblem(422, "inclusive-between", "/touchpointDays");
    }

    [Test]
    public async Task The_form_shows_the_rules_refuses_nonsense_and_saves()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/settings/contact-rules");
        await browser.Submit("form.form", new { touchpointDays = "soon" });
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(browser.Page.QuerySelector("[name=touchpointDays]")!.GetAttribute("value"), Is.EqualTo("soon"));
        await browser.Submit("form.form", new { touchpointDays = "45" });

        Assert.That(browser.Page.QuerySelector(".flash"), Is.Not.Null);
        Assert.That(browser.Page.QuerySelector("[name=touchpointDays]")!.GetAttribute("value"), Is.EqualTo("45"));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'Audited' AND body LIKE '%contact-rules.changed%'")), Is.EqualTo(1));
    }

    [Test]
    public async Task Managers_do_not_change_the_rules()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Manager);

        await browser.Open("/settings/contact-rules");

        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
