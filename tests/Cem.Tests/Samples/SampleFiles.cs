using System.Text.Json;

namespace Cem.Tests.Samples;

/// <summary>The committed files of the sample company, read without the generator's help.</summary>
internal static class SampleFiles
{
    public static string Folder { get; } = Path.Combine(Root(), "samples", "travel-saas");

    public static DateTimeOffset End { get; } =
        DateTimeOffset.Parse(Json("company.json").GetProperty("endsOn").GetString() + "T00:00:00+08:00", null);

    /// <summary>Rows of a CSV file by column name. The sample's own files hold no quotes but around commas.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file));
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => columns.Zip(Fields(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    public static IReadOnlyList<JsonElement> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public static JsonElement Json(string file) =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(Path.Combine(Folder, file)));

    public static IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Surveys() =>
        Directory.GetFiles(Path.Combine(Folder, "surveys")).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => (IReadOnlyList<JsonElement>)[.. Json(file).GetProperty("pages").EnumerateArray()
                .SelectMany(page => page.GetProperty("questions").EnumerateArray())]);

    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static DateTimeOffset Instant(this JsonElement json, string name) => DateTimeOffset.Parse(json.Text(name)!, null);

    private static IEnumerable<string> Fields(string line)
    {
        var quoted = line.Split('"');
        for (var i = 1; i < quoted.Length; i += 2)
            quoted[i] = quoted[i].Replace(',', '\u001f');
        return string.Concat(quoted).Split(',').Select(field => field.Replace('\u001f', ','));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CemMonolith.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
