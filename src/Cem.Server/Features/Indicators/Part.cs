namespace Cem.Server.Features.Indicators;

/// <summary>Some of the answers and rows only: those that have one of the values given of each dimension named.</summary>
/// <param name="Values">By dimension (touchpoint, survey, role, tier, product, channel, region); none is empty.</param>
sealed record Part(IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    public static readonly Part All = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>As the database takes a list; none for all.</summary>
    public string[] this[string dimension] => Values.TryGetValue(dimension, out var values) ? [.. values] : [];

    /// <summary>Whether a value of a dimension is within it.</summary>
    public bool Holds(string dimension, string key) => !Values.TryGetValue(dimension, out var values) || values.Contains(key);

    /// <summary>Of it what has this value of a dimension.</summary>
    public Part With(string dimension, string key) => new(new Dictionary<string, IReadOnlyList<string>>(Values) { [dimension] = [key] });
}

/// <summary>The parameters that narrow scores, named as on all pages and in all calls, and the dimensions they stand for.</summary>
static class Narrowing
{
    public static readonly IReadOnlyList<(string Parameter, string Dimension)> Parameters =
        [("touchpoint", "touchpoint"), ("survey", "survey"), ("role", "role"), ("segment", "tier"), ("product", "product"), ("channel", "channel"), ("region", "region")];

    /// <param name="text">What stands in the address for a parameter.</param>
    /// <param name="read">The values in it.</param>
    public static Part Part(Func<string, string?> text, Func<string, IReadOnlyList<string>> read)
    {
        var named = Parameters.Where(pair => !string.IsNullOrEmpty(text(pair.Parameter))).Select(pair => (pair.Dimension, Values: read(text(pair.Parameter)!)))
            .Where(pair => pair.Values.Count > 0).ToDictionary(pair => pair.Dimension, pair => pair.Values, StringComparer.Ordinal);
        return named.Count == 0 ? Indicators.Part.All : new Part(named);
    }
}
