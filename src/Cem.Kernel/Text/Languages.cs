namespace Cem.Kernel.Text;

/// <summary>The languages everything people read exists in, as BCP 47 tags.</summary>
public static class Languages
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    /// <summary>Used where nobody has chosen.</summary>
    public const string Default = Chinese;

    /// <summary>All languages, the default one first.</summary>
    public static IReadOnlyList<string> All { get; } = [Chinese, English];

    public static bool Knows(string? language) => language is Chinese or English;

    /// <summary>
    /// Picks the best known language for a list of wishes in the form of an <c>Accept-Language</c> header
    /// (<c>en-GB,en;q=0.9,zh;q=0.8</c>) or a single tag; <see cref="Default"/> when none is known.
    /// </summary>
    public static string Choose(string? wishes)
    {
        var best = (Language: Default, Weight: 0.0);
        foreach (var wish in (wishes ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = wish.Split(';', StringSplitOptions.TrimEntries);
            if (Match(parts[0]) is { } language && Weight(parts) is var weight && weight > best.Weight)
                best = (language, weight);
        }
        return best.Language;
    }

    static string? Match(string tag) => tag.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "ZH" => Chinese,
        "EN" => English,
        _ => null
    };

    static double Weight(string[] parts)
    {
        var q = parts.Skip(1).FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        if (q is null) return 1;
        return double.TryParse(q.AsSpan(2), System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture, out var weight) ? weight : 0;
    }
}
