using System.Net;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access;

/// <summary>Who gets where in this area: users, keys and the trail are the administrators' alone; one's profile is one's own.</summary>
public sealed class RolesTests
{
    static readonly string[] AdministratorsPages = ["/settings/users", "/settings/users/invite", "/settings/users/{user}", "/settings/keys", "/settings/keys/new", "/settings/audit"];
    static readonly string[] AdministratorsForms = ["/settings/users/invite", "/settings/users/{user}", "/settings/users/{user}/reset", "/settings/keys/new", "/settings/keys/{user}/revoke"];
    static readonly string[] EverybodysPages = ["/profile", "/profile/password"];

    [TestCase(Roles.Viewer)]
    [TestCase(Roles.Agent)]
    [TestCase(Roles.Manager)]
    [TestCase(Roles.CxManager)]
    [TestCase(Roles.Administrator)]
    public async Task Each_role_gets_where_it_may_and_nowhere_else(Roles role)
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(role);
        string Path(string path) => path.Replace("{user}", new Id(browser.UserId).ToString(), StringComparison.Ordinal);
        var may = role == Roles.Administrator;

        foreach (var page in AdministratorsPages)
            Assert.That((await browser.Client.GetAsync(Path(page))).StatusCode, Is.EqualTo(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden), page);
        foreach (var form in AdministratorsForms.Where(_ => !may))
            Assert.That((await browser.Post(Path(form))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), form);
        foreach (var page in EverybodysPages)
            Assert.That((await browser.Client.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
    }

    [Test]
    public async Task Nobody_is_led_to_the_sign_in()
    {
        await using var host = await CemHost.Run();
        using var browser = host.Browser();

        foreach (var page in AdministratorsPages.Concat(EverybodysPages))
            Assert.That((await browser.Client.GetAsync(page)).Headers.Location?.ToString(), Does.StartWith("/sign-in?back="), page);
        foreach (var form in AdministratorsForms.Append("/profile").Append("/profile/password"))
            Assert.That((await browser.Post(form)).Headers.Location?.ToString(), Is.EqualTo("/sign-in"), form);
    }

    [Test]
    public async Task A_form_without_its_token_or_with_anothers_or_from_another_site_is_refused()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        using var other = await host.SignedIn(Roles.Administrator);
        var forms = AdministratorsForms.Concat(["/profile", "/profile/password", "/sign-out", "/sessions/{user}/end"]).Select(form => form.Replace("{user}", new Id(browser.UserId).ToString(), StringComparison.Ordinal));

        foreach (var form in forms)
        {
            Assert.That((await browser.Client.PostAsync(form, new FormUrlEncodedContent([]))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), form);
            Assert.That((await browser.Client.PostAsync(form, new FormUrlEncodedContent([new(FormTokens.Field, other.Token())]))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), form);
            using var foreign = new HttpRequestMessage(HttpMethod.Post, form) { Content = new FormUrlEncodedContent([new(FormTokens.Field, browser.Token())]) };
            foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
            Assert.That((await browser.Client.SendAsync(foreign)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), form);
        }
    }
}
