using System.Text.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.ServeOpenApi;

public sealed class ServeOpenApiTests
{
    static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];

    [Test]
    public async Task The_document_keeps_its_shape()
    {
        await using var host = await CemHost.Run();

        var answer = await host.Anonymous().GetAsync("/openapi/v1.json");

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        Snapshot.MatchesJson(await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Every_operation_says_what_it_does_takes_answers_and_refuses_and_who_may_call_it()
    {
        await using var host = await CemHost.Run();

        var document = await (await host.Anonymous().GetAsync("/openapi/v1.json")).Json();

        Assert.That(document.GetProperty("openapi").GetString(), Does.StartWith("3.1"));
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Where(entry => Methods.Contains(entry.Name))
            .Select(entry => (Name: $"{entry.Name.ToUpperInvariant()} {path.Name}", Operation: entry.Value))).ToList();
        Assert.That(operations, Is.Not.Empty);
        Assert.That(operations.SelectMany(operation => Lacks(operation.Name, operation.Operation)), Is.Empty);
        Assert.That(operations.GroupBy(operation => operation.Operation.GetProperty("operationId").GetString()).Where(same => same.Count() > 1).Select(same => same.Key), Is.Empty, "names that clients are made from");
    }

    [Test]
    public async Task Every_reference_leads_somewhere_and_no_field_is_without_a_type()
    {
        await using var host = await CemHost.Run();

        var document = await (await host.Anonymous().GetAsync("/openapi/v1.json")).Json();

        var references = All(document).Where(node => node.Value.ValueKind == JsonValueKind.Object && node.Value.TryGetProperty("$ref", out _)).Select(node => node.Value.GetProperty("$ref").GetString()!).Distinct().ToList();
        Assert.That(references, Is.Not.Empty);
        Assert.That(references.Where(reference => !Leads(document, reference)), Is.Empty);
        var fields = document.GetProperty("components").GetProperty("schemas").EnumerateObject().SelectMany(schema => schema.Value.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(field => (Name: $"{schema.Name}.{field.Name}", field.Value)) : []).ToList();
        Assert.That(fields.Where(field => !field.Value.EnumerateObject().Any(part => part.Name is "type" or "$ref" or "oneOf" or "anyOf")).Select(field => field.Name), Is.Empty);
    }

    static IEnumerable<string> Lacks(string name, JsonElement operation)
    {
        foreach (var needed in new[] { "summary", "operationId", "security", "tags" })
            if (!operation.TryGetProperty(needed, out var part) || part.ToString().Length < 3)
                yield return $"{name} has no {needed}";
        var responses = operation.GetProperty("responses").EnumerateObject().ToList();
        var good = responses.Where(response => response.Name.StartsWith('2')).ToList();
        if (good.Count == 0)
            yield return $"{name} never succeeds";
        foreach (var response in good.Where(response => response.Name != "204"))
            if (!response.Value.TryGetProperty("content", out var content) || content.EnumerateObject().Any(media => !media.Value.TryGetProperty("schema", out _)))
                yield return $"{name} does not say what {response.Name} holds";
        foreach (var refusal in new[] { "401", "403", "429" })
            if (responses.All(response => response.Name != refusal))
                yield return $"{name} does not say that it refuses with {refusal}";
        if (operation.TryGetProperty("requestBody", out var body))
            foreach (var media in body.GetProperty("content").EnumerateObject())
                if (!media.Value.TryGetProperty("schema", out _) || media.Name == "application/json" && !media.Value.TryGetProperty("example", out _))
                    yield return $"{name} shows no {media.Name} with an example";
        if (operation.TryGetProperty("parameters", out var parameters))
            foreach (var parameter in parameters.EnumerateArray().Where(parameter => !parameter.TryGetProperty("description", out _)))
                yield return $"{name} does not say what {parameter.GetProperty("name")} is";
    }

    static IEnumerable<(string Name, JsonElement Value)> All(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => All(member.Value).Prepend((member.Name, member.Value))),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(item => All(item).Prepend(("", item))),
        _ => [],
    };

    static bool Leads(JsonElement document, string reference)
    {
        var node = document;
        return reference.StartsWith("#/", StringComparison.Ordinal) && reference[2..].Split('/').All(part => node.TryGetProperty(part.Replace("~1", "/", StringComparison.Ordinal), out node));
    }
}
