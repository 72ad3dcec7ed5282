using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cem.Tests.Features.Access.SignIn;

public sealed class SignInTests
{
    const string Email = "mei@example.com";
    const string Password = "correct horse battery";

    [Test]
    public async Task The_right_password_signs_in_and_leads_back_to_where_one_was_going()
    {
        await using var host = await Ready();
        using var browser = host.Browser();

        await browser.Open("/settings/company?tab=1");
        Assert.That(browser.Address, Is.EqualTo("/sign-in?back=%2Fsettings%2Fcompany%3Ftab%3D1"));
        await browser.Submit("#sign-in", new { email = Email, password = Password });

        Assert.That(browser.Address, Is.EqualTo("/settings/company?tab=1"));
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("/\\evil.example/")]
    [TestCase("javascript:alert(1)")]
    public async Task Nobody_is_sent_to_another_server(string back)
    {
        await using var host = await Ready();
        using var browser = host.Browser();

        var answer = await browser.Post("/sign-in", ("email", Email), ("password", Password), ("back", back));

        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/"));
    }

    [Test]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var host = await Ready();
        using var browser = host.Browser();
        await browser.Open("/sign-in");

        var wrong = await browser.Submit("#sign-in", new { email = Email, password = "wrong horse battery" });
        var wrongText = wrong.Body!.TextContent;
        var status = browser.Answer.StatusCode;
        var unknown = await browser.Submit("#sign-in", new { email = "eve@example.com", password = Password });

        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(status));
        Assert.That(unknown.Body!.TextContent, Is.EqualTo(wrongText).And.Contain("not right"));
        Assert.That(browser.CookiesKept[SessionCookie.Name], Is.Null);
    }

    [Test]
    public async Task A_deactivated_user_is_told_no_more_than_a_stranger()
    {
        await using var host = await Ready();
        await host.Store.Write(tx => tx.Execute("UPDATE access_users SET active = 0"));

        Assert.That(await Try(host, Email, Password), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [TestCase(Email)]
    [TestCase("eve@example.com")]
    public async Task After_five_failures_an_account_is_locked_for_growing_pauses_whether_it_exists_or_not(string email)
    {
        await using var host = await Ready();
        for (var i = 0; i < 5; i++)
            Assert.That(await Try(host, email, "wrong horse battery"), Is.EqualTo(HttpStatusCode.UnprocessableEntity));

        foreach (var seconds in new[] { 30, 60, 120, 240, 480, 900, 900 })
        {
            using var locked = await host.Browser().Post("/sign-in", ("email", email.ToUpperInvariant()), ("password", Password));
            Assert.That(locked.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(locked.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
            host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.That(await Try(host, email, "wrong horse battery"), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        }
    }

    [TestCase("en", "Too many attempts", "The next attempt is taken")]
    [TestCase("zh-CN", "尝试次数过多", "之后再试")]
    public async Task Whoever_is_locked_out_reads_until_when_in_their_language(string language, string title, string until)
    {
        await using var host = await Ready();
        for (var i = 0; i < 6; i++)
            await Try(host, Email, "wrong horse battery");
        using var browser = host.Browser();
        await browser.Open("/sign-in?lang=" + language);
        browser.Plant("lang", language);

        await browser.Submit("#sign-in", new { email = Email, password = Password });

        var text = browser.Page.Body!.TextContent;
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(browser.Page.QuerySelector("h1")!.TextContent, Is.EqualTo(title));
        Assert.That(text, Does.Contain(until).And.Contain("10:00"), "half a minute from now, in the company's time zone");
        Assert.That(browser.Page.QuerySelector("a.button")!.GetAttribute("href"), Does.StartWith("/sign-in"));
    }

    [Test]
    public async Task A_good_sign_in_starts_the_count_afresh()
    {
        await using var host = await Ready();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
                await Try(host, Email, "wrong horse battery");
            Assert.That(await Try(host, Email, Password), Is.EqualTo(HttpStatusCode.Found));
        }
    }

    [Test]
    public async Task Of_twenty_guesses_at_once_only_five_are_looked_at()
    {
        await using var host = await Ready();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Try(host, Email, $"wrong horse {i}")));

        Assert.That(answers.Count(status => status == HttpStatusCode.UnprocessableEntity), Is.EqualTo(5));
        Assert.That(answers.Count(status => status == HttpStatusCode.TooManyRequests), Is.EqualTo(15));
    }

    [Test]
    public async Task An_address_that_tries_many_accounts_is_locked_too()
    {
        await using var host = await Ready();
        var address = new { Subject = Secret.Hash("address:10.9.9.9") };
        await host.Store.Write(tx => tx.Execute("INSERT INTO access_attempts (subject, failures, locked_until, last_at) VALUES (@Subject, 29, 0, @Now)", new { address.Subject, tx.Now }));

        async Task<HttpStatusCode> From(string email) => (await host.Browser("10.9.9.9").Post("/sign-in", ("email", email), ("password", "wrong horse battery"))).StatusCode;

        Assert.That(await From("a@example.com"), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await From("b@example.com"), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await Try(host, Email, Password), Is.EqualTo(HttpStatusCode.Found), "others are not kept out");
    }

    [Test]
    public async Task One_address_may_knock_ten_times_a_minute()
    {
        await using var host = await Ready();
        using var browser = host.Browser();

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 11; i++)
            answers.Add((await browser.Post("/sign-in", ("email", $"person{i}@example.com"), ("password", "wrong horse battery"))).StatusCode);

        Assert.That(answers.Take(10), Is.All.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answers[10], Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var host = await Ready();

        var answer = await host.Anonymous().PostAsync("/sign-in", new FormUrlEncodedContent([new("email", Email), new("password", Password)]));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_password_kept_with_fewer_rounds_is_hashed_anew_at_the_sign_in()
    {
        await using var host = await CemHost.Run(services => services.Replace(ServiceDescriptor.Singleton(new PasswordStrength(200))));
        await SetUp(host);
        await host.Store.Write(tx => tx.Execute("UPDATE access_users SET password_hash = @Hash", new { Hash = new Passwords(new PasswordStrength(150)).Hash(Password) }));

        Assert.That(await Try(host, Email, Password), Is.EqualTo(HttpStatusCode.Found));

        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT password_hash FROM access_users")), Does.StartWith("pbkdf2-sha512:200:"));
        Assert.That(await Try(host, Email, Password), Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task Good_and_bad_sign_ins_are_in_the_trail_and_what_was_typed_is_not()
    {
        await using var host = await Ready();
        await Try(host, Email, "wrong horse battery");
        await Try(host, "eve@example.com", "wrong horse battery");
        await Try(host, Email, Password);
        await host.Settle();

        var trail = host.Store.Read(reader => reader.Query<string>("SELECT action || ' ' || actor_kind || ' ' || (actor_id = 0) || (subject = '') || detail FROM access_audit WHERE action LIKE 'user.sign%' ORDER BY at, id"));

        Assert.That(trail.Select(line => line[..line.IndexOf('{')]), Is.EquivalentTo(new[] { "user.sign-in-refused nobody 10", "user.sign-in-refused nobody 11", "user.signed-in staff 00" }));
        Assert.That(string.Join(' ', trail), Does.Not.Contain("horse").And.Not.Contain("example.com"));
    }

    [Test]
    public async Task Signing_out_ends_the_session_and_not_only_the_cookie()
    {
        await using var host = await Ready();
        using var browser = host.Browser();
        await browser.Open("/sign-in?back=/settings/company");
        await browser.Submit("#sign-in", new { email = Email, password = Password });
        var secret = browser.CookiesKept[SessionCookie.Name]!.Value;

        await browser.Submit("form.sign-out");

        Assert.That(browser.Address, Is.EqualTo("/sign-in?done=signed-out"));
        using var thief = host.Browser();
        thief.Plant(SessionCookie.Name, secret);
        Assert.That((await thief.Client.GetAsync("/settings/company")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    static async Task<CemHost> Ready()
    {
        var host = await CemHost.Run();
        await SetUp(host);
        return host;
    }

    static async Task SetUp(CemHost host) => await host.Send(new Server.Features.Access.SetUpServer.Request("Mei Lin", Email, Password, "en")
    {
        Secret = (await host.Send(new Server.Features.Access.OfferSetUp.Request())).Path!["/set-up/".Length..],
    });

    static async Task<HttpStatusCode> Try(CemHost host, string email, string password)
    {
        using var browser = host.Browser();
        using var answer = await browser.Post("/sign-in", ("email", email), ("password", password));
        return answer.StatusCode;
    }
}
