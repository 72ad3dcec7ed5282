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
        foreach (var code in (string[])["support", "booking", "review"])
            await programme.Put($"/api/v1/touchpoints/{code}", new { name = new Dictionary<string, string> { ["en"] = code, ["zh-CN"] = code }, order = 0 });
        return programme;
    }

    /// <summary>A published survey, unless said otherwise.</summary>
    public Task Survey(string code, string kind = "touchpoint", bool published = true) => host.Store.Write(tx =>
    {
        var id = tx.NewId();
        const string definition = """{"minutes": 2, "intro": {"en": "How did it go?", "zh-CN": "体验如何？"}}""";
        tx.Execute("INSERT INTO surveys_surveys (id, code, kind, title_en, title_zh, draft, revision, published_version, updated_at) VALUES (@id, @code, @kind, @En, @Zh, @definition, 1, @Version, 0)",
            new { id, code, kind, En = "About " + code, Zh = "关于" + code, definition, Version = published ? 1 : (int?)null });
        tx.Execute("INSERT INTO surveys_versions (survey_id, version, definition, published_at, published_by) VALUES (@id, 1, @definition, 0, '')", new { id, definition });
    });

    /// <summary>A cell of the survey matrix.</summary>
    public Task Cell(string survey, string touchpoint = "support", string role = "user", string trigger = "ticket.closed", int delay = 0, string channel = "email", double sampling = 1, bool active = true) =>
        host.Store.Write(tx => tx.Execute("""
            INSERT INTO surveys_cells (id, touchpoint, role, survey_id, trigger, delay_minutes, channel, sampling, active, updated_at)
            SELECT @Id, @touchpoint, @role, id, @trigger, @delay, @channel, @sampling, @active, 0 FROM surveys_surveys WHERE code = @survey
            """, new { Id = tx.NewId(), touchpoint, role, survey, trigger, delay, channel, sampling, active }));

    public Task Account(string id, string orgUnit = "east") => Put($"/api/v1/accounts/{id}", new { name = id.ToUpperInvariant(), orgUnit });

    /// <summary>A contact that may be asked, unless said otherwise.</summary>
    public Task Contact(string id, string account, string role = "user", bool consent = true, bool doNotSurvey = false, string? email = "", string language = "en") =>
        Put($"/api/v1/contacts/{id}", new { account, name = id, role, language, consent = new { contact = consent }, doNotSurvey, email = email is "" ? id + "@example.com" : email });

    /// <summary>Reports an event at the host's present moment, unless said otherwise.</summary>
    public Task<HttpResponseMessage> Report(string eventId, string account, string? contact = null, string type = "ticket.closed", string? touchpoint = null, DateTimeOffset? at = null) =>
        api.PostAsJsonAsync("/api/v1/events", new { source = "crm", eventId, type, occurredAt = at ?? host.Clock.GetUtcNow(), account, contact, touchpoint });

    /// <summary>Changes the contact rules; what is not named has its default.</summary>
    public Task Rules(int touchpointDays = 30, int relationshipDays = 90, int budgetContacts = 3, int budgetDays = 30, int reminderDays = 0, int expiryDays = 30, int tooOldDays = 14) =>
        Put("/api/v1/contact-rules", new { touchpointDays, relationshipDays, budgetContacts, budgetDays, reminderDays, expiryDays, tooOldDays });

    /// <summary>The mails owed or sent so far, oldest first.</summary>
    public IReadOnlyList<Letter> Mails(string kind = "survey-invitation") => host.Store.Read(reader => reader.Query<Letter>(
        "SELECT message_id, to_address, subject, html, text, headers FROM kernel_mails WHERE kind = @kind ORDER BY id", new { kind }));

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

    /// <summary>One mail as the outbox keeps it.</summary>
    public sealed record Letter(string MessageId, string ToAddress, string Subject, string Html, string Text, string Headers)
    {
        /// <summary>The secret of the personal link.</summary>
        public string Secret => System.Text.RegularExpressions.Regex.Match(Text, "/s/([0-9a-z]{32})").Groups[1].Value;
    }
}
