using System.Globalization;

namespace Cem.Kernel.Columns;

/// <summary>One value of a dimension: a text, an id, or <see cref="None"/> where the row has none.</summary>
public readonly record struct Member
{
    static readonly object IsId = new();

    // The text itself, the marker of an id, or null.
    readonly object? _kind;
    readonly long _id;

    Member(object? kind, long id) => (_kind, _id) = (kind, id);

    /// <summary>The row has no value in this dimension. A group of its own, and a member one can filter by.</summary>
    public static Member None => default;

    /// <summary>The text, or null where the member is an id or none.</summary>
    public string? Text => _kind as string;

    /// <summary>The id, or null where the member is a text or none.</summary>
    public long? Id => _kind == IsId ? _id : null;

    public bool IsNone => _kind is null;

    public static Member Of(string? text) => new(text, 0);

    public static Member Of(long? id) => id is { } known ? new(IsId, known) : None;

    public static implicit operator Member(string? text) => Of(text);

    public static implicit operator Member(long id) => Of(id);

    // By hand, because loading compares members a hundred million times and most of them are the very same object.
    public bool Equals(Member other) =>
        _id == other._id && (_kind == other._kind || (_kind is string text && text.Equals(other._kind)));

    public override int GetHashCode() => _kind is string text ? text.GetHashCode(StringComparison.Ordinal) : _id.GetHashCode();

    public override string ToString() => Text ?? Id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
