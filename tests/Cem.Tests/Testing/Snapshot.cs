using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cem.Tests.Testing;

/// <summary>
/// Compares a document with the accepted one beside the test, <c>Fixture.Test.verified.html</c>. What differs is written to
/// <c>….received.…</c> for a person to read; copying it over the verified one accepts it. Names and ways are those of Verify,
/// so that it can take over. Ids, instants and tokens are scrubbed: equal ones to equal names.
/// </summary>
static partial class Snapshot
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Matches(string document, string extension, string? name = null, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{name ?? test}");
        var received = Scrub(document.ReplaceLineEndings("\n")).TrimEnd('\n');
        var verifiedFile = $"{stem}.verified.{extension}";
        var receivedFile = $"{stem}.received.{extension}";
        if (File.Exists(verifiedFile) && File.ReadAllText(verifiedFile).ReplaceLineEndings("\n").TrimEnd('\n') == received)
        {
            File.Delete(receivedFile);
            return;
        }
        File.WriteAllText(receivedFile, received);
        Assert.Fail($"{(File.Exists(verifiedFile) ? "Differs from what was accepted" : "Nothing was accepted yet")}. Read {receivedFile} and, when it is right, copy it to {verifiedFile}.");
    }

    public static void MatchesJson(string json, string? name = null, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        using var document = JsonDocument.Parse(json);
        Matches(JsonSerializer.Serialize(document, Indented), "json", name, testFile, test);
    }

    /// <summary>Replaces what changes from run to run, keeping equal things equal.</summary>
    internal static string Scrub(string document)
    {
        var seen = new Dictionary<string, string>();
        var counts = new Dictionary<string, int>();
        return Changing().Replace(document, match =>
        {
            if (seen.TryGetValue(match.Value, out var name))
                return name;
            var kind = match.Groups.Keys.First(key => key.Length > 1 && match.Groups[key].Success);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            return seen[match.Value] = $"{{{kind}{counts[kind]}}}";
        });
    }

    [GeneratedRegex("""
        (?<token>\b[0-9a-hjkmnp-tv-z]{32}\b)
        |(?<hash>(?<=\?v=)[0-9a-f]{6,10}\b)
        |(?<nonce>(?<=nonce[-=]"?)[A-Za-z0-9+/=_-]{16,})
        |(?<id>\b0[0-9a-hjkmnp-tv-z]{12}\b)
        |(?<trace>\b[0-9a-f]{32}\b)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Changing();
}
