using System.Text;
using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>Reads a pasted sample as a source would read a file, and writes nothing.</summary>
static class SourceTrial
{
    public const int MostRows = 200;
    public const int LongestSample = 200_000;

    /// <param name="code">Of the source, which may not be there yet.</param>
    /// <exception cref="Problem">422: the declaration breaks a rule, or the sample has other columns.</exception>
    public static async Task<TrialAnswer> Run(Db db, Caller caller, CompanyTime time, string code, SourceDefinition source, string sample, CancellationToken ct)
    {
        if (SourceRules.Check(code, source) is { Count: > 0 } errors)
            throw Problem.Rules(errors);
        if (sample.Length > LongestSample)
            throw Problem.Rule("/sample", "length", ($"At most {LongestSample} characters are taken.", $"最多 {LongestSample} 个字符。"));
        var format = sample.AsSpan().TrimStart() is ['{', ..] ? FileFormat.Ndjson : FileFormat.Csv;
        var slots = source.Fields.Where(field => field.Metric is not null).Index().ToDictionary(pair => pair.Item.Metric!, pair => pair.Index, StringComparer.OrdinalIgnoreCase);
        try
        {
            using var file = await RowFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(sample)), format, source, ct);
            var reader = new RowReader(source, code, slots, time);
            var rows = new RowChunk();
            var more = false;
            while (await file.Next(ct) && !(more = rows.Count == MostRows))
                reader.Read(file, rows);
            new References(db, caller.OrgUnit).Resolve(rows);
            var known = SourceStore.Find(db, code);
            return new TrialAnswer([.. rows.Select(row => Tell(db, known, rows, row, source, slots))], file.Ignored, more);
        }
        catch (InvalidDataException)
        {
            throw Problem.Rule("/sample", "unreadable-file", ("The sample cannot be read: a line is too long or has too many columns.", "样例无法读取：行过长或列过多。"));
        }
    }

    static TrialRow Tell(Db db, DeclaredSource? known, RowChunk rows, ReadRow row, SourceDefinition source, Dictionary<string, int> slots)
    {
        var key = Encoding.UTF8.GetString(rows[row.Key]);
        var outcome = row.Errors.Count > 0 ? TrialOutcome.Refused
            : known is not null && db.Single<bool>(Sql.Exists, new { Source = known.Id, Key = key }) ? TrialOutcome.Known : TrialOutcome.New;
        var numbers = JsonSerializer.Deserialize<double?[]>(rows[row.Numbers])!;
        return new TrialRow(
            row.Line, outcome, key, row.Account, row.Contact, row.OrgUnit, row.Day, row.At is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.Type, row.Touchpoint, row.Product, row.Channel,
            slots.ToDictionary(slot => slot.Key, slot => slot.Value < numbers.Length ? numbers[slot.Value] : null), JsonElement.Parse(rows[row.Attributes]),
            [.. row.Errors.Select(error => Rejection.Of(error, source))]);
    }
}

enum TrialOutcome
{
    New,

    /// <summary>A row with this key is there: the same again changes nothing, something else corrects it.</summary>
    Known,
    Refused,
}

/// <param name="More">Whether the sample has more rows than are tried.</param>
sealed record TrialAnswer(IReadOnlyList<TrialRow> Rows, IReadOnlyList<string> IgnoredColumns, bool More);

/// <summary>What a row would become.</summary>
sealed record TrialRow(
    long Line, TrialOutcome Outcome, string Key, string? Account, string? Contact, string? OrgUnit, DateOnly? Day, DateTimeOffset? At, string? Type, string? Touchpoint, string? Product, string? Channel,
    IReadOnlyDictionary<string, double?> Numbers, JsonElement Attributes, IReadOnlyList<Rejection> Errors);

file static class Sql
{
    public const string Exists = "SELECT EXISTS (SELECT 1 FROM operational_data_rows WHERE source_id = @Source AND key = @Key)";
}
