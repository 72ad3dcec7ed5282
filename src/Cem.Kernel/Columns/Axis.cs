namespace Cem.Kernel.Columns;

/// <summary>
/// One thing rows are grouped by. Each row falls at a place 0..Size-1 of it; the places of all axes, each times its
/// stride, make the row's key.
/// </summary>
/// <param name="Name">The dimension's name; null for periods and clusters.</param>
/// <param name="Column">The column that decides the place.</param>
/// <param name="PlaceOfCode">The place of each code that can pass the selection, from the lowest code on.</param>
/// <param name="CodeOfPlace">The other way round (for periods the position of the label).</param>
internal sealed record Axis(string? Name, int Column, int[] PlaceOfCode, int[] CodeOfPlace)
{
    public int Size => CodeOfPlace.Length;

    /// <summary>The code whose place comes first.</summary>
    public int LowestCode { get; init; }

    /// <summary>Set once all axes are known.</summary>
    public long Stride { get; set; }

    /// <summary>By code, so that a result needs the store no more; for dimensions only.</summary>
    public Member[] Members { get; init; } = [];

    public int CodeAt(long key) => CodeOfPlace[key / Stride % Size];

    /// <summary>What each code adds to a key.</summary>
    public long[] Contributions() => [.. PlaceOfCode.Select(place => place * Stride)];

    /// <summary>Codes as they are, without those the selection rules out.</summary>
    public static Axis OfCodes(string? name, int column, int codes, byte[]? allowed)
    {
        var places = new int[codes];
        var kept = new List<int>(codes);
        for (var code = 0; code < codes; code++)
        {
            places[code] = kept.Count;
            if (allowed is null || (code < allowed.Length && allowed[code] == 1))
                kept.Add(code);
        }

        return new(name, column, places, [.. kept]);
    }

    /// <summary>The periods of the days between two day codes.</summary>
    public static Axis OfPeriods(Periods periods, int firstDay, int lastDay)
    {
        var places = new int[Math.Max(lastDay - firstDay + 1, 0)];
        for (var day = 0; day < places.Length; day++)
            places[day] = periods.IndexOf(ColumnStore.DayOf(firstDay + day));
        return new(null, Segment.Day, places, [.. Enumerable.Range(0, periods.Labels.Count)]) { LowestCode = firstDay };
    }
}
