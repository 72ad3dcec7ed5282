using System.Text.Json;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys;

/// <summary>Journeys as a file: what is exported is what is imported.</summary>
/// <param name="Touchpoints">Those that the journeys name; an import makes the ones that are missing.</param>
sealed record JourneyFile(IReadOnlyList<JourneyInFile> Journeys, IReadOnlyList<TouchpointInFile>? Touchpoints = null)
{
    /// <summary>Reads a file, or one journey with its code.</summary>
    /// <exception cref="Problem">400, at the field <c>file</c>: it is no JSON, or no journeys.</exception>
    public static JourneyFile Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = WireJson.DeepestNesting });
            var root = json.RootElement;
            var file = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("journeys", out _)
                ? root.Deserialize<JourneyFile>(WireJson.Options)
                : root.Deserialize<JourneyInFile>(WireJson.Options) is { } one ? new JourneyFile([one]) : null;
            return file is not null && file.Journeys.All(journey => journey is not null) && file.Touchpoints?.All(touchpoint => touchpoint is not null) != false ? file : throw NoJourneys();
        }
        catch (JsonException fault)
        {
            var where = fault.Path is { Length: > 1 } path ? path : $"line {fault.LineNumber + 1}";
            throw Problem.Malformed("/file", "json", (
                $"This is not a journey as JSON, at {where}: {First(fault.Message)}", $"不是有效的旅程 JSON，位置 {where}：{First(fault.Message)}"));
        }
    }

    static Problem NoJourneys() => Problem.Malformed("/file", "json", ("There are no journeys in it.", "其中没有旅程。"));

    static string First(string message) => message.Split(" Path:", 2)[0];
}

/// <inheritdoc cref="Journey"/>
sealed record JourneyInFile(string Code, Wording Name, IReadOnlyList<Stage> Stages, Wording? Description = null, string? VariantOf = null, Variant? Variant = null)
{
    public static JourneyInFile Of(string code, Journey journey) => new(code, journey.Name, journey.Stages, journey.Description, journey.VariantOf, journey.Variant);

    /// <summary>Without its code.</summary>
    public Journey ToJourney() => new(Name, Stages, Description, VariantOf, Variant);
}

sealed record TouchpointInFile(string Code, Wording Name, int Order = 0);
