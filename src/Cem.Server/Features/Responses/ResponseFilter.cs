using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses;

/// <summary>Which responses are asked for, as it stands in the address.</summary>
/// <param name="Period">4w, 13w, 26w, 52w or all, or days as 2026-03-09..2026-03-15; counts back from today. <paramref name="From"/> and <paramref name="To"/> come first.</param>
/// <param name="From">First day, YYYY-MM-DD.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Measure">nps, csat or ces: those with a score of it.</param>
/// <param name="Band">promoters, passives or detractors, by the NPS question.</param>
/// <param name="Comment">1 for those with something in the person's own words.</param>
/// <param name="OrgUnit">Code of an org unit: it and what lies below it.</param>
/// <param name="Segment">The tier of the account at the moment of the answer; so are role, product, channel and region.</param>
/// <param name="Interested">0 leaves out what an interested party recorded, as every score does; 1 gives nothing else.</param>
sealed record ResponseFilter(
    string? Period = null, string? From = null, string? To = null, string? Survey = null, string? Touchpoint = null, string? Measure = null, string? Band = null,
    string? Comment = null, string? OrgUnit = null, string? Account = null, string? Role = null, string? Segment = null, string? Product = null,
    string? Channel = null, string? Region = null, string? Interested = null)
{
    const int LowestScore = 0;
    const int HighestScore = 100;

    public const string DefaultPeriod = "13w";

    /// <summary>Between the two days of a period that is given by days.</summary>
    public const string Until = "..";

    public static readonly IReadOnlyList<string> Periods = ["4w", DefaultPeriod, "26w", "52w", "all"];

    public static readonly IReadOnlyList<string> Measures = ["nps", "csat", "ces"];

    public static readonly IReadOnlyList<string> Bands = ["promoters", "passives", "detractors"];

    /// <summary>The same, its days in <see cref="Period"/> alone, where one choice holds them.</summary>
    public ResponseFilter WithDaysAsPeriod() => string.IsNullOrEmpty(From) && string.IsNullOrEmpty(To) ? this
        : this with { Period = From + Until + To, From = null, To = null };

    /// <summary>What is asked for, as an address has it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters => new (string Name, string? Value)[]
        {
            ("period", Period), ("from", From), ("to", To), ("survey", Survey), ("touchpoint", Touchpoint), ("measure", Measure), ("band", Band), ("comment", Comment),
            ("orgUnit", OrgUnit), ("account", Account), ("role", Role), ("segment", Segment), ("product", Product), ("channel", Channel), ("region", Region),
            ("interested", Interested),
        }
        .Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!));

    /// <summary>The parameters of <see cref="Where"/>.</summary>
    /// <param name="scope">The org unit that bounds what the caller sees; 0 is the whole company.</param>
    /// <param name="period">The period where nothing is said of days.</param>
    /// <exception cref="Problem">400: a value that is none of those known.</exception>
    public Bound Bind(long scope, CompanyTime time, string period)
    {
        if (WithDaysAsPeriod() is var said && said != this)
            return said.Bind(scope, time, period);
        var (least, most) = Band switch
        {
            null or "" => (LowestScore, HighestScore),
            "promoters" => (9, 10),
            "passives" => (7, 8),
            "detractors" => (0, 6),
            _ => throw Choice("band", Bands),
        };
        var measure = Some(Measure) ?? (Some(Band) is null ? null : "nps");
        if (measure is not null && !Measures.Contains(measure))
            throw Choice("measure", Measures);
        var (from, to) = Days(Some(Period) ?? period, time);
        return new Bound(
            scope, Some(OrgUnit), Some(Survey), Some(Touchpoint), Some(Account), Some(Role), Some(Segment), Some(Product), Some(Channel), Some(Region), from, to, measure, least, most,
            Comment is "1" or "true" ? 1 : 0, Some(Interested) switch { null => null, "0" => 0, "1" => 1, _ => throw Choice("interested", ["0", "1"]) });
    }

    static (DateOnly? From, DateOnly? To) Days(string period, CompanyTime time)
    {
        if (period.Split(Until) is [var from, var to])
            return (Day("from", from), Day("to", to));
        if (!Periods.Contains(period))
            throw Choice("period", Periods);
        return (period == "all" ? null : time.Today.AddDays(1 - 7 * int.Parse(period.AsSpan(0, period.Length - 1), System.Globalization.CultureInfo.InvariantCulture)), null);
    }

    static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static DateOnly? Day(string name, string? text) => string.IsNullOrEmpty(text) ? null : Wire.TryDay(text, out var day)
        ? day
        : throw Problem.Malformed(name, "date", ("A date is needed as YYYY-MM-DD.", "需要 YYYY-MM-DD 格式的日期。"));

    static Problem Choice(string name, IReadOnlyList<string> known) =>
        Problem.Malformed(name, "choice", ($"One of these is needed: {string.Join(", ", known)}.", $"只能是以下之一：{string.Join("、", known)}。"));

    /// <param name="Measure">With a score of it from <paramref name="Least"/> to <paramref name="Most"/>; null for with or without scores.</param>
    public sealed record Bound(
        long Scope, string? Below, string? Survey, string? Touchpoint, string? Account, string? Role, string? Segment, string? Product, string? Channel, string? Region,
        DateOnly? From, DateOnly? To, string? Measure, int Least, int Most, int Comment, int? Interested)
    {
        /// <summary>The same beside where to go on in a list, and how far.</summary>
        public object StartingAt(long at, long id, int limit) => new
        {
            Scope, Below, Survey, Touchpoint, Account, Role, Segment, Product, Channel, Region, From, To, Measure, Least, Most, Comment, Interested,
            At = at, Id = id, Limit = limit,
        };
    }

    /// <summary>Everything that asks for responses asks like this; the table is called r.</summary>
    public const string Where = """
        WHERE r.state = 'complete'
          AND (@Scope = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
          AND (@Below IS NULL OR r.org_unit_id IN (
            SELECT t.unit_id FROM customers_v_org_tree t JOIN customers_v_org_units b ON b.id = t.ancestor_id WHERE b.code = @Below))
          AND (@Survey IS NULL OR r.survey_code = @Survey)
          AND (@Touchpoint IS NULL OR r.touchpoint = @Touchpoint)
          AND (@Account IS NULL OR r.account_id = (SELECT x.id FROM customers_v_accounts x WHERE x.external_id = @Account))
          AND (@Role IS NULL OR r.role = @Role) AND (@Segment IS NULL OR r.tier = @Segment) AND (@Product IS NULL OR r.product = @Product)
          AND (@Channel IS NULL OR r.channel = @Channel) AND (@Region IS NULL OR r.region = @Region)
          AND (@Interested IS NULL OR r.interested = @Interested)
          AND (@From IS NULL OR r.completed_day >= @From)
          AND (@To IS NULL OR r.completed_day <= @To)
          AND (@Measure IS NULL OR EXISTS (
            SELECT 1 FROM responses_scores s WHERE s.response_id = r.id AND s.measure = @Measure AND s.score BETWEEN @Least AND @Most))
          AND (@Comment = 0 OR EXISTS (SELECT 1 FROM responses_texts t WHERE t.response_id = r.id AND t.comment = 1))

        """;
}
