using System.Text.Json.Nodes;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cem.Server.Features.Housekeeping.ServeOpenApi;

/// <summary>
/// The REST API as an OpenAPI 3.1 document: every route of it, what it takes and answers, an example body, and the scopes of
/// a key that let one in.
/// </summary>
[Access(Anyone = true)]
sealed record Request : IRequest;

sealed class Module : Routes
{
    public Module() =>
        Get("/openapi/v1.json", async ([FromKeyedServices(OpenApiServices.Document)] IOpenApiDocumentProvider documents, CancellationToken ct) =>
            {
                var document = await documents.GetOpenApiDocumentAsync(ct);
                return TypedResults.Text(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, ct), "application/json");
            })
            .Sends<Request>();
}

/// <summary>How the framework's document is made ours.</summary>
sealed class OpenApiServices : IAreaServices
{
    public const string Document = "v1";

    const string About = """
        Customer experience management: push accounts, contacts and events; read scores, work orders and reports.

        Times are RFC 3339 with their offset, days are YYYY-MM-DD, money is in minor units with its ISO 4217 code. Unknown fields are refused.
        A PUT by your own id can be repeated. A list says where it goes on in `next`; give that as `cursor`.
        `X-Acting-For` (percent-encoded UTF-8) names the person a call is made for, so that histories name people.
        """;

    public static void Add(IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true && description.HttpMethod != HttpMethods.Head;
        options.CreateSchemaReferenceId = schema => OpenApiOptions.CreateDefaultSchemaReferenceId(schema) is { } id ? Qualified(schema.Type, id) : null;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "CemMonolith", Version = "1", Description = About };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            Manners.Declare(document);
            Manners.NameApart(document);
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, cem_<id>_<secret>." },
                ["apiKeyHeader"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "The same key, for callers that set only static headers." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var sent = metadata.OfType<SentRequest>().FirstOrDefault()?.Type;
            operation.OperationId ??= sent is null ? null : sent.Namespace!.Split('.')[^1] + sent.Name[..^"Request".Length];
            operation.Tags = new HashSet<OpenApiTagReference> { new(sent?.Namespace!.Split('.')[^2] ?? "Other", context.Document) };
            var access = metadata.OfType<AccessAttribute>().FirstOrDefault(access => !access.Anyone);
            if (access is not null)
                Secure(operation, context.Document!, access);
            if (metadata.OfType<StreamedBody>().FirstOrDefault() is { } streamed)
                operation.RequestBody = new OpenApiRequestBody
                {
                    Content = new Dictionary<string, OpenApiMediaType> { [streamed.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
                };
            if (metadata.OfType<RequestExample>().FirstOrDefault() is { } example && operation.RequestBody?.Content is { } content)
                foreach (var media in content.Values)
                    media.Example = JsonNode.Parse(example.Json);
            Manners.Apply(operation, context.Document!, context.Description.HttpMethod!, access is not null);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Manners.Describe(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    static void Secure(OpenApiOperation operation, OpenApiDocument document, AccessAttribute access)
    {
        operation.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("key", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("apiKeyHeader", document)] = [] },
        ];
        operation.Description = $"{operation.Description} Scopes: {string.Join(" or ", access.Keys)}.".Trim();
    }

    /// <summary>Slices call their records alike (Request, Response); the document needs them apart.</summary>
    static string Qualified(Type type, string id)
    {
        if (type.IsGenericType && Nullable.GetUnderlyingType(type) is null)
            return type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(argument => Qualified(argument, argument.Name)));
        var parts = type.Namespace?.Split('.') ?? [];
        var slice = parts.Contains("Features") ? parts[^1] : "";
        return slice.Length == 0 || id.StartsWith(slice, StringComparison.Ordinal) ? id : slice + id;
    }
}
