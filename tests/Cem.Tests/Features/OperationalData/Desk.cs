using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData;

/// <summary>A small company with two accounts, a contact and a touchpoint, to which files of O-data come.</summary>
sealed class Desk
{
    public const string Usage = "usage";

    Desk(CemHost host, HttpClient api) => (Host, Api) = (host, api);

    public CemHost Host { get; }

    public HttpClient Api { get; }

    /// <summary>acme in the east with ann, bravo in the west; a source of weekly usage and one of tickets.</summary>
    public static async Task<Desk> Open(CemHost host)
    {
        var desk = new Desk(host, await host.WithKey(Scopes.Admin));
        foreach (var (code, kind, parent) in new[] { ("hq", "headquarters", null), ("east", "region", "hq"), ("west", "region", "hq") })
            await (await desk.Api.PutAsJsonAsync($"/api/v1/org-units/{code}", new { name = code, kind, parent })).Json();
        foreach (var (account, unit) in new[] { ("acme", "east"), ("bravo", "west") })
            await (await desk.Api.PutAsJsonAsync($"/api/v1/accounts/{account}", new { name = account, orgUnit = unit })).Json();
        await (await desk.Api.PutAsJsonAsync("/api/v1/contacts/ann", new { account = "acme", name = "Ann", role = "user" })).Json();
        await (await desk.Api.PutAsync("/api/v1/touchpoints/support", Raw("""{"name": {"en": "Support", "zh-CN": "客服"}, "order": 1}"""))).Json();
        await desk.Put(Usage, UsageSource);
        await desk.Put("tickets", TicketSource);
        return desk;
    }

    public const string UsageSource = """
        {"name": {"en": "Usage", "zh-CN": "使用量"}, "kind": "metric", "key": ["account", "week"], "fields": [
          {"column": "account", "type": "text", "maps": "account"},
          {"column": "week", "type": "date", "maps": "period", "period": "week"},
          {"column": "seats", "type": "integer", "metric": "seats", "unit": "people", "required": true},
          {"column": "hours", "type": "number", "metric": "hours"}]}
        """;

    public const string TicketSource = """
        {"name": {"en": "Tickets", "zh-CN": "工单"}, "kind": "event", "key": ["ticket"], "eventType": "ticket.closed", "fields": [
          {"column": "ticket", "type": "text"},
          {"column": "account", "type": "text", "maps": "account"},
          {"column": "contact", "type": "text", "maps": "contact"},
          {"column": "touchpoint", "type": "text", "maps": "touchpoint"},
          {"column": "category", "type": "text", "aliases": {"改签": "change", "退票": "refund"}},
          {"column": "closed", "type": "instant", "maps": "at"},
          {"column": "minutes", "type": "integer", "metric": "first-reply"}]}
        """;

    public async Task<JsonElement> Put(string code, string definition) => await (await Api.PutAsync($"/api/v1/operational-data/{code}", Raw(definition))).Json();

    public Task<HttpResponseMessage> Send(string source, byte[] file, string type = "text/csv", string? encoding = null, HttpClient? by = null)
    {
        var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return (by ?? Api).PostAsync($"/api/v1/operational-data/{source}", content);
    }

    public Task<HttpResponseMessage> Send(string source, string file, string type = "text/csv") => Send(source, Encoding.UTF8.GetBytes(file), type);

    /// <summary>Sends a file that is taken; returns the report.</summary>
    public async Task<JsonElement> Import(string source, string file, string type = "text/csv") => await (await Send(source, file, type)).Json();

    /// <summary>Every number that others see: account, day, metric, value.</summary>
    public IReadOnlyList<string> Metrics() => Host.Store.Read(reader => reader.Query<string>("""
        SELECT COALESCE(a.external_id, '-') || ' ' || m.day || ' ' || m.metric || ' ' || m.value
        FROM operational_data_v_metrics m LEFT JOIN customers_v_accounts a ON a.id = m.account_id
        WHERE m.value IS NOT NULL ORDER BY 1
        """));

    /// <summary>Every event of a file that others see: id, day, type, attributes.</summary>
    public IReadOnlyList<string> Events() => Host.Store.Read(reader => reader.Query<string>(
        "SELECT event_id || ' ' || occurred_day || ' ' || type || ' ' || attributes FROM operational_data_v_events ORDER BY 1"));

    public static StringContent Raw(string json) => new(json, null, "application/json");

    public static (long Read, long Created, long Changed, long Unchanged, long Rejected) Counts(JsonElement report) => (
        report.GetProperty("read").GetInt64(), report.GetProperty("created").GetInt64(), report.GetProperty("changed").GetInt64(),
        report.GetProperty("unchanged").GetInt64(), report.GetProperty("rejected").GetInt64());

    /// <summary>What was wrong: line, field, code.</summary>
    public static IEnumerable<string> Rejections(JsonElement report) => report.GetProperty("rejections").EnumerateArray()
        .Select(entry => $"{entry.GetProperty("line")} {entry.GetProperty("field").GetString()} {entry.GetProperty("code").GetString()}");
}
