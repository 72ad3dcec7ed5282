using System.Globalization;

namespace Cem.Kernel.Columns;

/// <summary>One value of a dimension: a text, an id, or <see cref="None"/> where the row has none.</summary>
public readonly record struct Member
{
    Member(string? text, long? id) => (Text, Id) = (text, id);

    /// <summary>The row has no value in this dimension. A group of its own, and a member one can filter by.</summary>
    public static Member None => default;

    /// <summary>The text, or null where the member is an id or none.</summary>
    public string? Text { get; }

    /// <summary>The id, or null where the member is a text or none.</summary>
    public long? Id { get; }

    public bool IsNone => Text is null && Id is null;

    public static Member Of(string? text) => new(text, null);

    public static Member Of(long? id) => new(null, id);

    public static implicit operator Member(string? text) => Of(text);

    public static implicit operator Member(long id) => Of(id);

    public override string ToString() => Text ?? Id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
