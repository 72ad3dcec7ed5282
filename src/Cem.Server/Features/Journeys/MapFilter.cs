using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Journeys;

/// <summary>
/// The filter bar of the map, as it stands in the address, with the same names as on the other pages. What cannot be read
/// counts as not chosen, so that an old link still opens.
/// </summary>
/// <param name="Measure">index (of the indicator library), nps, csat or ces: what colours the touchpoints.</param>
/// <param name="Product">Null takes that of the variant; empty is all.</param>
sealed record MapFilter(
    string? Period = null, string? OrgUnit = null, string? Measure = null, string? Product = null, string? Channel = null, string? Role = null, string? Segment = null, string? Region = null)
{
    public const string DefaultPeriod = "13w";

    public static readonly IReadOnlyList<string> Periods = ["4w", DefaultPeriod, "26w", "52w"];

    public const string Index = "index", Nps = "nps", Csat = "csat", Ces = "ces";

    public static readonly IReadOnlyList<string> Measures = [Index, Nps, Csat, Ces];

    /// <summary>Parameters and the dimensions of answers and O-data they stand for.</summary>
    public static readonly IReadOnlyList<(string Parameter, string Dimension)> Dimensions =
        [("product", "product"), ("channel", "channel"), ("role", "role"), ("segment", "tier"), ("region", "region")];

    public string PeriodName => Periods.Contains(Period) ? Period! : DefaultPeriod;

    public int Weeks => int.Parse(PeriodName.TrimEnd('w'), CultureInfo.InvariantCulture);

    public string MeasureName => Measures.Contains(Measure) ? Measure! : Index;

    public string? this[string parameter] => parameter switch
    {
        "product" => Product,
        "channel" => Channel,
        "role" => Role,
        "segment" => Segment,
        _ => Region,
    };

    /// <summary>A variant shows what was answered in its channel and about its product, unless something else was chosen.</summary>
    public MapFilter For(Variant? variant) => this with { Product = Product ?? variant?.Product, Channel = Channel ?? variant?.Channel };

    /// <summary>The answers of the days chosen.</summary>
    public ScoreQuery Scores(string measure, long scope, CompanyTime time, bool before = false)
    {
        var from = time.Today.AddDays(1 - 7 * Weeks);
        return new ScoreQuery(measure, scope, before ? from.AddDays(-7 * Weeks) : from, before ? from.AddDays(-1) : time.Today, ["touchpoint"])
        {
            Filter = Dimensions.Where(pair => !string.IsNullOrEmpty(this[pair.Parameter])).ToDictionary(pair => pair.Dimension, pair => (IReadOnlyList<string>)[this[pair.Parameter]!]),
        };
    }

    /// <summary>A page over the same answers.</summary>
    public string Link(string path, params IEnumerable<(string Name, string? Value)> more) => Urls.Build(path, [.. Set().Concat(more.Select(pair => KeyValuePair.Create(pair.Name, pair.Value ?? "")))]);

    /// <summary>A page of the journey itself, from which the map comes back as it stands now: with what colours it, and also where "all" was chosen in a variant.</summary>
    public string Here(string path, params IEnumerable<(string Name, string? Value)> more)
    {
        var here = Link(path, [("measure", Measure != Index && Measures.Contains(Measure) ? Measure : null), .. more]);
        foreach (var all in Dimensions.Select(pair => pair.Parameter).Where(parameter => this[parameter] is "" && parameter is "product" or "channel"))
            here += $"{(here.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{all}=";
        return here;
    }

    IEnumerable<KeyValuePair<string, string>> Set()
    {
        if (PeriodName != DefaultPeriod)
            yield return new("period", PeriodName);
        yield return new("orgUnit", OrgUnit ?? "");
        foreach (var (parameter, _) in Dimensions)
            yield return new(parameter, this[parameter] ?? "");
    }
}
