using Cem.Kernel.Html;

namespace Cem.Server.Features.Reports;

/// <summary>Draws the quadrant of a report as a table of two by two, for no mail client can be trusted with a chart.</summary>
static class PriorityViews
{
    static readonly string[][] Areas = [["raiseValue", "keep"], ["improveSecond", "improveFirst"]];

    public static PriorityView Draw(Report report, Priorities priorities, ReportWords words)
    {
        var first = priorities.Factors.Where(factor => factor.Area == "improveFirst").Select(factor => words.Get("priority.quoted", ("name", words.In(factor.Name)))).ToList();
        return new PriorityView(
            priorities.Refusal is { } refusal ? words.In(refusal) : first.Count > 0 ? words.Get("priority.first", ("names", string.Join(words["priority.between"], first))) : words["priority.none"],
            priorities.R2 is { } r2
                ? words.Get("priority.base", ("survey", words.In(priorities.Survey)), ("outcome", words.In(priorities.Outcome)), ("share", words.Percent(r2)), ("n", priorities.N))
                : "",
            priorities.R2 is null ? [] : [.. Areas.Select(row => (IReadOnlyList<PriorityCell>)[.. row.Select(area => new PriorityCell(words["priority." + area], Items(area)))])],
            [.. priorities.Warnings.Select(words.In)],
            Urls.Build("/insights/quadrant",
            [
                KeyValuePair.Create("period", "52w"), KeyValuePair.Create("survey", priorities.SurveyCode), KeyValuePair.Create("outcome", priorities.OutcomeCode),
                .. report.ScopeCode is { } unit ? (KeyValuePair<string, string>[])[KeyValuePair.Create("orgUnit", unit)] : [],
            ]));

        IReadOnlyList<string> Items(string area) => [.. priorities.Factors.Where(factor => factor.Area == area).Select(factor => words.Get(
            factor.Borderline ? "priority.borderline" : "priority.item", ("name", words.In(factor.Name)), ("satisfaction", words.Number(factor.Satisfaction)), ("influence", words.Percent(factor.Influence ?? 0))))];
    }
}
