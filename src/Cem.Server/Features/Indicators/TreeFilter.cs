using System.Globalization;
using Cem.Kernel.Html;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators;

/// <summary>
/// The filter bar of the pages, as it stands in the address, with the same names as on the other pages: one period, one org
/// unit, one value of each dimension. What cannot be read counts as not chosen, so that an old link still opens.
/// </summary>
sealed record TreeFilter(
    string? Period = null, string? OrgUnit = null, string? Touchpoint = null, string? Survey = null, string? Role = null, string? Segment = null,
    string? Product = null, string? Channel = null, string? Region = null)
{
    public const string DefaultPeriod = "13w";

    public static readonly IReadOnlyList<string> Periods = ["4w", DefaultPeriod, "26w", "52w"];

    public string PeriodName => Periods.Contains(Period) ? Period! : DefaultPeriod;

    public int Weeks => int.Parse(PeriodName.TrimEnd('w'), CultureInfo.InvariantCulture);

    public string? this[string parameter] => parameter switch
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

    public Part Part() => Narrowing.Part(parameter => this[parameter], value => [value]);

    public Window Days(CompanyTime time) => new(time.Today.AddDays(1 - 7 * Weeks), time.Today);

    /// <summary>A path with this filter, some parameters changed; an empty value drops one.</summary>
    public string Link(string path, params IEnumerable<(string Name, string? Value)> changes)
    {
        var parameters = new Dictionary<string, string> { ["period"] = PeriodName == DefaultPeriod ? "" : PeriodName };
        foreach (var (name, value) in Narrowing.Parameters.Select(pair => (pair.Parameter, this[pair.Parameter])).Prepend(("orgUnit", OrgUnit)).Concat(changes))
            parameters[name] = value ?? "";
        return Urls.Build(path, parameters);
    }
}
