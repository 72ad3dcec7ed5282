using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cem.Kernel.Web;
using CsvHelper;

namespace Cem.Server.Features.Housekeeping.LoadSample;

/// <summary>The files of the sample company, every date in them moved by the same number of days, so that they end today.</summary>
sealed partial class SampleFiles
{
    readonly string folder;
    readonly int days;

    SampleFiles(string folder, int days, CompanyProfile.Profile company)
    {
        this.folder = folder;
        this.days = days;
        Company = company;
    }

    public CompanyProfile.Profile Company { get; }

    public static SampleFiles Open(DateOnly today)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples", "travel-saas");
        using var company = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "company.json")));
        var root = company.RootElement;
        var ends = DateOnly.ParseExact(root.GetProperty("endsOn").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new SampleFiles(folder, today.DayNumber - ends.DayNumber, new(
            root.GetProperty("name").GetProperty("en").GetString()!, root.GetProperty("name").GetProperty("zh-CN").GetString()!, root.GetProperty("colour").GetString()!));
    }

    /// <summary>A whole file.</summary>
    public string Read(string name) => Shift(File.ReadAllText(Path.Combine(folder, name)));

    /// <summary>The lines of a file of one JSON value a line.</summary>
    public IEnumerable<string> Lines(string name) => File.ReadLines(Path.Combine(folder, name)).Where(line => line.Length > 0).Select(Shift);

    /// <summary>The rows of a CSV file, by column name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        using var csv = new CsvReader(new StringReader(Read(name)), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column)!));
        return rows;
    }

    /// <summary>The names of the files of a folder.</summary>
    public IEnumerable<string> Names(string of) =>
        Directory.EnumerateFiles(Path.Combine(folder, of), "*.json").Order(StringComparer.Ordinal).Select(file => Path.Combine(of, Path.GetFileName(file)));

    string Shift(string text) => days == 0 ? text : Date().Replace(text, match =>
        DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : match.Value);

    [GeneratedRegex(@"\b20\d\d-\d\d-\d\d(?!\d)")]
    private static partial Regex Date();
}
