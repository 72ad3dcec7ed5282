using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Resilience;

/// <summary>
/// A company with one of everything in its region east, so that every route has something to answer with, and a word that
/// stands wherever outsiders may write: names, comments, notes, tags.
/// </summary>
sealed class FullCompany
{
    public const string Account = "acme";
    public const string OwnerEmail = "owner@example.com";

    /// <summary>What stands for <c>{parameter}</c> in routes that begin so; the first that fits counts.</summary>
    readonly List<(string Prefix, string Parameter, string Value)> things = [];

    FullCompany(CemHost host, HttpClient api, string word)
    {
        Host = host;
        Api = api;
        Word = word;
    }

    public CemHost Host { get; }

    /// <summary>A key that may do everything, everywhere.</summary>
    public HttpClient Api { get; }

    public string Word { get; }

    public string WorkOrder { get; private set; } = "";

    public static async Task<FullCompany> Run(CemHost host, string word)
    {
        var company = new FullCompany(host, await host.WithKey(Scopes.Admin), word);
        await company.Found();
        await company.Ask();
        await company.Act();
        return company;
    }

    /// <summary>The route's path with the ids of what is there; fails for a parameter that nobody has said a thing of.</summary>
    public string PathOf(ServerRoute route) => route.With(parameter =>
        things.FirstOrDefault(thing => thing.Parameter == parameter && route.Path.StartsWith(thing.Prefix, StringComparison.Ordinal)) is { Value: { } value }
            ? value
            : throw new AssertionException($"{route}: say in {nameof(FullCompany)} what {{{parameter}}} stands for, so that the route is tried on something that is there."));

    /// <summary>Routes about something that belongs to an org unit: outside it the thing does not exist.</summary>
    public static bool IsBound(ServerRoute route) => route.Path.Contains('{', StringComparison.Ordinal)
        && BoundThings.Any(prefix => route.Path.Replace("/api/v1/", "/", StringComparison.Ordinal).StartsWith(prefix, StringComparison.Ordinal));

    static readonly string[] BoundThings = ["/accounts/", "/contacts/", "/events/", "/imports/", "/work-orders/", "/invitations/", "/reports/{id}", "/responses/", "/data/imports/{id}", "/operational-data/{source}/imports/{id}", "/settings/org-units/"];

    async Task Found()
    {
        await Put("org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        await Put("org-units/east", new { name = "East", kind = "region", parent = "hq" });
        await Put("org-units/west", new { name = "West", kind = "region", parent = "hq" });
        var owner = await Host.Send(new AskSignInLink(OwnerEmail, Word, "manager", "east", "en"));
        await Put("touchpoints/support", new { name = Both("Support"), order = 1 });
        await Put("surveys/care", new
        {
            title = Both("Our help"),
            kind = "touchpoint",
            pages = new[] { new { questions = new object[] { new { id = "nps", type = "nps", text = Both("Would you recommend us?") }, new { id = "why", type = "longText", text = Both("Why?") } } } },
        });
        await Post("surveys/care:publish", new { });
        await Put("survey-matrix", new { cells = new[] { new { touchpoint = "support", role = "user", survey = "care", trigger = "ticket.closed" } } });
        await Put("alert-rules/detractor", new { name = Both("Detractor"), question = "nps", atMost = 6, priority = "high", requiredAction = Both("Call back"), promisedHours = 8 });
        await Put("indicator-library", new { indicators = new[] { new { code = "nps", name = Both("North star"), level = 1, measure = new { type = "nps" } } } });
        // Journeys belong to the whole company, so that no word of the east stands there.
        await Put("journeys/way", new
        {
            name = Both("Way"),
            stages = new[] { new { code = "use", name = Both("Use"), scenes = new[] { new { code = "help", name = Both("Help"), emotion = -1, touchpoints = new[] { "support" } } } } },
        });
        await Put("operational-data/usage", new
        {
            name = Both("Usage"),
            kind = "metric",
            key = new[] { "account", "week" },
            fields = new object[]
            {
                new { column = "account", type = "text", maps = "account" }, new { column = "week", type = "date", maps = "period", period = "week" },
                new { column = "seats", type = "integer", metric = "seats" }, new { column = "note", type = "text" },
            },
        });
        things.AddRange([
            ("/api/v1/indicators/", "code", "nps"), ("/indicators/", "code", "nps"), ("/api/v1/journeys/", "code", "way"), ("/journeys/", "code", "way"), ("/api/v1/journeys/", "version", "1"),
            ("/journeys/{code}/shares/", "id", ServerRoute.UnknownId),
            ("/api/v1/operational-data/", "source", "usage"), ("/data/sources/", "source", "usage"),
            ("/api/v1/org-units/", "code", "east"), ("/settings/org-units/", "code", "east"), ("/api/v1/alert-rules/", "code", "detractor"), ("/api/v1/touchpoints/", "code", "support"), ("/touchpoints/", "code", "support"), ("/survey-matrix/", "touchpoint", "support"), ("/survey-matrix/", "role", "user"),
            ("/api/v1/surveys/", "code", "care"), ("/surveys/", "code", "care"), ("/surveys/{code}/questions/", "id", "nps"), ("/api/v1/surveys/{code}/versions/", "version", "1"), ("/surveys/{code}/versions/", "version", "1"), ("/api/v1/models/", "model", "nps"),
            ("/settings/users/", "id", new Id(owner.UserId).ToString()), ("/settings/keys/", "id", ServerRoute.UnknownId), ("/sessions/", "id", ServerRoute.UnknownId),
            // Links are made once and shown to one person; what belongs to one is tested with its slice.
            ("/", "secret", "nothing"),
        ]);
    }

    async Task Ask()
    {
        await Put($"accounts/{Account}", new { name = Word, orgUnit = "east", region = Word, industry = Word, owner = OwnerEmail, tags = new[] { Word }, products = new[] { Word }, attributes = new { note = Word } });
        await Put("contacts/ann", new
        {
            account = Account, name = Word, email = "ann@example.com", role = "user", department = Word, level = Word, language = "en",
            consent = new { contact = true, source = Word, at = "2026-01-01T00:00:00Z" }, attributes = new { note = Word },
        });
        await Post("events", new { source = "crm", eventId = "e1", type = "ticket.closed", occurredAt = Host.Clock.GetUtcNow(), account = Account, contact = "ann", touchpoint = "support", product = Word, channel = Word, attributes = new { note = Word } });
        await Host.Settle();
        var response = await Post("responses", new { submissionId = "s1", survey = "care", account = Account, contact = "ann", touchpoint = "support", channel = "app", completedAt = Host.Clock.GetUtcNow(), answers = new { nps = 2, why = Word } });
        await Post("feedback", new { source = "crm", externalId = "f1", kind = "complaint", account = Account, contact = "ann", at = Host.Clock.GetUtcNow(), text = Word });
        things.AddRange([
            ("/api/v1/accounts/", "externalId", Account), ("/accounts/", "externalId", Account), ("/api/v1/contacts/", "externalId", "ann"), ("/contacts/", "externalId", "ann"),
            ("/api/v1/events/", "source", "crm"), ("/api/v1/events/", "eventId", "e1"),
            ("/api/v1/responses/", "id", response.GetProperty("id").GetString()!), ("/responses/", "id", response.GetProperty("id").GetString()!),
        ]);
        await Host.Settle();
    }

    async Task Act()
    {
        var order = (await (await Api.GetAsync("/api/v1/work-orders")).Json()).GetProperty("items")[0];
        WorkOrder = order.GetProperty("id").GetString()!;
        await Step("note", new { note = Word });
        await Step("accept", new { });
        await Step("resolve", new { cause = Word, actionTaken = Word });
        var line = string.Join(',', new[] { "bad", Word, "nowhere" }.Select(Cell));
        using var file = new StringContent($"externalId,name,orgUnit\r\n{line}\r\n", Encoding.UTF8, "text/csv");
        var bound = await BoundTo("east", Scopes.CustomersWrite);
        var import = (await (await bound.PostAsync("/api/v1/accounts:import", file)).Json()).GetProperty("id").GetString()!;
        using var usage = new StringContent($"account,week,seats,note\r\n{Account},2026-03-02,1,{Cell(Word)}\r\n{Cell(Word)},2026-03-02,x,{Cell(Word)}\r\n", Encoding.UTF8, "text/csv");
        var files = await BoundTo("east", Scopes.EventsWrite);
        var dataImport = (await (await files.PostAsync("/api/v1/operational-data/usage", usage)).Json()).GetProperty("id").GetString()!;
        things.AddRange([("/api/v1/operational-data/", "id", dataImport), ("/data/imports/", "id", dataImport)]);
        var invitation = (await (await Api.GetAsync("/api/v1/events/crm/e1/outcome")).Json()).GetProperty("contacts")[0].GetProperty("invitation").GetString()!;
        things.AddRange([("/api/v1/invitations/", "id", invitation), ("/surveys/waves/", "id", ServerRoute.UnknownId)]);
        things.AddRange([("/api/v1/work-orders/", "id", WorkOrder), ("/work-orders/", "id", WorkOrder), ("/api/v1/imports/", "id", import), ("/imports/", "id", import)]);
        // Over the weekend, so that Monday's report has it all in it.
        await Host.Advance(TimeSpan.FromDays(6));
        var report = (await Post("reports:run", new { orgUnit = "east", language = "en" })).GetProperty("id").GetString()!;
        things.AddRange([("/api/v1/reports/", "id", report), ("/reports/", "id", report)]);
        await Host.Settle();
    }

    /// <summary>A client whose key sees one org unit and below.</summary>
    public async Task<HttpClient> BoundTo(string orgUnit, params string[] scopes)
    {
        var client = Host.Anonymous();
        var made = await Host.Send(new Server.Features.Access.CreateKey.Request("bound", scopes, orgUnit));
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.Key);
        return client;
    }

    async Task Step(string step, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/work-orders/{WorkOrder}:{step}") { Content = JsonContent.Create(body) };
        using var read = await Api.GetAsync($"/api/v1/work-orders/{WorkOrder}");
        request.Headers.IfMatch.Add(read.Headers.ETag!);
        await (await Api.SendAsync(request)).Json();
    }

    async Task<JsonElement> Put(string path, object body) => await (await Api.PutAsJsonAsync("/api/v1/" + path, body)).Json();

    async Task<JsonElement> Post(string path, object body) => await (await Api.PostAsJsonAsync("/api/v1/" + path, body)).Json();

    static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static Dictionary<string, string> Both(string text) => new() { ["en"] = text, ["zh-CN"] = text };
}
