using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.House;
using Cem.Tests.Testing;

namespace Cem.Tests.Resilience;

/// <summary>What belongs to one org unit does not exist for those bound to another, on any route, whatever their role or scope.</summary>
public sealed class ScopeTests
{
    /// <summary>A word that stands nowhere but in what belongs to the region east.</summary>
    const string Secret = "Ostrich-7";

    [Test]
    public async Task Nobody_bound_to_the_west_finds_or_reads_anything_of_the_east()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, Secret);
        var routes = ServerRoute.All(host).Where(route => route.IsSafe).ToList();
        var found = new List<string>();

        foreach (var scope in Scopes.Known)
            found.AddRange(await Read(await company.BoundTo("west", scope), scope, routes.Where(route => route.IsApi && route.Access!.Keys.Length > 0), company));
        foreach (var role in (Roles[])[Roles.Viewer, Roles.Agent, Roles.Manager, Roles.CxManager])
        {
            using var browser = await host.SignedIn(role, "west");
            found.AddRange(await Read(browser.Client, role.ToString(), routes.Where(route => !route.IsApi && (route.Access!.Staff & role) != 0), company));
        }

        Breaches.None(routes, found, "What belongs to the east is found from the west:");
    }

    [Test]
    public async Task Nobody_bound_to_the_west_changes_anything_of_the_east()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, Secret);
        var routes = ServerRoute.All(host).Where(route => !route.IsSafe && FullCompany.IsBound(route)).ToList();
        using var key = await company.BoundTo("west", Scopes.Admin);
        using var manager = await host.SignedIn(Roles.CxManager, "west");
        var before = await Known(company);
        var found = new List<string>();

        foreach (var route in routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), company.PathOf(route));
            request.Headers.TryAddWithoutValidation("If-Match", "\"4\"");
            request.Content = route.IsApi ? new StringContent(route.Example ?? "{}", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([KeyValuePair.Create(FormTokens.Field, manager.Token()), KeyValuePair.Create("version", "4")]);
            using var answer = await (route.IsApi ? key : manager.Client).SendAsync(request);
            // A body may be refused before the thing is looked for; it must not be taken.
            if ((int)answer.StatusCode is not (404 or 422))
                found.Add($"{route}: {(int)answer.StatusCode}");
        }

        Breaches.None(routes, found, "What belongs to the east is changed from the west:");
        Assert.That(await Known(company), Is.EqualTo(before));
    }

    /// <summary>That there is something to find: who sees the whole company finds it under the same addresses.</summary>
    [Test]
    public async Task The_whole_company_finds_what_the_west_does_not()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, Secret);
        using var browser = await host.SignedIn(Roles.Administrator);
        var routes = ServerRoute.All(host).Where(route => route.IsSafe && FullCompany.IsBound(route)).ToList();
        var found = new List<string>();

        foreach (var route in routes)
        {
            using var answer = await (route.IsApi ? company.Api : browser.Client).GetAsync(company.PathOf(route));
            if (!answer.IsSuccessStatusCode)
                found.Add($"{route}: {(int)answer.StatusCode}");
        }

        Breaches.None(routes, found, "What is there is not found:");
    }

    static async Task<string[]> Known(FullCompany company) =>
    [
        await company.Api.GetStringAsync($"/api/v1/accounts/{FullCompany.Account}"), await company.Api.GetStringAsync("/api/v1/contacts/ann"),
        await company.Api.GetStringAsync($"/api/v1/work-orders/{company.WorkOrder}"),
    ];

    static async Task<List<string>> Read(HttpClient client, string caller, IEnumerable<ServerRoute> routes, FullCompany company)
    {
        var found = new List<string>();
        foreach (var route in routes)
        {
            using var answer = await client.GetAsync(company.PathOf(route));
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode >= 500)
                found.Add($"{route} as {caller}: {(int)answer.StatusCode} {text}");
            if (FullCompany.IsBound(route) && (int)answer.StatusCode is not (404 or 403))
                found.Add($"{route} as {caller}: {(int)answer.StatusCode}");
            if (text.Contains(Secret, StringComparison.OrdinalIgnoreCase))
                found.Add($"{route} as {caller} shows what belongs to the east");
        }
        return found;
    }
}
