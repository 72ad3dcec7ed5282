namespace Cem.Server.Features.Customers;

/// <summary>Patterns for <c>LIKE ... ESCAPE '\'</c>.</summary>
static class Like
{
    /// <summary>Matches what holds this text, taken literally; null where nothing is looked for.</summary>
    public static string? Holds(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
