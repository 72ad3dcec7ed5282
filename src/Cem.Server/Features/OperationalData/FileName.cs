namespace Cem.Server.Features.OperationalData;

/// <summary>What the name of a file says of what is in it.</summary>
static class FileName
{
    public const string Accepted = ".csv,.tsv,.txt,.ndjson,.jsonl,.gz";

    /// <returns>Null for a name that says nothing known.</returns>
    public static (FileFormat Format, bool Packed)? Read(string name)
    {
        var packed = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        return Path.GetExtension(packed ? name[..^3] : name).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" or ".txt" => (FileFormat.Csv, packed),
            ".ndjson" or ".jsonl" => (FileFormat.Ndjson, packed),
            _ => null,
        };
    }
}
