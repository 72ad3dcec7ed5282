using System.Collections;
using Cem.Kernel.Html.Helpers;
using Microsoft.Extensions.Primitives;

namespace Cem.Kernel.Html;

/// <summary>A fault in one field of a form.</summary>
/// <param name="Field">Name of the field; empty for the form as a whole.</param>
/// <param name="Message">What is wrong and how to put it right, in the reader's language.</param>
public sealed record FormError(string Field, string Message)
{
    /// <summary>Where the error summary leads to.</summary>
    public string Href => Field.Length == 0 ? "#content" : "#" + Form.Id(Field);
}

/// <summary>One choice of a select, of radio buttons or of check boxes.</summary>
public sealed record Option(string Value, string Label, bool Disabled = false);

/// <summary>What a form shows: the values it holds, as typed, and what is wrong with them.</summary>
public sealed class Form
{
    readonly Dictionary<string, string[]> _values;

    Form(Dictionary<string, string[]> values, IReadOnlyList<FormError> errors) => (_values, Errors) = (values, errors);

    public static Form Empty { get; } = new([], []);

    /// <summary>Everything that is wrong, in the order of the fields.</summary>
    public IReadOnlyList<FormError> Errors { get; }

    /// <summary>A form filled from stored values: numbers and dates are written as inputs want them, lists give several values.</summary>
    public static Form Of(params IEnumerable<(string Name, object? Value)> values) =>
        new(values.ToDictionary(v => v.Name, v => v.Value is IEnumerable list and not string
            ? list.Cast<object?>().Select(HelperCall.Invariant).ToArray()
            : [HelperCall.Invariant(v.Value)], StringComparer.OrdinalIgnoreCase), []);

    /// <summary>The form as it was sent, to be shown again.</summary>
    public static Form Posted(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        new(values.ToDictionary(v => v.Key, v => v.Value.Where(value => value is not null).Select(value => value!).ToArray(), StringComparer.OrdinalIgnoreCase), []);

    /// <summary>The same values with what is wrong.</summary>
    public Form With(params IEnumerable<FormError> errors) => new(_values, [.. Errors, .. errors]);

    /// <summary>The first value of a field; empty where it has none.</summary>
    public string Value(string field) => Values(field) is [var first, ..] ? first : "";

    /// <summary>All values of a field.</summary>
    public IReadOnlyList<string> Values(string field) => _values.GetValueOrDefault(field, []);

    /// <summary>The first thing wrong with a field, or null. Names are compared without regard to case.</summary>
    public string? Error(string field) => Errors.FirstOrDefault(e => string.Equals(e.Field, field, StringComparison.OrdinalIgnoreCase))?.Message;

    /// <summary>The element id of a field, so that errors and labels find it.</summary>
    public static string Id(string field) =>
        "f-" + string.Concat(field.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
