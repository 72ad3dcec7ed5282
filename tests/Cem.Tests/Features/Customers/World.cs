using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers;

/// <summary>A small company to test with, made through the public door: hq above east and west, shanghai below east.</summary>
static class World
{
    public static async Task PlantTree(this HttpClient api)
    {
        foreach (var (code, kind, parent) in new[] { ("hq", "headquarters", null), ("east", "region", "hq"), ("west", "region", "hq"), ("shanghai", "branch", "east") })
            await (await api.PutAsJsonAsync($"/api/v1/org-units/{code}", new { name = code, kind, parent })).Json();
    }

    public static async Task<JsonElement> PutAccount(this HttpClient api, string externalId, string orgUnit = "hq", string? name = null, string? parent = null) =>
        await (await api.PutAsJsonAsync($"/api/v1/accounts/{externalId}", new { name = name ?? externalId, orgUnit, parent })).Json();

    public static async Task<JsonElement> PutContact(this HttpClient api, string externalId, string account, string? email = null, string name = "Luo Yang") =>
        await (await api.PutAsJsonAsync($"/api/v1/contacts/{externalId}", new { account, name, email, role = "user" })).Json();

    /// <summary>A client whose key sees one org unit and below.</summary>
    public static async Task<HttpClient> WithBoundKey(this CemHost host, string orgUnit, params string[] scopes)
    {
        var client = host.Anonymous();
        var made = await host.Send(new Server.Features.Access.CreateKey.Request("bound", scopes, orgUnit));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Key);
        return client;
    }

    /// <summary>A body sent exactly as written.</summary>
    public static StringContent Raw(string json) => new(json, null, "application/json");

    public static ByteArrayContent Csv(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };

    /// <summary>Sends a file and returns the report.</summary>
    public static async Task<JsonElement> Import(this HttpClient api, string kind, byte[] file) => await (await api.PostAsync($"/api/v1/{kind}:import", Csv(file))).Json();

    public static Task<JsonElement> Import(this HttpClient api, string kind, string file) => api.Import(kind, System.Text.Encoding.UTF8.GetBytes(file));

    public static (long Read, long Created, long Changed, long Unchanged, long Rejected) Counts(this JsonElement report) => (
        report.GetProperty("read").GetInt64(), report.GetProperty("created").GetInt64(), report.GetProperty("changed").GetInt64(),
        report.GetProperty("unchanged").GetInt64(), report.GetProperty("rejected").GetInt64());

    public static async Task<JsonElement> Got(this HttpClient api, string address) => await (await api.GetAsync(address)).Json();

    public static IEnumerable<string?> Ids(this JsonElement listing, string field = "externalId") =>
        listing.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString());

    /// <summary>The same JSON, however it is laid out.</summary>
    public static NUnit.Framework.Constraints.Constraint Is(string json) =>
        NUnit.Framework.Is.EqualTo(JsonElement.Parse(json)).Using<JsonElement>(JsonElement.DeepEquals);

    /// <summary>How many facts of this kind were told.</summary>
    public static long Told<TFact>(this CemHost host) => host.Store.Read(reader => reader.Single<long>(
        "SELECT COUNT(*) FROM kernel_facts WHERE name = @Name", new { typeof(TFact).Name }));

    /// <summary>Sends a file as the page of the imports does; null sends the form without one.</summary>
    public static async Task<HttpResponseMessage> Upload(this Browser person, string kind, string? csv)
    {
        using var form = new MultipartFormDataContent { { new StringContent(person.Token()), FormTokens.Field }, { new StringContent(kind), "kind" } };
        if (csv is not null)
            form.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(csv)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "file", "customers.csv");
        return await person.Client.PostAsync("/imports", form);
    }
}
