using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses;

/// <summary>Which responses are asked for, as it stands in the address.</summary>
/// <param name="Period">4w, 13w, 26w, 52w or all; counts back from today unless <paramref name="From"/> is given.</param>
/// <param name="From">First day, YYYY-MM-DD.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Band">promoters, passives or detractors, by the NPS question.</param>
/// <param name="Comment">1 for those with something in the person's own words.</param>
/// <param name="OrgUnit">Code of an org unit: it and what lies below it.</param>
sealed record ResponseFilter(
    string? Period = null, string? From = null, string? To = null, string? Survey = null, string? Touchpoint = null, string? Band = null,
    string? Comment = null, string? OrgUnit = null, string? Account = null)
{
    public const string DefaultPeriod = "13w";

    public static readonly IReadOnlyList<string> Periods = ["4w", DefaultPeriod, "26w", "52w", "all"];

    public static readonly IReadOnlyList<string> Bands = ["promoters", "passives", "detractors"];

    /// <summary>The parameters of <see cref="Where"/>.</summary>
    /// <param name="scope">The org unit that bounds what the caller sees; 0 is the whole company.</param>
    /// <param name="period">The period where nothing is said.</param>
    /// <exception cref="Problem">400: a value that is none of those known.</exception>
    public Bound Bind(long scope, CompanyTime time, string period)
    {
        var (least, most) = Band switch
        {
            null or "" => ((int?)null, (int?)null),
            "promoters" => (9, 10),
            "passives" => (7, 8),
            "detractors" => (0, 6),
            _ => throw Choice("band", Bands),
        };
        return new Bound(
            scope, Some(OrgUnit), Some(Survey), Some(Touchpoint), Some(Account), Day("from", From) ?? FirstOf(Some(Period) ?? period, time), Day("to", To), least, most,
            Comment is "1" or "true" ? 1 : 0);
    }

    static DateOnly? FirstOf(string period, CompanyTime time) => !Periods.Contains(period) ? throw Choice("period", Periods)
        : period == "all" ? null
        : time.Today.AddDays(1 - 7 * int.Parse(period.AsSpan(0, period.Length - 1), System.Globalization.CultureInfo.InvariantCulture));

    static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static DateOnly? Day(string name, string? text) => string.IsNullOrEmpty(text) ? null : Wire.TryDay(text, out var day)
        ? day
        : throw Problem.Malformed(name, "date", ("A date is needed as YYYY-MM-DD.", "需要 YYYY-MM-DD 格式的日期。"));

    static Problem Choice(string name, IReadOnlyList<string> known) =>
        Problem.Malformed(name, "choice", ($"One of these is needed: {string.Join(", ", known)}.", $"只能是以下之一：{string.Join("、", known)}。"));

    public sealed record Bound(
        long Scope, string? Below, string? Survey, string? Touchpoint, string? Account, DateOnly? From, DateOnly? To, int? Least, int? Most, int Comment);

    /// <summary>Everything that asks for responses asks like this; the table is called r.</summary>
    public const string Where = """
        WHERE r.state = 'complete'
          AND (@Scope = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
          AND (@Below IS NULL OR r.org_unit_id IN (
            SELECT t.unit_id FROM customers_v_org_tree t JOIN customers_v_org_units b ON b.id = t.ancestor_id WHERE b.code = @Below))
          AND (@Survey IS NULL OR r.survey_code = @Survey)
          AND (@Touchpoint IS NULL OR r.touchpoint = @Touchpoint)
          AND (@Account IS NULL OR r.account_id = (SELECT x.id FROM customers_v_accounts x WHERE x.external_id = @Account))
          AND (@From IS NULL OR r.completed_day >= @From)
          AND (@To IS NULL OR r.completed_day <= @To)
          AND (@Least IS NULL OR EXISTS (
            SELECT 1 FROM responses_scores s WHERE s.response_id = r.id AND s.measure = 'nps' AND s.score BETWEEN @Least AND @Most))
          AND (@Comment = 0 OR EXISTS (SELECT 1 FROM responses_texts t WHERE t.response_id = r.id AND t.comment = 1))

        """;
}
