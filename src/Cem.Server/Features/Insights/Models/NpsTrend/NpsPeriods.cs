using System.Globalization;
using Cem.Server.Features.Insights.Models.Nps;

namespace Cem.Server.Features.Insights.Models.NpsTrend;

/// <summary>Reads the periods of a trend: <c>weeks</c> with counts, or a table of answers with a date and a score each.</summary>
internal static class NpsPeriods
{
    public static readonly string[] Fields = [.. Table.Fields, "weeks", "grouping", "dateColumn", "scoreColumn", "filter"];

    public static (IReadOnlyList<NpsPeriod> Periods, int Excluded) Read(ModelInput read)
    {
        // The wording of the grouping is for people; ISO weeks are the only one.
        read.TextOrNull("grouping");
        if (!read.Has("weeks")) return OfTable(read);
        var periods = read.Objects("weeks", ["week", .. NpsInput.Fields]).Select(week => new NpsPeriod(week.Text("week"), NpsInput.Counts(week))).ToList();
        return periods.GroupBy(period => period.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw read.Refuse("weeks", ModelRefusal.Inconsistent, $"weeks names \"{twice.Key}\" twice.")
            : (periods, 0);
    }

    /// <summary>The ISO week of a day, <c>2020-W53</c>: Monday to Sunday, in the year of its Thursday.</summary>
    public static string IsoWeek(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return $"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}";
    }

    static (IReadOnlyList<NpsPeriod>, int) OfTable(ModelInput read)
    {
        if (!read.Has("data")) throw read.Refuse("weeks", ModelRefusal.Missing, "weeks must be given, or data to count them from.");
        var table = RowFilter.Apply(read, Table.Of(read));
        var days = table.Cells(table.Column(read, "dateColumn", read.Text("dateColumn", "date")));
        var scores = table.Numbers(table.Column(read, "scoreColumn", read.Text("scoreColumn", "NPS")));
        var counts = new SortedDictionary<string, NpsCounts>(StringComparer.Ordinal);
        var excluded = 0;
        for (var i = 0; i < table.Count; i++)
        {
            if (Ratings.Of([scores[i]], 0, 10).Valid is [_] valid
                && DateOnly.TryParseExact(days[i], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                counts[IsoWeek(day)] = counts.GetValueOrDefault(IsoWeek(day)) + NpsCounts.Of(valid);
            else
                excluded++;
        }
        return ([.. counts.Select(week => new NpsPeriod(week.Key, week.Value))], excluded);
    }
}
