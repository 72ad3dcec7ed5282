using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cem.Server.Features.Housekeeping.ShowDocs;

/// <summary>The OpenAPI document as a page that a CRM developer can read, with the rules that hold for every call.</summary>
[Access(Anyone = true)]
sealed record Request : IRequest;

sealed class Module : Routes
{
    public Module() =>
        Get("/docs", async ([FromKeyedServices("v1")] IOpenApiDocumentProvider documents, CancellationToken ct) =>
                Page.Of(Read(await documents.GetOpenApiDocumentAsync(ct))))
            .Sends<Request>();

    static View Read(OpenApiDocument document) => new([.. document.Paths
        .SelectMany(path => (path.Value.Operations ?? []).Select(operation => (path.Key, Method: operation.Key.Method, operation.Value)))
        .GroupBy(call => Group(call.Key))
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new Section(group.Key, [.. group.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => Call(call.Key, call.Method, call.Value))]))]);

    /// <summary><c>/api/v1/accounts:batch</c> belongs to accounts.</summary>
    static string Group(string path) => path["/api/v1/".Length..].Split('/', ':')[0];

    static Operation Call(string path, string method, OpenApiOperation operation)
    {
        var media = operation.RequestBody?.Content?.Values.FirstOrDefault();
        return new Operation(method, path, operation.Summary ?? "", operation.Description ?? "", media?.Example?.ToJsonString(Pretty),
            [.. (operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Query).Select(parameter => parameter.Name ?? "")],
            media?.Schema is { } schema ? [.. (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(property => Member(property.Key, property.Value, schema.Required?.Contains(property.Key) == true))] : []);
    }

    static Field Member(string name, IOpenApiSchema schema, bool required) => new(name, Type(schema), required);

    static string Type(IOpenApiSchema schema) => schema switch
    {
        { Enum.Count: > 0 } => string.Join(" | ", schema.Enum.OfType<System.Text.Json.Nodes.JsonNode>().Select(value => value.ToString())),
        { Items: { } items } => Type(items) + "[]",
        { Format: { } format } => format,
        { Type: { } type } => string.Join(" | ", type.ToIdentifiers().Where(each => each != "null")),
        OpenApiSchemaReference reference => reference.Reference.Id ?? "object",
        _ => "object",
    };

    static readonly System.Text.Json.JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

sealed record View(IReadOnlyList<Section> Sections);

sealed record Section(string Name, IReadOnlyList<Operation> Operations);

sealed record Operation(string Method, string Path, string Summary, string Description, string? Example, IReadOnlyList<string> Query, IReadOnlyList<Field> Fields);

sealed record Field(string Name, string Type, bool Required);
