namespace Cem.Server.Features.OperationalData;

/// <summary>The same text once, however often it stands in a file.</summary>
sealed class NamePool
{
    const int Most = 50_000;
    const int Longest = 64;

    readonly HashSet<string> names = [];
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public NamePool() => lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
            return text.ToString();
        if (lookup.TryGetValue(text, out var known))
            return known;
        if (names.Count >= Most)
            names.Clear();
        var made = text.ToString();
        names.Add(made);
        return made;
    }
}
