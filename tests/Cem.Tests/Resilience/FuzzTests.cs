using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Security;
using Cem.Tests.House;
using Cem.Tests.Testing;

namespace Cem.Tests.Resilience;

/// <summary>
/// What no client should send, sent to every operation of the OpenAPI document: never a 500, always a problem with its code
/// and, where a field is at fault, the field.
/// </summary>
public sealed class FuzzTests
{
    /// <summary>Beyond what the API takes (32).</summary>
    const int TooDeep = 40;

    const int UsualLimit = 1024 * 1024;

    /// <summary>Malformed, or against the rules of the document that it holds.</summary>
    static readonly int[] Refused = [400, 422];

    static readonly string[] WrongValues =
    [
        "null", "true", "-1", "0.5", "1e400", "9223372036854775808", "\"\"", "\" \"", "\"banana\"", "\"2026-13-45\"", "\"2026-03-11T09:30:00\"", "[]", "{}", "[null]", "[[]]", "{\"a\":{\"b\":[]}}",
        "\"\\u0000\"", "\"\\ud800\"", "\"=cmd|' /C calc'!A0\"", $"\"{new string('x', 5000)}\"",
    ];

    static readonly string[] WrongQueries = ["-1", "0", "zzz", "banana", "", "99999999999999999999", "2026-13-45", "%00", "%FF%FE", "a&limit=2&limit=3", "%F0%9F%8C%B5", "'%20OR%201%3D1--"];

    [Test]
    public async Task The_document_knows_every_route_of_the_API()
    {
        await using var host = await CemHost.Run();
        var operations = await Operations(host);
        var routes = ServerRoute.All(host).Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();

        Breaches.None(routes, routes.Select(route => route.ToString()).Except(operations.Select(operation => operation.Route)), "Routes that the OpenAPI document does not know:");
        Breaches.None(operations, operations.Where(operation => operation.NeedsBody && operation.Example is null).Select(operation => operation.Route), "Operations with a body and without an example:");
    }

    [Test]
    public async Task No_body_breaks_the_server()
    {
        await using var host = await CemHost.Run();
        using var client = await host.WithKey(Scopes.Admin);
        var operations = (await Operations(host)).Where(operation => operation.HasBody).ToList();
        var limits = ServerRoute.All(host).ToDictionary(route => route.ToString(), route => route.BodyLimit ?? UsualLimit);
        var found = new List<string>();

        foreach (var operation in operations)
            foreach (var (name, body, allowed) in Bodies(operation, limits[operation.Route]))
            {
                using var request = new HttpRequestMessage(operation.Method, operation.Path);
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(operation.MediaType);
                request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                found.AddRange(await Judge(client, request, $"{operation.Route} with {name}", allowed));
            }

        Breaches.None(operations, found, "Bodies that break the server, or are refused without saying why:");
    }

    [Test]
    public async Task No_query_and_no_id_breaks_the_server()
    {
        await using var host = await CemHost.Run();
        using var client = await host.WithKey(Scopes.Admin);
        var operations = await Operations(host);
        var found = new List<string>();

        foreach (var operation in operations)
        {
            foreach (var parameter in operation.Query)
                foreach (var value in WrongQueries)
                    found.AddRange(await Judge(client, Request(operation, $"{operation.Path}?{parameter}={value}"), $"{operation.Route}?{parameter}={value}", []));
            foreach (var id in new[] { "%20", "%F0%9F%8C%B5", "..%2F..%2Fetc", "%ED%A0%80", new string('9', 300), "0000000000001", "'%3B--" })
                if (operation.Route.Contains('{', StringComparison.Ordinal))
                    found.AddRange(await Judge(client, Request(operation, operation.PathWith(id)), $"{operation.Route} of {id[..Math.Min(20, id.Length)]}", []));
        }

        Breaches.None(operations, found, "Queries or ids that break the server, or are refused without saying why:");
    }

    [Test]
    public async Task A_wrong_method_or_media_type_is_refused_as_what_it_is()
    {
        await using var host = await CemHost.Run();
        using var client = await host.WithKey(Scopes.Admin);
        using var method = await client.PatchAsync("/api/v1/events", new StringContent("{}", Encoding.UTF8, "application/json"));
        using var media = await client.PostAsync("/api/v1/events", new StringContent("{}", Encoding.UTF8, "text/plain"));

        await method.IsProblem(405, "method");
        await media.IsProblem(415, "media-type");
    }

    static HttpRequestMessage Request(Operation operation, string target)
    {
        var request = new HttpRequestMessage(operation.Method, new Uri(target, UriKind.Relative));
        if (operation.HasBody)
            request.Content = new StringContent(operation.Example?.ToJsonString() ?? "{}", Encoding.UTF8, new MediaTypeHeaderValue(operation.MediaType));
        return request;
    }

    /// <param name="allowed">The statuses this must be answered with; empty for anything but our own trouble.</param>
    static async Task<IEnumerable<string>> Judge(HttpClient client, HttpRequestMessage request, string what, int[] allowed)
    {
        using (request)
        using (var answer = await client.SendAsync(request))
        {
            var status = (int)answer.StatusCode;
            var text = await answer.Content.ReadAsStringAsync();
            if (status >= 500)
                return [$"{what}: {status} {text}"];
            if (allowed.Length > 0 && !allowed.Contains(status))
                return [$"{what}: {status}, not {string.Join(" or ", allowed)}"];
            return status >= 400 && !IsTelling(answer, text) ? [$"{what}: {status} without a problem that says why: {text}"] : [];
        }
    }

    static bool IsTelling(HttpResponseMessage answer, string text)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return false;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("code").GetString() is { Length: > 0 } && json.RootElement.GetProperty("title").GetString() is { Length: > 0 };
    }

    static IEnumerable<(string Name, byte[] Body, int[] Allowed)> Bodies(Operation operation, long limit)
    {
        // Files are streamed, up to 2 GB; sending more would take the test's memory, not the server's.
        if (operation.MediaType == "application/json")
            yield return ("more than it takes", Filled(limit + 1), [413]);
        yield return ("no body", [], []);
        if (operation.MediaType != "application/json")
            yield break;
        yield return ("nothing but a brace", Bytes("{"), [400]);
        yield return ("a list for an object", Bytes("[]"), Refused);
        yield return ("a number", Bytes("7"), Refused);
        // Where the body may be missing it may be null, and the unknown id is what is left to refuse.
        yield return ("null", Bytes("null"), [.. Refused, 404]);
        yield return ("too deep a body", Bytes($$"""{"a":{{new string('[', TooDeep)}}{{new string(']', TooDeep)}}}"""), [400]);
        yield return ("broken UTF-8", [.. Bytes("{\"name\":\""), 0xC3, 0x28, .. Bytes("\"}")], Refused);
        yield return ("an unknown field", Bytes(Changed(operation, "noSuchField", "1")), Refused);
        foreach (var field in operation.Example?.AsObject().Select(field => field.Key) ?? [])
        {
            yield return ($"{field} twice", Bytes(Changed(operation, field, null)[..^1] + $$""", "{{field}}": 1, "{{field}}": 2}"""), Refused);
            yield return ($"no {field}", Bytes(Changed(operation, field, null)), []);
            foreach (var value in WrongValues)
                yield return ($"{field} = {value[..Math.Min(30, value.Length)]}", Bytes(Changed(operation, field, value)), []);
        }
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Filled(long length) => [.. Bytes("{\"a\":\""), .. Enumerable.Repeat((byte)'x', (int)length), .. Bytes("\"}")];

    /// <summary>The example with one field set to raw JSON, or without it.</summary>
    static string Changed(Operation operation, string field, string? value)
    {
        var fields = (operation.Example?.AsObject() ?? []).Where(each => each.Key != field).Select(each => $"{JsonSerializer.Serialize(each.Key)}: {each.Value?.ToJsonString() ?? "null"}").ToList();
        if (value is not null)
            fields.Add($"{JsonSerializer.Serialize(field)}: {value}");
        return "{" + string.Join(", ", fields) + (fields.Count == 0 && value is null ? " \"_\": 0" : "") + "}";
    }

    static async Task<IReadOnlyList<Operation>> Operations(CemHost host)
    {
        using var client = host.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(entry => entry.Key is not "parameters").Select(entry => Operation.Read(path.Key, entry.Key, entry.Value!)))];
    }

    /// <param name="Route">As the server's table calls it.</param>
    sealed record Operation(string Route, HttpMethod Method, string MediaType, JsonNode? Example, bool HasBody, bool NeedsBody, IReadOnlyList<string> Query)
    {
        public string Path => PathWith(ServerRoute.UnknownId);

        /// <summary>The path with every parameter, already escaped, in its place.</summary>
        public string PathWith(string id)
        {
            var path = Route[(Route.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start)
                path = path[..start] + (path[start..].StartsWith("{model}", StringComparison.Ordinal) ? "nps" : id) + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
            return path;
        }

        public static Operation Read(string path, string method, JsonNode node)
        {
            var content = node["requestBody"]?["content"]?.AsObject().FirstOrDefault();
            return new Operation(
                $"{method.ToUpperInvariant()} {path}", new HttpMethod(method.ToUpperInvariant()), content?.Key ?? "application/json", content?.Value?["example"], node["requestBody"] is not null, node["requestBody"]?["required"]?.GetValue<bool>() == true,
                [.. node["parameters"]?.AsArray().Where(parameter => parameter!["in"]!.GetValue<string>() == "query").Select(parameter => parameter!["name"]!.GetValue<string>()) ?? []]);
        }
    }
}
