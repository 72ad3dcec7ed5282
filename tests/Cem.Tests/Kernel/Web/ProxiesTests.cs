using System.Net;
using Cem.Contracts.Access;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Kernel.Web;

public sealed class ProxiesTests
{
    const string Https = """{"Server": {"PublicUrl": "https://cem.example.com"}}""";
    const string Named = """{"Server": {"Proxies": "10.7.7.7, 10.8.0.0/16"}}""";

    [TestCase(null, null, false)]
    [TestCase(null, "https", true)]
    [TestCase(Https, null, true)]
    [TestCase(Https, "http", true)]
    public async Task The_session_cookie_is_for_https_alone_where_people_come_by_https(string? settings, string? forwarded, bool secure)
    {
        await using var host = await CemHost.Run(settings: settings);

        using var answer = await SignIn(host, "127.0.0.1", forwarded: forwarded);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith(SessionCookie.Name, StringComparison.Ordinal));
        Assert.That(cookie.Contains("secure", StringComparison.OrdinalIgnoreCase), Is.EqualTo(secure), cookie);
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/"), "it stays on this server, whatever the proxy calls it");
    }

    [Test]
    public async Task A_server_public_over_https_tells_browsers_to_stay_there()
    {
        await using var host = await CemHost.Run(settings: Https);
        using var client = new HttpClient(host.Handler("127.0.0.1")) { BaseAddress = new Uri("http://cem.example.com") };

        using var answer = await client.GetAsync("/sign-in");

        Assert.That(answer.Headers.GetValues("Strict-Transport-Security").Single(), Does.StartWith("max-age=31536000"));
    }

    [TestCase(null, "127.0.0.1", "198.51.100.9", "198.51.100.9", TestName = "The proxy on this machine is believed")]
    [TestCase(null, "10.7.7.7", "198.51.100.9", "10.7.7.7", TestName = "Another machine is not")]
    [TestCase(Named, "10.7.7.7", "198.51.100.9", "198.51.100.9", TestName = "A named one is")]
    [TestCase(Named, "10.8.3.4", "198.51.100.9", "198.51.100.9", TestName = "One of a named network is")]
    [TestCase(Named, "10.7.7.7", "203.0.113.1, 198.51.100.9", "198.51.100.9", TestName = "What the caller made up before the proxy's own word is not")]
    [TestCase(Named, "127.0.0.1", "198.51.100.9, 10.8.3.4", "198.51.100.9", TestName = "A chain is followed through known proxies")]
    public async Task The_callers_own_address_is_kept_with_the_session(string? settings, string socket, string forwardedFor, string expected)
    {
        await using var host = await CemHost.Run(settings: settings);

        using var answer = await SignIn(host, socket, forwardedFor);

        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT address FROM access_sessions")), Is.EqualTo(expected));
    }

    [Test]
    public async Task Guessing_is_limited_by_the_real_address_and_not_by_the_proxys()
    {
        await using var host = await CemHost.Run();
        async Task<HttpStatusCode> Knock(string from)
        {
            using var client = new HttpClient(host.Handler("127.0.0.1")) { BaseAddress = new Uri("http://localhost") };
            client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
            using var answer = await client.GetAsync("/password/none");
            return answer.StatusCode;
        }

        var many = new List<HttpStatusCode>();
        for (var person = 1; person <= 12; person++)
            many.Add(await Knock($"198.51.100.{person}"));
        var one = new List<HttpStatusCode>();
        for (var attempt = 1; attempt <= 11; attempt++)
            one.Add(await Knock("203.0.113.5"));

        Assert.That(many, Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That(one, Has.Exactly(10).EqualTo(HttpStatusCode.NotFound).And.Exactly(1).EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Behind_a_proxy_on_this_machine_the_outside_world_does_not_count_as_local()
    {
        await using var host = await CemHost.Run();
        using var client = host.Local();
        using var local = await client.GetAsync("/metrics");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.9");
        using var outside = await client.GetAsync("/metrics");

        Assert.That(local.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(outside.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("10.0.0.300")]
    [TestCase("proxy.example.com")]
    public void Proxies_that_are_no_addresses_are_named(string proxies)
    {
        var folder = Directory.CreateTempSubdirectory("cem-settings-");
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), $$$"""{"Server": {"Proxies": "{{{proxies}}}"}}""");

        Assert.That(() => Settings.Read(folder.FullName, null), Throws.TypeOf<SettingsException>().With.Message.Contains("Server:Proxies"));
        folder.Delete(recursive: true);
    }

    static async Task<HttpResponseMessage> SignIn(CemHost host, string socket, string? forwardedFor = null, string? forwarded = null)
    {
        var link = await host.Send(new AskSignInLink("mei@example.com", "Mei", "administrator", null, "en"));
        using var browser = host.Browser(socket);
        if (forwardedFor is not null)
            browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        if (forwarded is not null)
            browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", forwarded);
        var answer = await browser.Post(link.Path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return answer;
    }
}
