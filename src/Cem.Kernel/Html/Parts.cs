namespace Cem.Kernel.Html;

/// <summary>Pages of a list by cursor.</summary>
/// <param name="Next">Address of the next page; null on the last one.</param>
/// <param name="First">Address of the first page; null when this is it.</param>
/// <param name="Shown">Rows on this page.</param>
public sealed record Pager(string? Next, string? First, int Shown);

/// <summary>How far long work has come.</summary>
/// <param name="Label">What is being done, in the reader's language.</param>
/// <param name="Done">Rows done.</param>
/// <param name="Total">Rows in all; null while unknown.</param>
public sealed record ProgressBar(string Label, long Done, long? Total)
{
    /// <summary>Time left, as far as it can be told.</summary>
    public TimeSpan? Left { get; init; }

    public bool IsOver => Total is { } total && Done >= total;
}

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Title">What, in one line.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Title)
{
    /// <summary>Details, such as a comment; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Who or where from.</summary>
    public string? By { get; init; }

    public string? Href { get; init; }

    /// <summary><c>good</c> or <c>bad</c> for scores, else <c>none</c>.</summary>
    public string Tone { get; init; } = "none";
}

/// <summary>The filter bar: a GET form, so that a filter lives in the address.</summary>
/// <param name="Fields">Selects in the order shown; those after <see cref="Always"/> fold away.</param>
public sealed record FilterBar(IReadOnlyList<FilterField> Fields)
{
    /// <summary>How many fields are always in sight.</summary>
    public int Always { get; init; } = 2;

    /// <summary>Parameters that stay although the bar does not show them, such as the order of a list.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Kept { get; init; } = [];

    public IEnumerable<FilterField> First => Fields.Take(Always);

    public IReadOnlyList<FilterField> More => [.. Fields.Skip(Always)];

    /// <summary>How many of the folded fields are set.</summary>
    public int MoreSet => More.Count(f => f.IsSet);

    public bool AnySet => Fields.Any(f => f.IsSet);
}

/// <summary>One select of the filter bar; the option with an empty value stands for "all".</summary>
public sealed record FilterField(string Name, string Label, string Value, IReadOnlyList<Option> Options)
{
    /// <summary>The value in force when nothing is chosen.</summary>
    public string Default { get; init; } = "";

    public bool IsSet => Value != Default;

    public IEnumerable<FilterOption> Choices => Options.Select(option => new FilterOption(option.Value, option.Label, option.Value == Value));
}

/// <summary>An option of a filter.</summary>
public sealed record FilterOption(string Value, string Label, bool Selected);

/// <summary>A page that says what went wrong.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What happened, in the reader's language.</param>
/// <param name="Detail">What to do now.</param>
/// <param name="TraceId">To find it in the log; null for none.</param>
public sealed record ErrorPage(int Status, string Title, string Detail, string? TraceId)
{
    /// <summary>The built-in words for a status.</summary>
    public static ErrorPage For(int status, Text.ScopedTexts texts, string? traceId)
    {
        var key = status is 400 or 401 or 403 or 404 or 409 or 410 or 412 or 413 or 429 or 503 ? $"error.{status}" : status < 500 ? "error.400" : "error.500";
        return new(status, texts[key], texts[key + ".detail"], traceId);
    }
}
