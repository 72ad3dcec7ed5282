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
            tx.Execute("CREATE TABLE surveys_v_surveys (id INTEGER PRIMARY KEY, code TEXT, kind TEXT, title_en TEXT, title_zh TEXT, published_version INTEGER)");
            tx.Execute("CREATE TABLE surveys_v_versions (survey_id INTEGER, version INTEGER, definition TEXT, published_at INTEGER)");
            tx.Execute("CREATE TABLE surveys_matrix (id INTEGER PRIMARY KEY, touchpoint TEXT, role TEXT, survey TEXT, trigger TEXT, delay_minutes INTEGER, channel TEXT, sampling REAL, active INTEGER)");
            tx.Execute("CREATE VIEW surveys_v_matrix AS SELECT m.id, m.touchpoint, m.role, s.id AS survey_id, s.code AS survey_code, s.kind, m.trigger, m.delay_minutes, m.channel, m.sampling, m.active FROM surveys_matrix m JOIN surveys_v_surveys s ON s.code = m.survey");
        });
        return programme;
    }

    /// <summary>A published survey, unless said otherwise.</summary>
    public Task Survey(string code, string kind = "touchpoint", bool published = true) => host.Store.Write(tx =>
    {
        var id = tx.NewId();
        tx.Execute("INSERT INTO surveys_v_surveys VALUES (@id, @code, @kind, @En, @Zh, @version)", new { id, code, kind, En = "About " + code, Zh = "关于" + code, version = published ? 1 : (int?)null });
        tx.Execute("INSERT INTO surveys_v_versions VALUES (@id, 1, @Definition, 0)", new { id, Definition = """{"minutes": 2, "intro": {"en": "How did it go?", "zh-CN": "体验如何？"}}""" });
    });

    /// <summary>A cell of the survey matrix.</summary>
    public Task Cell(string survey, string touchpoint = "support", string role = "user", string trigger = "ticket.closed", int delay = 0, string channel = "email", double sampling = 1, bool active = true) =>
        host.Store.Write(tx => tx.Execute("INSERT INTO surveys_matrix (touchpoint, role, survey, trigger, delay_minutes, channel, sampling, active) VALUES (@touchpoint, @role, @survey, @trigger, @delay, @channel, @sampling, @active)",
            new { touchpoint, role, survey, trigger, delay, channel, sampling, active }));

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

    /// <summary>Everything is delivered, then the CRM asks what followed.</summary>
    public async Task<JsonElement> Outcome(string eventId)
    {
        await host.Settle();
        return await (await api.GetAsync($"/api/v1/events/crm/{eventId}/outcome")).Json();
    }

    /// <summary>What became of each contact, as <c>contact state reason</c>, in the order decided.</summary>
    public async Task<string[]> Fates(string eventId) => [.. (await Outcome(eventId)).GetProperty("contacts").EnumerateArray().Select(contact =>
        $"{contact.GetProperty("contact").GetString()} {contact.GetProperty("state").GetString()} {contact.GetProperty("reason").GetString()}".Trim())];

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
