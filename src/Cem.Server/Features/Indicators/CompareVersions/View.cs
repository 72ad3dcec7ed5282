using System.Globalization;
using System.Text.Json;
using Cem.Kernel.Html;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Indicators.CompareVersions;

/// <summary>The page: every version, and what two of them differ in.</summary>
sealed record View(IReadOnlyList<VersionRow> Versions, FilterBar? Bar, string Answer, IReadOnlyList<DifferenceRow> Differences)
{
    /// <summary>Whether there is something to compare with.</summary>
    public bool Comparable => Versions.Count > 1;

    public static readonly View Empty = new([], null, "", []);

    public static View Of(IReadOnlyList<LibraryVersion> versions, Response compared, ScopedTexts words, string language, DateOnly today)
    {
        var current = versions.LastOrDefault(version => version.ValidFrom <= today)?.Version ?? 0;
        List<Option> numbers = [.. versions.Select(version => new Option(version.Version.ToString(CultureInfo.InvariantCulture), words.Get("number", ("version", version.Version))))];
        return new View(
            [
                .. versions.Reverse().Select(version => new VersionRow(version.Version, version.ValidFrom,
                    words[version.Version == current ? "state.inEffect" : version.Version < current ? "state.past" : "state.pending"], version.Version == current,
                    version.Note, version.MadeBy, version.MadeAt)),
            ],
            new FilterBar([new FilterField("from", words["from"], compared.From.ToString(CultureInfo.InvariantCulture), numbers), new FilterField("to", words["to"], compared.To.ToString(CultureInfo.InvariantCulture), numbers)]),
            words.Get(compared.Differences.Count == 0 ? "answer.none" : "answer", ("count", compared.Differences.Count), ("from", compared.From), ("to", compared.To)),
            [
                .. compared.Differences.Select(difference => new DifferenceRow(difference.Name.In(language), words["kind." + difference.Kind], difference.ShareFrom, difference.ShareTo,
                    [.. difference.Fields.Select(field => new FieldRow(words.Find("entry." + field.Field) ?? field.Field, Say(field.From, language), Say(field.To, language)))])),
            ]);
    }

    /// <summary>A value as people read it: words in their language, other things as they stand in the file.</summary>
    static string Say(JsonElement? value, string language) => value switch
    {
        null => Formats.Nothing,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Object } words when words.TryGetProperty(language, out var own) && own.ValueKind == JsonValueKind.String => own.GetString()!,
        { } other => other.GetRawText(),
    };
}

sealed record VersionRow(int Version, DateOnly ValidFrom, string State, bool InEffect, string? Note, string By, DateTimeOffset At);

sealed record DifferenceRow(string Name, string Kind, double? ShareFrom, double? ShareTo, IReadOnlyList<FieldRow> Fields);

sealed record FieldRow(string Name, string From, string To);
