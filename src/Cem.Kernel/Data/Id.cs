using System.Diagnostics.CodeAnalysis;

namespace Cem.Kernel.Data;

/// <summary>
/// A 64-bit, time-ordered identifier; outside the server thirteen characters of Crockford's base 32, lower case,
/// so that it survives being read out over a telephone.
/// </summary>
public readonly record struct Id(long Value) : IParsable<Id>
{
    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    const int Length = 13;

    public static implicit operator long(Id id) => id.Value;

    public override string ToString() => string.Create(Length, Value, static (text, value) =>
    {
        for (var i = Length - 1; i >= 0; i--, value >>= 5)
            text[i] = Alphabet[(int)(value & 31)];
    });

    public static Id Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("An id has thirteen characters of base 32.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id result)
    {
        result = default;
        if (s is not { Length: Length })
            return false;
        long value = 0;
        foreach (var c in s)
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (digit < 0)
                return false;
            value = value << 5 | (long)digit;
        }
        result = new Id(value);
        return true;
    }
}
