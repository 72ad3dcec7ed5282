using System.Globalization;
using System.Text.RegularExpressions;

namespace Cem.Server.Features.Insights.Models.NpsDesign;

/// <summary>
/// Weights by a written rule, so that a design can be tried without revenue figures:
/// <c>1 + (code point of the last letter of Account mod 5)</c>.
/// </summary>
internal static partial class WeightRule
{
    /// <summary>The weights of a table's rows by a rule, or null when the text is no rule.</summary>
    public static double?[]? Weights(string rule, Table table)
    {
        if (Pattern().Match(rule) is not { Success: true } match || !table.Has(match.Groups["column"].Value)) return null;
        var start = double.Parse(match.Groups["start"].Value, CultureInfo.InvariantCulture);
        var divisor = int.Parse(match.Groups["divisor"].Value, CultureInfo.InvariantCulture);
        if (divisor == 0) return null;
        var last = match.Groups["end"].Value == "last";
        return [.. table.Cells(match.Groups["column"].Value).Select(cell => cell.Length == 0
            ? (double?)null
            : start + (last ? cell.EnumerateRunes().Last() : cell.EnumerateRunes().First()).Value % divisor)];
    }

    [GeneratedRegex(@"^\s*(?<start>\d{1,9}(\.\d{1,9})?)\s*\+\s*\(\s*code point of the (?<end>first|last) letter of (?<column>.+?) mod (?<divisor>\d{1,6})\s*\)\s*$")]
    private static partial Regex Pattern();
}
