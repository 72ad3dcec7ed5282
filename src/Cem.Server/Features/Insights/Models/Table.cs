using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Cem.Server.Features.Insights.Models;

/// <summary>CSV text sent with a call: a header line and rows of as many cells.</summary>
internal sealed class Table
{
    /// <summary>The fields that a model with a table reads: <c>data</c>, and two that name where it once came from.</summary>
    public static readonly string[] Fields = ["data", "file", "fileIn"];

    static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null };

    readonly Dictionary<string, int> _columns;
    readonly List<string[]> _rows;

    Table(Dictionary<string, int> columns, List<string[]> rows) => (_columns, _rows) = (columns, rows);

    /// <summary>How many rows there are below the header.</summary>
    public int Count => _rows.Count;

    public bool Has(string column) => _columns.ContainsKey(column);

    public IEnumerable<string> Columns => _columns.Keys;

    /// <summary>The cells of a column that exists.</summary>
    public string[] Cells(string column)
    {
        var index = _columns[column];
        return [.. _rows.Select(row => row[index])];
    }

    /// <summary>A column as numbers: what is blank, not a number or the missing code is null.</summary>
    public double?[] Numbers(string column, double? missingCode = null) =>
        [.. Cells(column).Select(cell => Number(cell) is { } value && value != missingCode ? value : (double?)null)];

    /// <summary>The table with only the rows for which the condition holds, by their index.</summary>
    public Table Where(Func<int, bool> keep) => new(_columns, [.. _rows.Where((_, i) => keep(i))]);

    public static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= 1e100 ? value : null;

    /// <summary>Reads the table of an input.</summary>
    /// <exception cref="ModelRefusal">No data, no header, a column named twice, or a row with another number of cells.</exception>
    public static Table Of(ModelInput input)
    {
        ModelRefusal Refuse(string message) => input.Refuse("data", ModelRefusal.Inconsistent, message);
        if (!input.Has("data")) throw input.Refuse("data", ModelRefusal.Missing, "data must be given: the table as CSV text with a header line.");
        using var reader = new StringReader(input.Text("data").TrimStart('\uFEFF'));
        using var parser = new CsvParser(reader, Format);
        if (!parser.Read() || parser.Record is not { } header) throw Refuse("data has no header line.");
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in header)
            if (!columns.TryAdd(name, columns.Count)) throw Refuse($"data names the column \"{name}\" twice.");
        var rows = new List<string[]>();
        while (parser.Read())
        {
            if (parser.Record!.Length != header.Length) throw Refuse($"Line {parser.RawRow} of data has {parser.Record.Length} cells, the header {header.Length}.");
            rows.Add(parser.Record);
        }
        return new(columns, rows);
    }

    /// <summary>Refuses a column that the table does not have.</summary>
    public string Column(ModelInput input, string field, string column) => Has(column)
        ? column
        : throw input.Refuse(field, ModelRefusal.Inconsistent, $"data has no column \"{column}\"; it has {string.Join(", ", _columns.Keys.Take(50))}.");
}
