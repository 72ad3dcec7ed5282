using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations;

/// <summary>
/// A small company with a programme: org units east and west, touchpoints, and a few customers, arranged for the tests
/// of events and invitations.
/// </summary>
sealed class Programme(CemHost host, HttpClient api)
{
    public CemHost Host => host;

    public HttpClient Api => api;

    public static async Task<Programme> Start(CemHost host)
    {
        var api = await host.WithKey(Scopes.Admin);
        var programme = new Programme(host, api);
        await programme.Put("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        await programme.Put("/api/v1/org-units/east", new { name = "East", kind = "region", parent = "hq" });
        await programme.Put("/api/v1/org-units/west", new { name = "West", kind = "region", parent = "hq" });
        await host.Store.Write(tx =>
        {
            tx.Execute("CREATE TABLE journeys_touchpoints (code TEXT PRIMARY KEY, name_en TEXT, name_zh TEXT, sort INTEGER)");
            tx.Execute("CREATE VIEW journeys_v_touchpoints AS SELECT * FROM journeys_touchpoints");
            foreach (var code in (string[])["support", "booking", "review"])
                tx.Execute("INSERT INTO journeys_touchpoints VALUES (@code, @code, @code, 0)", new { code });
        });
        return programme;
    }

    public Task Account(string id, string orgUnit = "east") => host.Store.Write(tx => tx.Execute("""
        INSERT INTO customers_accounts (id, external_id, name, org_unit_id, created_at, updated_at)
        SELECT @New, @id, @id, u.id, @Now, @Now FROM customers_org_units u WHERE u.code = @orgUnit
        """, new { New = tx.NewId(), id, orgUnit, tx.Now }));

    /// <summary>A contact that may be asked, unless said otherwise.</summary>
    public Task Contact(string id, string account, string role = "user", bool consent = true, bool doNotSurvey = false, string? email = "", string language = "en") => host.Store.Write(tx => tx.Execute("""
        INSERT INTO customers_contacts (id, external_id, account_id, name, email, role, language, consent, do_not_survey, created_at, updated_at)
        SELECT @New, @id, a.id, @id, @email, @role, @language, @consent, @doNotSurvey, @Now, @Now FROM customers_accounts a WHERE a.external_id = @account
        """, new { New = tx.NewId(), id, account, role, consent, doNotSurvey, email = email is "" ? id + "@example.com" : email, language, tx.Now }));

    /// <summary>Reports an event at the host's present moment, unless said otherwise.</summary>
    public Task<HttpResponseMessage> Report(string eventId, string account, string? contact = null, string type = "ticket.closed", string? touchpoint = null, DateTimeOffset? at = null) =>
        api.PostAsJsonAsync("/api/v1/events", new { source = "crm", eventId, type, occurredAt = at ?? host.Clock.GetUtcNow(), account, contact, touchpoint });

    /// <summary>A client whose key is bound to an org unit.</summary>
    public async Task<HttpClient> BoundTo(string orgUnit, params string[] scopes)
    {
        var client = host.Anonymous();
        var made = await host.Send(new Server.Features.Access.CreateKey.Request("bound", scopes, orgUnit));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Key);
        return client;
    }

    public async Task<JsonElement> Put(string path, object body) => await (await api.PutAsJsonAsync(path, body)).Json();
}
