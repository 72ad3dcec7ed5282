using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Server.OrgUnits;

namespace Cem.Server.Features.Indicators;

/// <summary>The filter bar of the pages, with the values that stand in answers the caller may see, in their language.</summary>
sealed class TreeBar(PartKeys keys, Db db, Caller caller, OrgUnitChoices units, Texts texts, CompanyTime time)
{
    readonly ScopedTexts words = texts.For(caller.Language, "Indicators");

    IReadOnlyDictionary<(string Kind, string Code), string>? names;

    /// <param name="more">A page's own field, which stands after period and org unit; null for none.</param>
    public async Task<FilterBar> Make(TreeFilter filter, FilterField? more, CancellationToken ct)
    {
        var offered = await keys.Offered(caller.OrgUnit, filter.Days(time), ct);
        return new FilterBar(
        [
            new FilterField("period", words["filter.period"], filter.PeriodName, [.. TreeFilter.Periods.Select(period => new Option(period, words["period." + period]))]) { Default = TreeFilter.DefaultPeriod },
            new FilterField("orgUnit", words["filter.orgUnit"], filter.OrgUnit ?? "", [new Option("", words[caller.OrgUnit == 0 ? "filter.company" : "filter.own"]), .. units.Options()]),
            .. more is null ? [] : new[] { more },
            .. Narrowing.Parameters.Select(pair => Values(pair.Parameter, pair.Dimension)),
        ]) { Always = more is null ? 2 : 3 };

        FilterField Values(string parameter, string dimension)
        {
            var chosen = filter[parameter] ?? "";
            var values = offered[dimension].Concat(chosen.Length > 0 ? [chosen] : []).Distinct(StringComparer.Ordinal).Select(value => new Option(value, Name(dimension, value)));
            return new FilterField(parameter, words["by." + dimension], chosen, [new Option("", words["filter.all"]), .. values.OrderBy(option => option.Label, StringComparer.CurrentCulture)]);
        }
    }

    /// <summary>What a value of a dimension is called; a branch or an org unit by its code.</summary>
    public string Name(string dimension, string value)
    {
        names ??= db.Query<NameRow>(Sql.Names).ToDictionary(row => (row.Kind, row.Code), row => new Wording(row.NameEn, row.NameZh).In(caller.Language));
        return (dimension == "role" ? words.Find("role." + value) : dimension == "channel" ? words.Find("channel." + value) : null) ?? names.GetValueOrDefault((dimension is "branch" ? "orgUnit" : dimension, value), value);
    }

    sealed record NameRow(string Kind, string Code, string NameEn, string NameZh);

    static class Sql
    {
        public const string Names = """
            SELECT 'touchpoint' AS kind, code, name_en, name_zh FROM journeys_v_touchpoints
            UNION ALL SELECT 'survey', code, title_en, title_zh FROM surveys_v_surveys
            UNION ALL SELECT 'orgUnit', code, name, name FROM customers_v_org_units
            """;
    }
}
