using System.Text.Json;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Housekeeping.LoadSample;

/// <summary>
/// Sets the sample company up and lets its weeks pass: twice a day what happened is pushed, what follows from it follows,
/// and staff do what they did. The clock stands where the story is.
/// </summary>
sealed class Replay(
    SampleFiles files, SampleClient api, IMediator mediator, ServerClock clock, CompanyTime time, Dispatcher dispatcher, JobRunner jobs, Store store, TextWriter progress)
{
    static readonly TimeSpan Stretch = TimeSpan.FromHours(12);

    readonly Dictionary<string, (string Account, string Survey)> responses = [];
    readonly Dictionary<string, string> ruleBySurvey = [];
    readonly Dictionary<string, string> names = [];

    public async Task Run(CancellationToken ct)
    {
        var items = Items().OrderBy(item => item.At).ToList();
        clock.StandAt(items[0].At.AddDays(-1));
        await SetUp(ct);
        var (first, last) = (items[0].At, items[^1].At);
        var next = 0;
        for (var until = time.StartOf(time.DayOf(first)) + Stretch; next < items.Count; until += Stretch)
        {
            var stretch = new List<Item>();
            while (next < items.Count && items[next].At < until)
                stretch.Add(items[next++]);
            await Pass(stretch, until, ct);
            if (until.DayOfWeek == DayOfWeek.Monday && time.Local(until).Hour == 0 && (until - first).Days / 7 % 13 == 0)
                await progress.WriteLineAsync($"  {(until - first) / (last - first):P0} of 78 weeks");
        }
        await ImportOperationalData(ct);
    }

    /// <summary>What customers did, from the files that the other systems of the company export; the last of them has just come.</summary>
    async Task ImportOperationalData(CancellationToken ct)
    {
        foreach (var source in Sources())
        {
            var (path, file) = (PathOf(source), "operational/" + source.GetProperty("file").GetString());
            var report = await api.Send(HttpMethod.Post, path, files.Read(file), ct, "text/csv");
            if (report.GetProperty("rejected").GetInt64() > 0)
                throw new InvalidDataException($"{file} does not fit its source: {report}");
        }
        await dispatcher.Drain(ct);
    }

    IEnumerable<JsonElement> Sources() => JsonElement.Parse(files.Read("operational/sources.json")).GetProperty("sources").EnumerateArray();

    static string PathOf(JsonElement source) => "/api/v1/operational-data/" + source.GetProperty("code").GetString();

    async Task SetUp(CancellationToken ct)
    {
        await progress.WriteLineAsync("Loading the sample company over the REST API; this takes about a minute.");
        foreach (var unit in files.Rows("org-units.csv"))
            await api.Send(HttpMethod.Put, "/api/v1/org-units/" + unit["code"], JsonSerializer.Serialize(new { name = unit["name"], kind = unit["kind"], parent = unit["parent"] is { Length: > 0 } parent ? parent : null }), ct);
        foreach (var user in files.Rows("users.csv"))
        {
            names[user["email"]] = user["name"];
            await mediator.Send(new AskSignInLink(user["email"], user["name"], user["role"], user["role"] == "administrator" ? null : user["orgUnit"], user["language"]), ct);
        }
        await api.Send(HttpMethod.Post, "/api/v1/accounts:import", files.Read("accounts.csv"), ct, "text/csv");
        await api.Send(HttpMethod.Post, "/api/v1/contacts:import", files.Read("contacts.csv"), ct, "text/csv");
        foreach (var touchpoint in JsonElement.Parse(files.Read("touchpoints.json")).EnumerateArray())
            await api.Send(HttpMethod.Put, "/api/v1/touchpoints/" + touchpoint.GetProperty("code").GetString(), Without(touchpoint, "code"), ct);
        foreach (var name in files.Names("surveys"))
        {
            var path = "/api/v1/surveys/" + Path.GetFileNameWithoutExtension(name);
            await api.Send(HttpMethod.Put, path, files.Read(name), ct);
            await api.Send(HttpMethod.Post, path + ":publish", "{}", ct);
        }
        await api.Send(HttpMethod.Put, "/api/v1/survey-matrix", files.Read("survey-matrix.json"), ct);
        foreach (var source in Sources())
            await api.Send(HttpMethod.Put, PathOf(source), Without(source, "code", "file"), ct);
        await api.Send(HttpMethod.Put, "/api/v1/indicator-library", files.Read("indicator-library.json"), ct);
        foreach (var journey in JsonElement.Parse(files.Read("journey.json")).GetProperty("journeys").EnumerateArray())
            await api.Send(HttpMethod.Put, "/api/v1/journeys/" + journey.GetProperty("code").GetString(), Without(journey, "code"), ct);
        foreach (var rule in JsonElement.Parse(files.Read("alert-rules.json")).GetProperty("rules").EnumerateArray())
        {
            await api.Send(HttpMethod.Put, "/api/v1/alert-rules/" + rule.GetProperty("code").GetString(), Without(rule, "code"), ct);
            if (rule.TryGetProperty("survey", out var survey) && survey.GetString() is { } code)
                ruleBySurvey[code] = rule.GetProperty("code").GetString()!;
        }
        await dispatcher.Drain(ct);
    }

    /// <summary>Half a day: events and answers come in, invitations leave, and staff act at their own hours.</summary>
    async Task Pass(List<Item> stretch, DateTimeOffset until, CancellationToken ct)
    {
        var pushed = stretch.Where(item => item.Kind != Kind.Action).ToList();
        clock.StandAt(pushed.Count > 0 ? pushed[^1].At : until);
        await api.SendAll("/api/v1/events:batch", [.. pushed.Where(item => item.Kind == Kind.Event).Select(item => item.Json)], ct);
        await dispatcher.Drain(ct);
        await jobs.RunReplayed(ct);
        await api.SendAll("/api/v1/responses:batch", [.. pushed.Where(item => item.Kind == Kind.Response).Select(item => item.Json)], ct);
        await dispatcher.Drain(ct);
        foreach (var action in stretch.Where(item => item.Kind == Kind.Action))
            await Act(action, ct);
        await dispatcher.Drain(ct);
        await store.Write(tx => Outbox.CountAsSent(tx, tx.Now), ct);
    }

    /// <summary>One step of one person on the work order that an answer raised; what the server no longer allows is left out.</summary>
    async Task Act(Item item, CancellationToken ct)
    {
        var action = JsonElement.Parse(item.Json);
        string? Text(string name) => action.TryGetProperty(name, out var value) ? value.GetString() : null;
        var (account, survey) = responses[Text("submissionId")!];
        if (item.At > clock.GetUtcNow())
            clock.StandAt(item.At);
        var (_, listed) = await api.Try(HttpMethod.Get, $"/api/v1/work-orders?account={account}&limit=200", null, ct);
        var order = JsonElement.Parse(listed).GetProperty("items").EnumerateArray()
            .Where(order => order.GetProperty("rule").GetString() == ruleBySurvey.GetValueOrDefault(survey))
            .OrderBy(order => order.GetProperty("number").GetInt64()).LastOrDefault();
        if (order.ValueKind == JsonValueKind.Undefined)
            return;
        var step = Text("action")!;
        object body = step switch
        {
            "transfer" => new { to = Text("to"), note = Text("note") },
            "resolve" => new { cause = Text("cause"), actionTaken = Text("actionTaken") },
            "note" or "reopen" => new { note = Text("note") ?? "-" },
            _ => new { },
        };
        await api.Try(HttpMethod.Post, $"/api/v1/work-orders/{order.GetProperty("id").GetString()}:{step}", JsonSerializer.Serialize(body), ct,
            ifMatch: $"\"{order.GetProperty("version").GetInt32()}\"", actingFor: names.GetValueOrDefault(Text("by") ?? ""));
    }

    IEnumerable<Item> Items()
    {
        foreach (var line in files.Lines("events.ndjson"))
            yield return new Item(Kind.Event, At(line, "occurredAt"), line);
        foreach (var line in files.Lines("responses.ndjson"))
        {
            var json = JsonElement.Parse(line);
            responses[json.GetProperty("submissionId").GetString()!] = (json.GetProperty("account").GetString()!, json.GetProperty("survey").GetString()!);
            yield return new Item(Kind.Response, At(line, "completedAt"), line);
        }
        foreach (var line in files.Lines("work-order-actions.ndjson"))
            yield return new Item(Kind.Action, At(line, "at"), line);
    }

    static DateTimeOffset At(string line, string field) => JsonElement.Parse(line).GetProperty(field).GetDateTimeOffset();

    static string Without(JsonElement element, params string[] names) => JsonSerializer.Serialize(
        element.EnumerateObject().Where(member => !names.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null).ToDictionary(member => member.Name, member => member.Value));

    enum Kind
    {
        Event,
        Response,
        Action,
    }

    sealed record Item(Kind Kind, DateTimeOffset At, string Json);
}
