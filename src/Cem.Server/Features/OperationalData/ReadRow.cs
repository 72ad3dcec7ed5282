using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>One row as it was read. Used again for another row: a million new ones would be kept by the collector far too long.</summary>
sealed class ReadRow
{
    List<FieldError>? errors;

    public long Line { get; private set; }

    /// <summary>Everything that is wrong with it; empty for a good row.</summary>
    public IReadOnlyList<FieldError> Errors => (IReadOnlyList<FieldError>?)errors ?? [];

    /// <summary>Its cells as they stood, a JSON list, of rows that are refused or may yet be.</summary>
    public Range Raw { get; set; }

    /// <summary>What it names, as ids; null until it is looked up, and for a row that is refused.</summary>
    public Resolved? Resolved { get; set; }

    /// <summary>As all texts that may differ from row to row, a piece of the texts of its <see cref="RowChunk"/>.</summary>
    public Range Key { get; set; }

    public string? Account { get; set; }

    public string? Contact { get; set; }

    public string? OrgUnit { get; set; }

    public string? Touchpoint { get; set; }

    public string? Product { get; set; }

    public string? Channel { get; set; }

    public string? Type { get; set; }

    /// <summary>Null where the source has no period: the row stands for the day it comes in.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>Milliseconds; of events.</summary>
    public long? At { get; set; }

    /// <summary>A JSON list, each number in its slot.</summary>
    public Range Numbers { get; set; }

    /// <summary>A JSON object of what is no number.</summary>
    public Range Attributes { get; set; }

    public void Refuse(FieldError error) => (errors ??= []).Add(error);

    /// <summary>Forgets the row before.</summary>
    public void Begin(long line)
    {
        Line = line;
        errors?.Clear();
        Resolved = null;
        Raw = Key = Numbers = Attributes = default;
        Account = Contact = OrgUnit = Touchpoint = Product = Channel = Type = null;
        Day = null;
        At = null;
    }
}
