using Cem.Kernel.Text;

namespace Cem.Server.Features.OperationalData;

enum SourceKind
{
    /// <summary>Numbers of an account or org unit for a period.</summary>
    Metric,

    /// <summary>Things that happened at an instant.</summary>
    Event,
}

enum FieldType
{
    Text,
    Integer,
    Number,
    Boolean,
    Date,

    /// <summary>With its offset.</summary>
    Instant,

    /// <summary>A wall-clock time of the company's time zone.</summary>
    LocalTime,
}

/// <summary>What a column means to this server; the others are numbers or attributes.</summary>
enum FieldRole
{
    Account,
    Contact,
    OrgUnit,

    /// <summary>The period that a metric's row stands for.</summary>
    Period,

    /// <summary>When an event happened.</summary>
    At,
    Touchpoint,
    Product,
    Channel,

    /// <summary>What kind of event it is.</summary>
    Type,
}

enum PeriodLength
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>How numbers are written in a file.</summary>
enum NumberStyle
{
    /// <summary>1234.5</summary>
    Plain,

    /// <summary>1,234.5</summary>
    CommaGroups,

    /// <summary>1.234,5 or 1234,5</summary>
    DecimalComma,
}

/// <summary>In which order a date between slashes, dots or dashes is written, where its year does not come first.</summary>
enum DateOrder
{
    YearFirst,
    DayFirst,
    MonthFirst,
}

/// <summary>One column of a source.</summary>
/// <param name="Maps">What it names or says of the row; null for a metric or an attribute.</param>
/// <param name="Period">How long the period is, of the column that maps to it.</param>
/// <param name="Metric">Code under which indicators find the number; null for an attribute.</param>
/// <param name="Aliases">What other words for a category stand for.</param>
/// <param name="Required">Whether a row without it is refused; key fields, account, period and instant always are.</param>
sealed record SourceField(
    string Column, FieldType Type, FieldRole? Maps = null, PeriodLength? Period = null, string? Metric = null, string? Unit = null, Wording? Name = null,
    IReadOnlyDictionary<string, string>? Aliases = null, bool Required = false, DateOrder Dates = DateOrder.YearFirst);

/// <summary>What a file of O-data looks like and what its columns mean.</summary>
record SourceDefinition
{
    public required Wording Name { get; init; }

    public required SourceKind Kind { get; init; }

    /// <summary>The columns that together name a row: the same again is the same row, with other numbers a correction.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    public required IReadOnlyList<SourceField> Fields { get; init; }

    public NumberStyle Numbers { get; init; }

    /// <summary>What kind of event its rows are, where no column says so; the source's code if null.</summary>
    public string? EventType { get; init; }

    /// <summary>Whether new rows may set surveys off, as events do that are reported one by one.</summary>
    public bool Triggers { get; init; }

    public SourceField? Of(FieldRole role) => Fields.FirstOrDefault(field => field.Maps == role);

    /// <summary>Whether a row that leaves it empty is refused.</summary>
    public bool Needs(SourceField field) =>
        field.Required || Key.Contains(field.Column, StringComparer.OrdinalIgnoreCase) || field.Maps is FieldRole.Account or FieldRole.OrgUnit or FieldRole.Period or FieldRole.At;

    public PeriodLength Period => Of(FieldRole.Period)?.Period ?? PeriodLength.Day;
}
