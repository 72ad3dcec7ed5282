using System.Net;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.SetUpServer;

public sealed class SetUpServerTests
{
    static readonly object Answers = new { name = "Mei Lin", email = "mei@example.com", password = "correct horse battery", language = "en" };

    [Test]
    public async Task The_printed_link_makes_the_first_administrator_who_then_signs_in()
    {
        await using var host = await CemHost.Run();
        using var browser = host.Browser();

        await browser.Open(await Link(host));
        await browser.Submit("#set-up", Answers);

        Assert.That(browser.Address, Is.EqualTo("/sign-in?done=ready"));
        var user = host.Store.Read(reader => reader.Single<Row>("SELECT email, name, role, language, org_unit_id FROM access_users"));
        Assert.That(user, Is.EqualTo(new Row("mei@example.com", "Mei Lin", "administrator", "en", 0)));
        var answer = await browser.Post("/sign-in", ("email", "MEI@example.com"), ("password", "correct horse battery"), ("back", "/settings/company"));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/settings/company"));
    }

    [Test]
    public async Task The_link_is_of_no_use_a_second_time()
    {
        await using var host = await CemHost.Run();
        var link = await Link(host);
        using var browser = host.Browser();
        await browser.Open(link);
        await browser.Submit("#set-up", Answers);

        Assert.That((await browser.Client.GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.Post(link, ("name", "Eve"), ("email", "eve@example.com"), ("password", "correct horse battery"), ("language", "en"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await host.Send(new Server.Features.Access.OfferSetUp.Request()), Is.EqualTo(new Server.Features.Access.OfferSetUp.Response(null)));
    }

    [Test]
    public async Task Twenty_people_with_the_link_make_one_administrator()
    {
        await using var host = await CemHost.Run();
        var link = await Link(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.Browser().Post(link,
            ("name", "Somebody"), ("email", $"person{i}@example.com"), ("password", "correct horse battery"), ("language", "en"))));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Found), Is.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_users")), Is.EqualTo(1));
    }

    [Test]
    public async Task The_link_is_good_for_a_day_and_a_new_start_replaces_it()
    {
        await using var host = await CemHost.Run();
        var first = await Link(host);
        var second = await Link(host);
        using var browser = host.Browser();

        Assert.That((await browser.Client.GetAsync(first)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.Client.GetAsync(second)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.That((await browser.Client.GetAsync(second)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("short", "mei@example.com", "password")]
    [TestCase("correct horse battery", "mei", "email")]
    [TestCase("correct horse battery", "", "email")]
    public async Task What_is_not_right_is_shown_beside_its_field_and_the_link_stays_good(string password, string email, string field)
    {
        await using var host = await CemHost.Run();
        using var browser = host.Browser();
        await browser.Open(await Link(host));

        var page = await browser.Submit("#set-up", new { name = "Mei Lin", email, password, language = "en" });

        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page.QuerySelector($".field-wrong #f-{field}"), Is.Not.Null, page.Body!.TextContent);
        Assert.That(page.QuerySelector("#f-name")!.GetAttribute("value"), Is.EqualTo("Mei Lin"));
        Assert.That(page.QuerySelector("#f-password")!.GetAttribute("value"), Is.Empty);
        await browser.Submit("#set-up", Answers);
        Assert.That(browser.Address, Is.EqualTo("/sign-in?done=ready"));
    }

    static async Task<string> Link(CemHost host) => (await host.Send(new Server.Features.Access.OfferSetUp.Request())).Path!;

    sealed record Row(string Email, string Name, string Role, string Language, long OrgUnitId);
}
