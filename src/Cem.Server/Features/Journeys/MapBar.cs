using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys;

/// <summary>The filter bar of the map, with the values that stand in answers the caller may see.</summary>
sealed class MapBar(IMediator mediator, Caller caller, Db db, Texts texts)
{
    /// <summary>The org unit of this code, or the caller's own without one; outside the caller's part nothing exists.</summary>
    public long Scope(string? orgUnit) => string.IsNullOrEmpty(orgUnit) ? caller.OrgUnit : db.Find<long?>(Sql.Unit, new { Code = orgUnit, caller.OrgUnit })
        ?? throw Problem.NotFound("org-unit-not-found", ($"There is no org unit '{orgUnit}'.", $"组织单元“{orgUnit}”不存在。"));

    public async Task<FilterBar> Make(MapFilter filter, bool edit, CancellationToken ct)
    {
        var words = texts.For(caller.Language, "Journeys");
        var tables = await mediator.Send(new AskScores([.. MapFilter.Dimensions.Select(pair => new ScoreQuery("nps", caller.OrgUnit, By: [pair.Dimension]))]), ct);
        return new FilterBar(
        [
            new FilterField("period", words["filter.period"], filter.PeriodName, [.. MapFilter.Periods.Select(period => new Option(period, words["period." + period]))]) { Default = MapFilter.DefaultPeriod },
            new FilterField("orgUnit", words["filter.orgUnit"], filter.OrgUnit ?? "", [new Option("", words[caller.OrgUnit == 0 ? "filter.company" : "filter.own"]), .. Units()]),
            new FilterField("measure", words["filter.measure"], filter.MeasureName, [.. MapFilter.Measures.Select(measure => new Option(measure, words["measure." + measure], Disabled: measure == MapFilter.Index && filter.IsPart))]) { Default = filter.IsPart ? MapFilter.Nps : MapFilter.Index },
            .. MapFilter.Dimensions.Select((pair, index) => Values(pair.Parameter, tables[index])),
        ]) { Always = 3, Kept = edit ? [new("mode", "edit")] : [] };

        FilterField Values(string parameter, ScoreTable table)
        {
            var chosen = filter[parameter] ?? "";
            var values = table.Cells.Select(cell => cell.Keys[0]).OfType<string>().Concat(chosen.Length > 0 ? [chosen] : []).Distinct(StringComparer.Ordinal).Select(value => new Option(value, words.Find($"{parameter}.{value}") ?? value));
            return new FilterField(parameter, words["filter." + parameter], chosen, [new Option("", words["filter.all"]), .. values.OrderBy(option => option.Label, StringComparer.CurrentCulture)]);
        }
    }

    /// <summary>In the order of the tree, each set in by its depth.</summary>
    IEnumerable<Option> Units()
    {
        var units = db.Query<UnitRow>(Sql.Units, new { caller.OrgUnit });
        var known = units.Select(unit => unit.Id).ToHashSet();
        var below = units.ToLookup(unit => unit.ParentId is { } parent && known.Contains(parent) ? parent : 0);
        return Outline.Of(below[0], unit => below[unit.Id]).Select(place => new Option(place.Item.Code, Outline.Indent(place.Depth) + place.Item.Name));
    }

    sealed record UnitRow(long Id, string Code, string Name, long? ParentId);

    static class Sql
    {
        public const string Unit = """
            SELECT id FROM customers_v_org_units WHERE code = @Code AND id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
            """;

        public const string Units = """
            SELECT id, code, name, parent_id FROM customers_v_org_units
            WHERE id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY code
            """;
    }
}
