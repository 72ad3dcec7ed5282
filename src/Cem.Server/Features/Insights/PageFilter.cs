using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Columns;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Insights;

/// <summary>
/// The filter bar of the pages, as it stands in the address: one period, one org unit, one value of each dimension. What
/// cannot be read counts as not chosen, so that an old link still opens.
/// </summary>
sealed record PageFilter(
    string? Period = null, string? OrgUnit = null, string? Touchpoint = null, string? Survey = null, string? Role = null, string? Segment = null,
    string? Product = null, string? Channel = null, string? Region = null)
{
    public const string DefaultPeriod = "13w";

    static readonly string[] PeriodNames = ["4w", DefaultPeriod, "26w", "52w"];

    static readonly (string Parameter, string Dimension)[] Dimensions =
    [
        ("touchpoint", ScoreColumns.Touchpoint), ("survey", ScoreColumns.Survey), ("role", ScoreColumns.Role), ("segment", ScoreColumns.Tier),
        ("product", ScoreColumns.Product), ("channel", ScoreColumns.Channel), ("region", ScoreColumns.Region),
    ];

    /// <summary>How many weeks back, today included.</summary>
    public int Weeks => int.Parse(PeriodName.TrimEnd('w'), CultureInfo.InvariantCulture);

    /// <summary>What is drawn over time: weeks, or months of a whole year.</summary>
    public string Grain => Weeks > 26 ? "month" : "week";

    public string PeriodName => PeriodNames.Contains(Period) ? Period! : DefaultPeriod;

    /// <summary>The parameter that stands for a dimension; null for one that pages do not filter by.</summary>
    public static string? ParameterOf(string dimension) => dimension is ScoreColumns.OrgUnit or ScoreReader.Branch
        ? ScoreColumns.OrgUnit
        : Dimensions.FirstOrDefault(pair => pair.Dimension == dimension).Parameter;

    /// <summary>The NPS answers of the page's days, org unit and dimensions.</summary>
    public ScoreQuery Scores(Caller caller, ScoreColumns columns, CompanyTime time) => new(
        "nps", new InsightFilter(OrgUnit: OrgUnit).Scope(caller, columns.Units), time.Today.AddDays(1 - 7 * Weeks), time.Today)
    {
        Filter = Dimensions.Select(pair => (pair.Dimension, Value: this[pair.Parameter])).Where(pair => !string.IsNullOrEmpty(pair.Value))
            .ToDictionary(pair => pair.Dimension, pair => (IReadOnlyList<string>)[pair.Value!]),
    };

    /// <summary>The same query, held against as many days before.</summary>
    public NpsQuery Compared(ScoreQuery scores) => new(scores, scores.From!.Value.AddDays(-7 * Weeks), scores.From.Value.AddDays(-1));

    /// <summary>A path with this filter, some parameters changed; an empty value drops one.</summary>
    public string Link(string path, params IEnumerable<(string Name, string? Value)> changes) => Urls.Build(path, Parameters(changes));

    /// <summary>This filter as it stands in an address, some parameters changed; an empty value drops one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters(params IEnumerable<(string Name, string? Value)> changes)
    {
        var parameters = Set().ToDictionary(pair => pair.Name, pair => pair.Value);
        foreach (var (name, value) in changes)
            parameters[name] = value ?? "";
        return [.. parameters.Where(pair => pair.Value.Length > 0)];
    }

    /// <summary>The answers a score of this filter is counted from, some parameters changed.</summary>
    public string Responses(string measure, params IEnumerable<(string Name, string? Value)> changes) =>
        Link("/responses", [("measure", measure), ("interested", "0"), .. changes]);

    /// <summary>The answers of some days, as far as they lie in those of the query.</summary>
    public string ResponsesOf(ScoreQuery scores, DateOnly first, DateOnly last)
    {
        var (from, to) = (first < scores.From ? scores.From.Value : first, last > scores.To ? scores.To.Value : last);
        return Responses(scores.Measure, ("period", string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}..{to:yyyy-MM-dd}")));
    }

    public FilterBar Bar(Caller caller, ScoreColumns columns, Wording words, params (string Name, string Value)[] kept) => new(
        [
            new FilterField("period", words["filter.period"], PeriodName, [.. PeriodNames.Select(name => new Option(name, words["period." + name]))]) { Default = DefaultPeriod },
            new FilterField("orgUnit", words["dimension.orgUnit"], OrgUnit ?? "", [new Option("", words[caller.OrgUnit == 0 ? "filter.company" : "filter.own"]), .. Units(caller.OrgUnit, columns.Units)]),
            .. Dimensions.Select(pair => new FilterField(pair.Parameter, words["dimension." + pair.Dimension], this[pair.Parameter] ?? "",
                [new Option("", words["filter.all"]), .. Values(pair.Dimension, caller, columns, words)])),
        ])
    {
        Always = 4,
        Kept = [.. kept.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))],
    };

    string? this[string parameter] => parameter switch
    {
        "touchpoint" => Touchpoint,
        "survey" => Survey,
        "role" => Role,
        "segment" => Segment,
        "product" => Product,
        "channel" => Channel,
        "region" => Region,
        _ => throw new ArgumentException($"There is no parameter '{parameter}'.", nameof(parameter)),
    };

    IEnumerable<(string Name, string Value)> Set()
    {
        if (PeriodName != DefaultPeriod)
            yield return ("period", PeriodName);
        if (!string.IsNullOrEmpty(OrgUnit))
            yield return ("orgUnit", OrgUnit);
        foreach (var (parameter, _) in Dimensions)
            if (!string.IsNullOrEmpty(this[parameter]))
                yield return (parameter, this[parameter]!);
    }

    static IEnumerable<Option> Units(long above, OrgTree units)
    {
        return Outline.Of(Below(above), unit => Below(unit.Id)).Select(place => new Option(place.Item.Code, Outline.Indent(place.Depth) + place.Item.Name));

        IEnumerable<OrgNode> Below(long id) => units.Below(id).OrderBy(unit => unit.Code, StringComparer.Ordinal);
    }

    static IEnumerable<Option> Values(string dimension, Caller caller, ScoreColumns columns, Wording words) => Seen(dimension, caller, columns)
        .Where(member => !member.IsNone).Select(member => new Option(member.Text!, words.Name(dimension, member.Text))).OrderBy(option => option.Label, StringComparer.CurrentCulture);

    /// <summary>The values that stand in answers the caller may see: a value of another branch is not even offered.</summary>
    static IEnumerable<Member> Seen(string dimension, Caller caller, ScoreColumns columns) => caller.OrgUnit == 0
        ? columns.Store.Members(dimension)
        : columns.Store.Ask(new CellQuery(Scale.Values(0, 10))
        {
            Filter = Filter.All.Where(ScoreColumns.OrgUnit, columns.Units.Reach(caller.OrgUnit).Select(id => (Member)id)),
            By = [dimension],
        }).Select(cell => cell[dimension]);
}
