namespace Cem.Kernel.Columns;

/// <summary>
/// Gives each distinct value the next code. One thread adds; any thread reads <see cref="Values"/> meanwhile, and
/// finds in it every code of the rows it can see.
/// </summary>
internal sealed class Vocabulary<T>
    where T : IEquatable<T>
{
    readonly Dictionary<T, int> _codes = [];
    T[] _values = new T[16];
    int _count;

    /// <summary>The values by code.</summary>
    public ReadOnlySpan<T> Values
    {
        get
        {
            // The count first: the array read after it is never the shorter one.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _values).AsSpan(0, count);
        }
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>The code of a value, a new one if need be.</summary>
    public int Code(T value)
    {
        if (_codes.TryGetValue(value, out var code))
            return code;
        code = _count;
        if (code == _values.Length)
        {
            var longer = new T[code * 2];
            _values.CopyTo(longer, 0);
            Volatile.Write(ref _values, longer);
        }

        _values[code] = value;
        _codes.Add(value, code);
        Volatile.Write(ref _count, code + 1);
        return code;
    }
}
