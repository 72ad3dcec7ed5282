using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses;

/// <summary>The filter bar of the pages over responses: everything that a link from a score can ask for is there to be seen, and to be taken back.</summary>
static class ResponseBar
{
    static readonly string[] KnownRoles = ["decisionMaker", "purchaser", "influencer", "user"];

    static readonly string[] Interested = ["0", "1"];

    /// <param name="survey">Whether a survey can be chosen; a page of one survey has none to choose.</param>
    public static FilterBar Of(ResponseFilter filter, Session session, Caller caller, ScopedTexts words, bool survey = true)
    {
        var reach = new { caller.OrgUnit };
        return new FilterBar(
        [
            Field("period", filter.Period ?? ResponseFilter.DefaultPeriod, ResponseFilter.Periods.Select(period => new Option(period, words["period." + period]))) with { Default = ResponseFilter.DefaultPeriod },
            .. survey ? new[] { Field("survey", filter.Survey, session.Query<Named>(Sql.Surveys).Select(each => each.In(caller.Language))) } : [],
            Field("touchpoint", filter.Touchpoint, session.Query<Named>(Sql.Touchpoints).Select(touchpoint => touchpoint.In(caller.Language))),
            Field("orgUnit", filter.OrgUnit, session.Query<Named>(Sql.OrgUnits, reach).Select(unit => unit.In(caller.Language))),
            Field("band", filter.Band, ResponseFilter.Bands.Select(band => new Option(band, words["band." + band]))),
            Field("measure", filter.Measure, ResponseFilter.Measures.Select(measure => new Option(measure, words["measure." + measure]))),
            Field("comment", filter.Comment, [new Option("1", words["comment.with"])]),
            Field("role", filter.Role, KnownRoles.Select(role => new Option(role, words["role." + role]))),
            Field("segment", filter.Segment, session.Query<string>(Sql.Tiers, reach).Select(Plain)),
            Field("product", filter.Product, session.Query<string>(Sql.Products, reach).Select(Plain)),
            Field("channel", filter.Channel, session.Query<string>(Sql.Channels).Select(Plain)),
            Field("region", filter.Region, session.Query<string>(Sql.Regions, reach).Select(Plain)),
            Field("interested", filter.Interested, Interested.Select(choice => new Option(choice, words["interested." + choice]))),
        ]) { Always = 4, Kept = string.IsNullOrEmpty(filter.Account) ? [] : [new("account", filter.Account)] };

        FilterField Field(string name, string? value, IEnumerable<Option> options)
        {
            List<Option> offered = [.. name == "period" ? [] : new[] { new Option("", words["all"]) }, .. options];
            // A value that came with a link: days, or one that nothing has today.
            if (!string.IsNullOrEmpty(value) && !offered.Exists(option => option.Value == value))
                offered.Add(new Option(value, name == "period" ? Days(value, caller.Language) : value));
            return new(name, words["filter." + name], value ?? "", offered);
        }
    }

    static Option Plain(string value) => new(value, value);

    static string Days(string period, string language) => string.Join(" – ", period.Split(ResponseFilter.Until)
        .Select(day => Wire.TryDay(day, out var read) ? Formats.For(language).Date(read) : "…"));

    sealed record Named(string Code, string NameEn, string NameZh)
    {
        public Option In(string language) => new(Code, language == Languages.Chinese ? NameZh : NameEn);
    }

    static class Sql
    {
        public const string Surveys = "SELECT code, title_en AS name_en, title_zh AS name_zh FROM surveys_v_surveys ORDER BY code";

        public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_v_touchpoints ORDER BY sort, code";

        public const string OrgUnits = """
            SELECT u.code, u.name AS name_en, u.name AS name_zh FROM customers_v_org_units u
            WHERE u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY u.name
            """;

        // The books stand for the answers: reading a value of each answer would mean to walk through all of them.
        public const string Tiers = """
            SELECT DISTINCT tier FROM customers_v_accounts
            WHERE tier IS NOT NULL AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY tier
            """;

        public const string Regions = """
            SELECT DISTINCT region FROM customers_v_accounts
            WHERE region IS NOT NULL AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY region
            """;

        public const string Products = """
            SELECT DISTINCT p.value FROM customers_v_accounts a, json_each(a.products) p
            WHERE a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY p.value
            """;

        public const string Channels = "SELECT DISTINCT channel FROM surveys_v_matrix ORDER BY channel";
    }
}
