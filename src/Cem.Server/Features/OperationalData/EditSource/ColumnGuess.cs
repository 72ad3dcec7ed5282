using System.Globalization;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Features.OperationalData.EditSource;

/// <summary>Reads the columns of a pasted sample and proposes what each may be; columns that the form has already stay as they are.</summary>
static class ColumnGuess
{
    const int MostRows = 50;
    const int MostColumns = 200;

    static readonly char[] Delimiters = [',', ';', '\t'];

    static readonly (string[] Words, string Role)[] Roles =
    [
        (["account", "accountid", "customer", "customerid", "company", "客户", "客户编号", "客户id", "企业"], "account"),
        (["contact", "contactid", "联系人"], "contact"),
        (["orgunit", "branch", "region", "分公司", "组织", "组织单元"], "orgUnit"),
        (["touchpoint", "触点"], "touchpoint"),
        (["product", "产品"], "product"),
        (["channel", "渠道"], "channel"),
    ];

    /// <returns>The form with a row for each column of its sample.</returns>
    public static async Task<FormCollection> Fill(FormCollection form, CancellationToken ct)
    {
        var values = form.ToDictionary(pair => pair.Key, pair => pair.Value);
        var count = 0;
        for (; form.ContainsKey(SourceForm.At(count, "column")); count++)
        {
        }
        var taken = Enumerable.Range(0, count).Select(index => form[SourceForm.At(index, "column")].ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var roles = Enumerable.Range(0, count).Select(index => form[SourceForm.At(index, "maps")].ToString().Split('.')[0]).ToHashSet();
        var events = form["kind"] == "event";
        foreach (var (name, cells) in await Columns(form["sample"].ToString(), ct))
        {
            if (name.Length == 0 || !taken.Add(name))
                continue;
            var (type, role) = Guess(name, cells, events, roles);
            Set("column", name);
            Set("type", SourceForm.Name(type));
            Set("maps", role);
            Set("dates", "yearFirst");
            if (role.Length > 0)
                roles.Add(role.Split('.')[0]);
            else if (type is FieldType.Integer or FieldType.Number)
                Set("metric", Code(name, count));
            // An account and its period name a row of metrics; of events it is what is never the same twice.
            if (!events && (role == "account" || role.StartsWith("period", StringComparison.Ordinal)) || events && role.Length == 0 && count == 0 && cells.Distinct().Count() == cells.Count)
                Set("key", "true");
            count++;
        }
        values["count"] = (count + 1).ToString(CultureInfo.InvariantCulture);
        return new FormCollection(values);

        void Set(string field, StringValues value) => values[SourceForm.At(count, field)] = value;
    }

    static async Task<List<(string Name, List<string> Cells)>> Columns(string sample, CancellationToken ct)
    {
        if (sample.AsSpan().TrimStart() is ['{', ..])
            return FromJson(sample);
        var columns = new List<(string, List<string>)>();
        try
        {
            using var table = new CsvTable(await Csv.Open(new MemoryStream(Encoding.UTF8.GetBytes(sample)), ct));
            if (!await table.Read(ct))
                return columns;
            table.Delimiter = Delimiters.MaxBy(table.CountWith);
            table.Again();
            columns.AddRange(table.ToArray().Take(MostColumns).Select(name => (name.Trim(), new List<string>())));
            for (var row = 0; row < MostRows && await table.Read(ct); row++)
                foreach (var (index, cell) in table.ToArray().Take(columns.Count).Index())
                    if (cell.Trim() is { Length: > 0 } text)
                        columns[index].Item2.Add(text);
        }
        catch (InvalidDataException)
        {
            // What cannot be read gives no columns; a try of it says why.
        }
        return columns;
    }

    static List<(string Name, List<string> Cells)> FromJson(string sample)
    {
        var columns = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in sample.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostRows))
            try
            {
                using var document = JsonDocument.Parse(line);
                foreach (var member in document.RootElement.EnumerateObject())
                    if (columns.TryGetValue(member.Name, out var cells) || columns.Count < MostColumns && columns.TryAdd(member.Name, cells = []))
                        if (member.Value.ToString() is { Length: > 0 } text)
                            cells!.Add(text);
            }
            catch (Exception broken) when (broken is JsonException or InvalidOperationException)
            {
                // A broken line says nothing of the columns; a try of it says why.
            }
        return [.. columns.Select(column => (column.Key, column.Value))];
    }

    static (FieldType Type, string Role) Guess(string name, List<string> cells, bool events, HashSet<string> roles)
    {
        var plain = new string([.. name.Where(char.IsLetterOrDigit)]).ToLowerInvariant();
        if (Roles.FirstOrDefault(known => known.Words.Contains(plain) && !roles.Contains(known.Role)) is { Role: { } role })
            return (FieldType.Text, role);
        var type = TypeOf(cells);
        var dated = type is FieldType.Date or FieldType.Instant or FieldType.LocalTime;
        return !dated ? (type, "")
            : events ? (type, roles.Contains("at") ? "" : "at")
            : type == FieldType.Date && !roles.Contains("period") ? (type, "period." + (plain.Contains("month", StringComparison.Ordinal) || plain.Contains('月', StringComparison.Ordinal) ? "month" : plain.Contains("week", StringComparison.Ordinal) || plain.Contains('周', StringComparison.Ordinal) ? "week" : "day"))
            : (type, "");
    }

    static FieldType TypeOf(List<string> cells) =>
        cells.Count == 0 ? FieldType.Text
        : cells.TrueForAll(cell => cell.Length < 16 && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) ? FieldType.Integer
        : cells.TrueForAll(cell => Cells.TryNumber(cell, NumberStyle.Plain, out _)) ? FieldType.Number
        : cells.TrueForAll(cell => Cells.TryDay(cell, DateOrder.YearFirst, out _)) ? FieldType.Date
        : cells.TrueForAll(cell => Wire.TryInstant(cell, out _)) ? FieldType.Instant
        : cells.TrueForAll(cell => Cells.TryLocalTime(cell, DateOrder.YearFirst, out _, out _)) ? FieldType.LocalTime
        : cells.TrueForAll(cell => Cells.Truth(cell) is not null) ? FieldType.Boolean
        : FieldType.Text;

    /// <summary>activeUsers is active-users; what has no letters of the alphabet gets a number.</summary>
    static string Code(string name, int index)
    {
        var code = new StringBuilder();
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c))
                code.Append(char.IsAsciiLetterUpper(c) && code.Length > 0 && code[^1] != '-' && !char.IsAsciiLetterUpper(code[^1]) ? "-" : "").Append(char.ToLowerInvariant(c));
            else if (code.Length > 0 && code[^1] != '-')
                code.Append('-');
        var made = code.ToString().Trim('-');
        return made.Length is > 0 and <= 64 ? made : string.Create(CultureInfo.InvariantCulture, $"metric-{index + 1}");
    }
}
