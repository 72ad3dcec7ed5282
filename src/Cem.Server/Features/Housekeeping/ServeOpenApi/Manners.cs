using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Data;
using Cem.Kernel.Web;
using Microsoft.OpenApi;

namespace Cem.Server.Features.Housekeeping.ServeOpenApi;

/// <summary>What holds for every operation alike, and would be said in none otherwise: refusals, headers, the parameters of lists.</summary>
static class Manners
{
    static readonly (int Status, string Name, string Meaning)[] Refusals =
    [
        (400, "Malformed", "It cannot be read: not JSON, an unknown field, a wrong type, a time without its offset. Each place is named in `errors`."),
        (401, "Unauthenticated", "No valid key came with it."),
        (403, "Forbidden", "The key lacks the scope."),
        (404, "NotFound", "It is not there, or lies outside the org units of the key."),
        (409, "Conflict", "It stands against what is there already: another content under the same id, a step that its state does not allow."),
        (412, "Stale", "It has changed since the ETag in If-Match was read. Read it again."),
        (413, "TooLarge", "The body is larger than this operation takes."),
        (415, "MediaType", "The body is of another type than this operation takes."),
        (422, "Refused", "It can be read and breaks a rule. Each field is named in `errors`, with a stable code."),
        (428, "Unread", "If-Match is missing: this is changed only by who has read it."),
        (429, "TooMany", "Too many requests of this key. Wait as long as Retry-After says."),
        (503, "Busy", "The server cannot take it now. Send it again after Retry-After; with an Idempotency-Key nothing happens twice."),
    ];

    static readonly Dictionary<string, string> Parameters = new()
    {
        ["cursor"] = "Where to go on: `next` of the page before.",
        ["limit"] = "How many at most.",
        ["updatedSince"] = "Only what was changed at or after this instant (RFC 3339 with its offset), for a nightly sync.",
        ["from"] = "First day, inclusive.",
        ["to"] = "Last day, inclusive.",
        ["orgUnit"] = "Code of an org unit; it and all below it count.",
        ["externalId"] = "Your own id.",
        ["source"] = "The system that sent it.",
        ["eventId"] = "The id that the source gave it.",
        ["code"] = "The code you gave it.",
        ["id"] = "The id this server gave it.",
        ["If-Match"] = "The ETag you have read; refused with 412 when it has changed since.",
        ["by"] = "Dimension to divide by.",
        ["period"] = "Divide by `day`, `week`, `month` or `quarter`.",
        ["survey"] = "Code of a survey.",
        ["touchpoint"] = "Code of a touchpoint.",
        ["account"] = "Your own id of an account.",
        ["role"] = "Role of the contact: `decisionMaker`, `purchaser`, `influencer` or `user`.",
        ["segment"] = "Tier of the account.",
        ["product"] = "Product the answer is about.",
        ["channel"] = "Channel the answer came by.",
        ["region"] = "Region of the account.",
        ["week"] = "A week, as in 2026-W09.",
        ["search"] = "Part of the name or of the id.",
        ["version"] = "A published version; the newest one unless said.",
        ["question"] = "Id of a question.",
        ["compare"] = "What each figure is held against: `previous`, `trailing` or `lastYear`.",
        ["measure"] = "`csat`, `ces` or `nps`.",
        ["band"] = "`promoters`, `passives` or `detractors`.",
        ["kind"] = "`complaint`, `visitNote`, `callBack` or `review`.",
        ["comment"] = "`with`: only those with a comment.",
        ["state"] = "Only those in this state.",
        ["reason"] = "Only those suppressed for this reason.",
        ["owner"] = "Mail address of the owner.",
        ["model"] = "Name of the model, such as `nps` or `wilson-interval`.",
    };

    /// <summary>The refusals that operations refer to.</summary>
    public static void Declare(OpenApiDocument document)
    {
        document.Components!.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Problem"] = Problem();
        document.Components.Responses = Refusals.ToDictionary(refusal => refusal.Name, refusal => (IOpenApiResponse)new OpenApiResponse
        {
            Description = refusal.Meaning,
            Headers = refusal.Status is 429 or 503 ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Header("Seconds to wait.", JsonSchemaType.Integer) } : null,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document) } },
        });
    }

    /// <summary>Clients make their names from these: where two routes send one request, the path tells them apart.</summary>
    public static void NameApart(OpenApiDocument document)
    {
        var same = document.Paths.SelectMany(path => path.Value.Operations!.Values.Select(operation => (Path: path.Key, Operation: operation)))
            .GroupBy(call => call.Operation.OperationId).Where(group => group.Count() > 1);
        foreach (var (path, operation) in same.SelectMany(group => group))
            operation.OperationId += string.Concat(path["/api/v1/".Length..].Split('/', ':', '.')[^(path.Contains(':', StringComparison.Ordinal) ? 2 : 1)]
                .Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Completes one operation.</summary>
    /// <param name="isSecured">Whether it needs a key.</param>
    public static void Apply(OpenApiOperation operation, OpenApiDocument document, string method, bool isSecured)
    {
        operation.Parameters ??= [];
        // A file that streams is not kept to be compared; taking it twice changes nothing.
        if (method == "POST" && operation.RequestBody?.Content?.ContainsKey("text/csv") != true)
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key", In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
                Description = "Makes it safe to send again: the same key and body get the stored answer for 72 hours, another body is refused.",
            });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            Explain(parameter);
        if ((method is "PUT" or "PATCH" || MustBeRead(operation)) && operation.Parameters.Any(parameter => parameter.Name == "If-Match") && operation.Responses?.GetValueOrDefault("200") is OpenApiResponse { Headers: null } done)
            done.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = Header("What it is now; for the next If-Match.", JsonSchemaType.String) };
        operation.Responses ??= [];
        foreach (var (status, name, _) in Refusals)
            if (Answers(status, operation, method, isSecured))
                operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponseReference(name, document));
        if (operation.Responses.TryGetValue("201", out var created) && created is OpenApiResponse { Headers: null } made)
            made.Headers = new Dictionary<string, IOpenApiHeader> { ["Location"] = Header("Where it is.", JsonSchemaType.String) };
    }

    /// <summary>The types that the wire writes in its own form.</summary>
    public static void Describe(OpenApiSchema schema, Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        var text = inner == type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (inner == typeof(Id))
            (schema.Type, schema.Pattern) = (text, "^[0-9a-hjkmnp-tv-z]{13}$");
        else if (inner == typeof(DateOnly))
            (schema.Type, schema.Format) = (text, "date");
        else if (inner == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (text, "date-time");
        else if (inner.IsEnum)
            (schema.Type, schema.Enum) = (text, [.. Enum.GetNames(inner).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))]);
        else if (inner == typeof(BatchItems))
        {
            (schema.Type, schema.Items, schema.MinItems, schema.MaxItems) = (JsonSchemaType.Array, new OpenApiSchema { Type = JsonSchemaType.Object }, 1, Batch.MostItems);
            schema.Description = "Each as the single call takes it, with its own id among the fields; results come in the same order.";
        }
    }

    static void Explain(OpenApiParameter parameter)
    {
        if (parameter.In == ParameterLocation.Query)
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name!);
        if (parameter.Schema is not OpenApiSchema schema)
            return;
        switch (parameter.Name)
        {
            case "limit":
                (schema.Minimum, schema.Maximum, schema.Default) = ("1", "200", 50);
                break;
            case "from" or "to":
                schema.Format = "date";
                break;
            case "updatedSince":
                schema.Format = "date-time";
                break;
        }
    }

    static bool Answers(int status, OpenApiOperation operation, string method, bool isSecured)
    {
        var parameters = operation.Parameters ?? [];
        var hasBody = operation.RequestBody is not null;
        return status switch
        {
            400 => hasBody || parameters.Count > 0,
            401 or 403 => isSecured,
            404 => parameters.Any(parameter => parameter.In == ParameterLocation.Path || parameter.Name is "orgUnit"),
            409 or 503 => method is not "GET",
            412 => parameters.Any(parameter => parameter.Name == "If-Match"),
            413 or 415 or 422 => hasBody,
            428 => MustBeRead(operation),
            _ => true,
        };
    }

    /// <summary>A step on a thing of ours needs its ETag; a draft under the caller's own code may be put unread.</summary>
    static bool MustBeRead(OpenApiOperation operation) =>
        operation.Parameters is { } parameters && parameters.Any(parameter => parameter.Name == "If-Match") && parameters.Any(parameter => parameter is { Name: "id", In: ParameterLocation.Path });

    static OpenApiHeader Header(string description, JsonSchemaType type) => new() { Description = description, Schema = new OpenApiSchema { Type = type } };

    static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457.",
        Required = new HashSet<string> { "type", "code", "title", "status", "detail", "traceId", "errors" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Where the problem is described; stable."),
            ["code"] = Text("Stable; decide by it."),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text("What was wrong, for a person."),
            ["traceId"] = Text("Name it when you ask for help."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "pointer", "code", "message" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["pointer"] = Text("JSON pointer into the body, or the name of a parameter."), ["code"] = Text("Stable; decide by it."), ["message"] = Text("For a person."),
                    },
                },
            },
        },
    };

    static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
