using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.House;
using Cem.Tests.Testing;

namespace Cem.Tests.Resilience;

/// <summary>
/// Every route, called as nobody, as every role and with a key of every scope, and held against the accepted table. A route
/// that is not in the table fails.
/// </summary>
public sealed class AccessMatrixTests
{
    static readonly Roles[] EveryRole = [Roles.Viewer, Roles.Agent, Roles.Manager, Roles.CxManager, Roles.Administrator];

    [Test]
    public async Task Every_route_admits_whom_the_table_names_and_nobody_else()
    {
        await using var host = await CemHost.Run();
        var routes = ServerRoute.All(host);
        var table = RouteTableTests.Accepted();
        Breaches.None(routes, routes.Select(route => route.ToString()).Where(route => !table.ContainsKey(route)), "Routes that the table does not have:");
        var found = new List<string>();

        found.AddRange(await Called(host.Browser().Client, "nobody", routes, route => Expected(route, table, access => access.Anyone), null));
        foreach (var role in EveryRole)
        {
            using var browser = await host.SignedIn(role);
            found.AddRange(await Called(browser.Client, role.ToString(), routes, route => Expected(route, table, access => access.Anyone || !route.IsApi && (access.Staff & role) != 0, signedIn: !route.IsApi), browser.Token()));
        }
        foreach (var scope in Scopes.Known)
            found.AddRange(await Called(await host.WithKey(scope), scope, routes,
                route => Expected(route, table, access => access.Anyone || route.IsApi && (access.Keys.Contains(scope) || scope == Scopes.Admin && access.Keys.Length > 0), signedIn: route.IsApi), null));

        Breaches.None(routes, found, "Routes that let in, or keep out, somebody else than the table says:");
    }

    [Test]
    public async Task Every_form_is_refused_without_its_token()
    {
        await using var host = await CemHost.Run();
        var forms = ServerRoute.All(host).Where(route => !route.IsApi && !route.IsSafe).ToList();
        var found = new List<string>();

        foreach (var form in forms.Where(form => !form.ProvesItself))
        {
            using var browser = form.Access!.Anyone ? host.Browser() : await host.SignedIn(EveryRole.First(role => (form.Access.Staff & role) != 0));
            using var without = await browser.Client.PostAsync(form.OfNothing(), new FormUrlEncodedContent([]));
            using var forged = await browser.Client.PostAsync(form.OfNothing(), new FormUrlEncodedContent([KeyValuePair.Create(FormTokens.Field, new string('0', 32))]));
            using var json = await browser.Client.PostAsync(form.OfNothing(), new StringContent("{}", Encoding.UTF8, "application/json"));
            using var plain = await browser.Client.PostAsync(form.OfNothing(), new StringContent("a=b", Encoding.UTF8, "text/plain"));
            foreach (var (how, answer) in new[] { ("without", without), ("with a forged one", forged), ("as JSON", json), ("as text", plain) })
                if ((int)answer.StatusCode is not (403 or 415))
                    found.Add($"{form} {how}: {(int)answer.StatusCode}");
        }

        Breaches.None(forms, found, "Forms that are taken without their token:");
    }

    /// <summary>The links whose form carries its own proof; each says how it answers one without.</summary>
    [Test]
    public async Task The_forms_that_prove_themselves_are_known()
    {
        await using var host = await CemHost.Run();
        using var client = host.Anonymous();
        var known = new Dictionary<string, int>
        {
            // The token is bound to the link and checked before the link is looked up.
            ["POST /s/{secret}"] = 403,
            // One click in a mail program (RFC 8058) cannot carry more than the link's secret.
            ["POST /unsubscribe/{secret}"] = 404,
            ["POST /unsubscribe/{secret}/undo"] = 404,
            ["POST /reports/stop/{secret}"] = 404,
            ["POST /reports/stop/{secret}/undo"] = 404,
        };
        var forms = ServerRoute.All(host).Where(route => route.ProvesItself).ToList();
        var found = new List<string>();

        foreach (var form in forms)
        {
            using var answer = await client.PostAsync(form.OfNothing(), new FormUrlEncodedContent([KeyValuePair.Create("step", "0")]));
            if (!known.TryGetValue(form.ToString(), out var expected))
                found.Add($"{form} is not known to prove itself");
            else if ((int)answer.StatusCode != expected)
                found.Add($"{form} answers {(int)answer.StatusCode}, not {expected}");
        }

        Assert.That(found, Is.Empty);
    }

    enum Verdict
    {
        Admitted,
        Forbidden,
        MustSignIn,
    }

    static Verdict Expected(ServerRoute route, IReadOnlyDictionary<string, AccessAttribute> table, Func<AccessAttribute, bool> admits, bool signedIn = false) =>
        admits(table[route.ToString()]) ? Verdict.Admitted : signedIn ? Verdict.Forbidden : Verdict.MustSignIn;

    static async Task<List<string>> Called(HttpClient client, string caller, IReadOnlyList<ServerRoute> routes, Func<ServerRoute, Verdict> expected, string? token)
    {
        var found = new List<string>();
        // What ends the session comes last.
        foreach (var route in routes.OrderBy(route => route.Path is "/sign-out"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.OfNothing());
            if (!route.IsSafe)
                request.Content = route.IsApi
                    ? new StringContent(route.Example ?? "{}", Encoding.UTF8, "application/json")
                    : new FormUrlEncodedContent(token is null ? [] : [KeyValuePair.Create(FormTokens.Field, token)]);
            using var answer = await client.SendAsync(request);
            var wanted = expected(route);
            // Without a session there is no token to send; the form is then refused for that, and after the caller was.
            var got = (int)answer.StatusCode == 403 && wanted == Verdict.Admitted && !route.IsSafe && !route.IsApi && token is null ? Verdict.Admitted : Got(answer, route);
            if ((int)answer.StatusCode is >= 500 or 429)
                found.Add($"{route} as {caller}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            else if (got != wanted)
                found.Add($"{route} as {caller}: {wanted} by the table, {got} in fact ({(int)answer.StatusCode})");
        }
        return found;
    }

    static Verdict Got(HttpResponseMessage answer, ServerRoute route) => (int)answer.StatusCode switch
    {
        401 => Verdict.MustSignIn,
        302 when !route.IsApi && route.Path != "/sign-out" && answer.Headers.Location?.OriginalString is { } to && (to == "/sign-in" || to.StartsWith("/sign-in?back=", StringComparison.Ordinal)) => Verdict.MustSignIn,
        403 => Verdict.Forbidden,
        _ => Verdict.Admitted,
    };
}
