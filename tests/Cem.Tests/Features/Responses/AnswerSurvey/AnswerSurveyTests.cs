using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.AnswerSurvey;

public sealed class AnswerSurveyTests
{
    [Test]
    public async Task A_survey_is_answered_page_by_page_without_script()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);

        await browser.Open("/s/" + secret);
        Assert.That(Legends(browser), Is.EqualTo(new[] { "How satisfied are you?" }));
        await browser.Submit("form", new { help = "2" }, Next);
        Assert.That(Legends(browser), Is.EqualTo(new[] { "What went wrong? (optional)" }));
        await browser.Submit("form", new { wrong = new[] { "slow" } }, Next);
        await browser.Submit("form", new { nps = "3" }, Next);
        Assert.That(Legends(browser), Is.EqualTo(new[] { "What went wrong? (optional)", "Would you warn others off? (optional)", "May we contact you about this? (optional)" }));
        await browser.Submit("form", new { nps_reason = "Lost ticket", nps_contact = "yes" }, Next);
        await browser.Submit("form", new { more = "<script>alert(1)</script> {{name}}" }, Next);

        Assert.That(browser.Page.QuerySelector("h1")!.TextContent, Does.StartWith("Thank you"));
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("Thank you kindly.").And.Contain("13 Mar 2026"));
        Assert.That(collection.Rows("SELECT answers FROM responses_responses WHERE state = 'complete'"), Is.EqualTo(new[]
        {
            """{"help":2,"wrong":["slow"],"nps":3,"nps_reason":"Lost ticket","nps_contact":"yes","more":"<script>alert(1)</script> {{name}}"}""",
        }));
        Assert.That(collection.Rows("SELECT question || ' ' || score || ' ' || touchpoint || ' ' || channel || ' ' || role FROM responses_scores ORDER BY id"),
            Is.EqualTo(new[] { "help 2 support email decisionMaker", "nps 3 support email decisionMaker" }));
        Assert.That(collection.Rows("SELECT name FROM kernel_facts WHERE name LIKE 'Response%' ORDER BY id"), Is.EqualTo(new[] { "ResponseStarted", "ResponseCompleted" }));
    }

    [Test]
    public async Task Looking_records_nothing()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);

        for (var i = 0; i < 3; i++)
            await browser.Open("/s/" + secret);
        await host.Settle();

        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_responses"), Is.EqualTo(new[] { "0" }));
        Assert.That(collection.Rows("SELECT state FROM invitations_invitations"), Is.EqualTo(new[] { "sent" }));
        Assert.That(browser.CookiesKept, Is.Empty);
    }

    [Test]
    public async Task The_page_comes_whole_in_one_request_below_30_kilobytes_and_under_a_strict_policy()
    {
        await using var host = await CemHost.Run();
        var (_, browser, secret) = await Invited(host);

        await browser.Open("/s/" + secret);

        var html = await browser.Answer.Content.ReadAsStringAsync();
        Assert.That(Encoding.UTF8.GetByteCount(html), Is.LessThan(30_000));
        Assert.That(browser.Page.QuerySelectorAll("link[rel=stylesheet], img, iframe"), Is.Empty);
        var nonce = browser.Page.QuerySelector("style")!.GetAttribute("nonce");
        Assert.That(browser.Answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain($"style-src 'self' 'nonce-{nonce}'").And.Contain("script-src 'self';"));
        Assert.That(browser.Page.QuerySelectorAll("[style], script:not([src])"), Is.Empty);
    }

    [Test]
    public async Task Another_device_goes_on_where_the_first_one_stopped_and_Back_keeps_everything()
    {
        await using var host = await CemHost.Run();
        var (_, browser, secret) = await Invited(host);
        await browser.Open("/s/" + secret);
        await browser.Submit("form", new { help = "4" }, Next);

        using var other = new Browser(host);
        await other.Open("/s/" + secret);
        Assert.That(Legends(other), Is.EqualTo(new[] { "Would you recommend us?" }));
        var reached = Bar(other);
        await other.Submit("form", new { nps = "8" }, ("go", "back"));

        Assert.That(Legends(other), Is.EqualTo(new[] { "How satisfied are you?" }));
        Assert.That(other.Page.QuerySelector<IHtmlInputElement>("input[name=help]:checked")?.Value, Is.EqualTo("4"));
        Assert.That(Bar(other), Is.GreaterThanOrEqualTo(reached));
        await other.Submit("form", null, Next);
        Assert.That(other.Page.QuerySelector<IHtmlInputElement>("input[name=nps]:checked")?.Value, Is.EqualTo("8"));
    }

    [Test]
    public async Task What_a_changed_answer_hides_is_dropped()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);
        await browser.Open("/s/" + secret);
        await browser.Submit("form", new { help = "1" }, Next);
        await browser.Submit("form", new { wrong = new[] { "rude" } }, ("go", "back"));
        await browser.Submit("form", new { help = "5" }, Next);

        Assert.That(Legends(browser), Is.EqualTo(new[] { "Would you recommend us?" }));
        Assert.That(collection.Rows("SELECT answers FROM responses_responses"), Is.EqualTo(new[] { """{"help":5}""" }));
    }

    [Test]
    public async Task What_is_missing_is_said_above_with_a_link_to_the_field_and_the_rest_is_kept()
    {
        await using var host = await CemHost.Run();
        var (_, browser, secret) = await Invited(host);
        await browser.Open("/s/" + secret);

        await browser.Submit("form", null, Next);

        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var link = browser.Page.QuerySelector<IHtmlAnchorElement>(".summary a")!;
        Assert.That(link.TextContent, Is.EqualTo("How satisfied are you? — Please answer this question."));
        Assert.That(browser.Page.QuerySelector(link.GetAttribute("href")!)?.GetAttribute("name"), Is.EqualTo("help"));
        Assert.That(browser.Page.QuerySelector(".summary")!.HasAttribute("autofocus"), Is.True);
    }

    [Test]
    public async Task A_step_cannot_be_skipped_and_the_end_asks_for_what_is_missing()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);
        await browser.Open($"/s/{secret}?step=4");
        Assert.That(Legends(browser), Is.EqualTo(new[] { "How satisfied are you?" }));

        var answer = await browser.Client.PostAsync("/s/" + secret, Form(host, secret, ("step", "4"), ("more", "x"), ("go", "next")));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("How satisfied are you? — Please answer this question."));
        Assert.That(collection.Rows("SELECT state FROM responses_responses"), Is.EqualTo(new[] { "partial" }));
    }

    [Test]
    public async Task Of_twenty_submissions_at_once_one_wins_and_the_others_learn_it()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);
        foreach (var (step, fields) in new[] { ("0", ("help", "5")), ("2", ("nps", "9")) })
            await browser.Client.PostAsync("/s/" + secret, Form(host, secret, ("step", step), fields, ("go", "next")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => browser.Client.PostAsync("/s/" + secret, Form(host, secret, ("step", "4"), ("more", $"I am {i}")))));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(19));
        Assert.That(await answers.First(answer => answer.StatusCode == HttpStatusCode.Conflict).Content.ReadAsStringAsync(), Does.Contain("You have already answered"));
        Assert.That(collection.Rows("SELECT COUNT(*) || ' ' || (SELECT COUNT(*) FROM responses_scores) FROM responses_responses"), Is.EqualTo(new[] { "1 2" }));
        Assert.That(collection.Rows("SELECT COUNT(*) FROM kernel_facts WHERE name = 'ResponseCompleted'"), Is.EqualTo(new[] { "1" }));
        await browser.Open("/s/" + secret);
        Assert.That(browser.Page.QuerySelector("h1")!.TextContent, Does.StartWith("Thank you"));
    }

    [Test]
    public async Task A_form_of_another_link_or_without_its_token_is_refused()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);
        var other = await collection.Invite("c2");

        var without = await browser.Client.PostAsync("/s/" + secret, new FormUrlEncodedContent([KeyValuePair.Create("step", "0"), KeyValuePair.Create("help", "5")]));
        var foreign = await browser.Client.PostAsync("/s/" + secret, Form(host, other, ("step", "0"), ("help", "5")));

        Assert.That(without.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_responses"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task Links_that_are_over_or_unknown_have_pages_of_their_own()
    {
        await using var host = await CemHost.Run();
        var (_, browser, secret) = await Invited(host);

        await browser.Open("/s/nothing");
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await host.Advance(TimeSpan.FromDays(31));
        await browser.Open("/s/" + secret);
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(browser.Page.QuerySelector("h1")!.TextContent, Is.EqualTo("This survey is closed"));
        var late = await browser.Client.PostAsync("/s/" + secret, Form(host, secret, ("step", "0"), ("help", "5")));
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task Trying_out_links_is_slowed_down_and_answering_is_not()
    {
        await using var host = await CemHost.Run();
        var (_, browser, secret) = await Invited(host);
        for (var i = 0; i < 40; i++)
            await browser.Open("/s/" + secret);
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        for (var i = 0; i < 31; i++)
            await browser.Open("/s/guess" + i);

        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(browser.Answer.Headers.Contains("Retry-After"), Is.True);
    }

    [Test]
    public async Task The_language_can_be_changed_and_stays()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);
        await browser.Open("/s/" + secret);
        await browser.Open("/s/" + secret + browser.Page.QuerySelector(".languages a")!.GetAttribute("href"));

        await browser.Submit("form", new { help = "5" }, Next);

        Assert.That(browser.Page.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-CN"));
        Assert.That(Legends(browser), Is.EqualTo(new[] { "您会推荐我们吗？" }));
        Assert.That(collection.Rows("SELECT language FROM responses_responses"), Is.EqualTo(new[] { "zh-CN" }));
    }

    [Test]
    public async Task With_script_each_answer_is_kept_and_what_follows_from_it_comes_at_once()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);

        var answer = await browser.Client.PostAsync("/s/" + secret, Form(host, secret, ("step", "0"), ("to", "0"), ("help", "1"), ("go", "stay")));
        var fragment = await answer.Content.ReadAsStringAsync();
        var next = await browser.Client.PostAsync("/s/" + secret, Form(host, secret, ("step", "0"), ("to", "1"), ("help", "1"), ("wrong", "slow"), ("go", "next")));

        Assert.That(fragment, Does.Contain("data-to=\"1\"").And.Contain("name=\"wrong\"").And.Not.Contain("<html"));
        Assert.That(next.Headers.Location?.ToString(), Is.EqualTo($"/s/{secret}?step=2"));
        Assert.That(collection.Rows("SELECT answers FROM responses_responses"), Is.EqualTo(new[] { """{"help":1,"wrong":["slow"]}""" }));
    }

    [Test]
    public async Task The_invitation_follows_the_answer()
    {
        await using var host = await CemHost.Run();
        var (collection, browser, secret) = await Invited(host);
        await browser.Open("/s/" + secret);
        await browser.Submit("form", new { help = "5" }, Next);
        await host.Settle();
        var during = collection.Rows("SELECT state FROM invitations_invitations").Single();
        await browser.Submit("form", new { nps = "10" }, Next);
        await browser.Submit("form", null, Next);
        await browser.Submit("form", null, Next);
        await host.Settle();

        Assert.That(during, Is.EqualTo("partial"));
        Assert.That(collection.Rows("SELECT state FROM invitations_invitations"), Is.EqualTo(new[] { "completed" }));
    }

    static readonly (string, string) Next = ("go", "next");

    static async Task<(Collection, Browser, string)> Invited(CemHost host)
    {
        var collection = await Collection.Start(host);
        return (collection, new Browser(host), await collection.Invite());
    }

    static IEnumerable<string> Legends(Browser browser) =>
        browser.Page.QuerySelectorAll("form legend, form .question > label").Select(legend => legend.TextContent.Trim());

    static int Bar(Browser browser) => int.Parse(browser.Page.QuerySelector("progress")!.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture);

    static FormUrlEncodedContent Form(CemHost host, string secret, params (string Name, string Value)[] fields)
    {
        var tokens = (FormTokens)host.Services.GetService(typeof(FormTokens))!;
        return new([KeyValuePair.Create(FormTokens.Field, tokens.For("survey:" + Secret.Hash(secret))), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
    }
}
