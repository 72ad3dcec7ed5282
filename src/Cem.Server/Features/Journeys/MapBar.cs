using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.Journeys;

/// <summary>The filter bar of the map, with the values that stand in answers the caller may see.</summary>
sealed class MapBar(IMediator mediator, Caller caller, OrgUnitChoices units, Texts texts)
{
    public async Task<FilterBar> Make(MapFilter filter, bool edit, CancellationToken ct)
    {
        var words = texts.For(caller.Language, "Journeys");
        var tables = await mediator.Send(new AskScores([.. MapFilter.Dimensions.Select(pair => new ScoreQuery("nps", caller.OrgUnit, By: [pair.Dimension]))]), ct);
        return new FilterBar(
        [
            new FilterField("period", words["filter.period"], filter.PeriodName, [.. MapFilter.Periods.Select(period => new Option(period, words["period." + period]))]) { Default = MapFilter.DefaultPeriod },
            new FilterField("orgUnit", words["filter.orgUnit"], filter.OrgUnit ?? "", [new Option("", words[caller.OrgUnit == 0 ? "filter.company" : "filter.own"]), .. units.Options()]),
            new FilterField("measure", words["filter.measure"], filter.MeasureName, [.. MapFilter.Measures.Select(measure => new Option(measure, words["measure." + measure]))]) { Default = MapFilter.Index },
            .. MapFilter.Dimensions.Select((pair, index) => Values(pair.Parameter, tables[index])),
        ]) { Always = 3, Kept = edit ? [new("mode", "edit")] : [] };

        FilterField Values(string parameter, ScoreTable table)
        {
            var chosen = filter[parameter] ?? "";
            var values = table.Cells.Select(cell => cell.Keys[0]).OfType<string>().Concat(chosen.Length > 0 ? [chosen] : []).Distinct(StringComparer.Ordinal).Select(value => new Option(value, words.Find($"{parameter}.{value}") ?? value));
            return new FilterField(parameter, words["filter." + parameter], chosen, [new Option("", words["filter.all"]), .. values.OrderBy(option => option.Label, StringComparer.CurrentCulture)]);
        }
    }
}
