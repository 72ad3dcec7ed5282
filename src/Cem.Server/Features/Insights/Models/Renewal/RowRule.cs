using System.Globalization;
using System.Text.RegularExpressions;

namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>Written rules about rows, counted from 0: which to use at all, and which to hold out for testing.</summary>
internal static partial class RowRule
{
    /// <summary>Keeps the rows of <c>rows</c>: "every 59th row from row 0", "first 100 rows"; all when it is not given.</summary>
    public static Table Apply(ModelInput read, Table table)
    {
        if (read.TextOrNull("rows") is not { } rule || rule == "all") return table;
        if (Every().Match(rule) is { Success: true } every && Number(every, "step") is > 0 and var step)
        {
            var start = every.Groups["start"].Success ? Number(every, "start") : 0;
            return table.Where(i => i >= start && (i - start) % step == 0);
        }
        if (First().Match(rule) is { Success: true } first) return table.Where(i => i < Number(first, "count"));
        throw read.Refuse("rows", ModelRefusal.OutOfRange, "rows is \"all\", \"every 10th row from row 0\" or \"first 100 rows\".");
    }

    /// <summary>Whether a row is held out by <c>trainRule</c>: "row i (from 0) is test when i mod 5 = 0, else train"; null when it is not given.</summary>
    public static Func<int, bool>? IsTest(ModelInput read)
    {
        if (read.TextOrNull("trainRule") is not { } rule) return null;
        if (Test().Match(rule) is not { Success: true } match || Number(match, "divisor") is not (> 1 and var divisor))
            throw read.Refuse("trainRule", ModelRefusal.OutOfRange, "trainRule reads \"row i (from 0) is test when i mod 5 = 0, else train\".");
        var rest = Number(match, "rest");
        return i => i % divisor == rest;
    }

    static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^every (?<step>\d{1,8})(st|nd|rd|th)? row( from row (?<start>\d{1,8}))?$")]
    private static partial Regex Every();

    [GeneratedRegex(@"^first (?<count>\d{1,8}) rows$")]
    private static partial Regex First();

    [GeneratedRegex(@"is test when i mod (?<divisor>\d{1,8}) ={1,2} (?<rest>\d{1,8})")]
    private static partial Regex Test();
}
