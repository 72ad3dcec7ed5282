using System.Collections;

namespace Cem.Kernel.Html.Helpers;

/// <summary>Questions for <c>{{#if (eq state "open")}}</c>: no arithmetic, no business rules.</summary>
static class Logic
{
    public static IEnumerable<(string, Helper)> All { get; } =
    [
        ("eq", (in call) => Same(call[0], call[1])),
        ("ne", (in call) => !Same(call[0], call[1])),
        ("gt", (in call) => call.Number(0) > call.Number(1)),
        ("lt", (in call) => call.Number(0) < call.Number(1)),
        ("not", (in call) => !Truth(call[0])),
        ("and", (in call) => All_(call)),
        ("or", (in call) => Any(call)),
        ("any", (in call) => call[0] is IEnumerable list and not string && list.Cast<object?>().Any()),
        ("isNull", (in call) => call[0] is null),
        ("concat", (in call) => Concat(call)),
        ("list", (in call) => List(call))
    ];

    /// <summary>Equal as a template means it: an enum equals its name, a number its literal.</summary>
    internal static bool Same(object? a, object? b) => Equals(a, b) || HelperCall.Invariant(a) == HelperCall.Invariant(b) && a is null == b is null;

    /// <summary>False, null, zero, empty text and empty lists are not true.</summary>
    internal static bool Truth(object? value) => value switch
    {
        null or false or "" => false,
        true => true,
        string => true,
        IEnumerable list => list.Cast<object?>().Any(),
        IConvertible number and not Enum => number.ToDouble(System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true
    };

    static bool All_(in HelperCall call)
    {
        for (var i = 0; i < call.Count; i++)
            if (!Truth(call[i])) return false;
        return true;
    }

    static bool Any(in HelperCall call)
    {
        for (var i = 0; i < call.Count; i++)
            if (Truth(call[i])) return true;
        return false;
    }

    static string Concat(in HelperCall call)
    {
        var parts = new string[call.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = call.Text(i);
        return string.Concat(parts);
    }

    static object?[] List(in HelperCall call)
    {
        var items = new object?[call.Count];
        for (var i = 0; i < items.Length; i++) items[i] = call[i];
        return items;
    }
}
