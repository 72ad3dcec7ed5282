namespace Cem.Server.Features.Insights.Models.ContrastKeywords;

/// <summary>How far a word sets a group apart: log-odds ratio and its z; positive where the group uses it more.</summary>
internal sealed record WordContrast(string Word, double GroupCount, double OtherCount, double Delta, double Z);

/// <summary>Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, Polit. Anal. 16:372-403).</summary>
internal static class ContrastKeywordsMath
{
    /// <summary>All words of either group.</summary>
    /// <param name="prior">The pseudo-count of a word, given its count in both groups together; above 0.</param>
    public static IReadOnlyList<WordContrast> Contrast(IReadOnlyDictionary<string, double> group, IReadOnlyDictionary<string, double> other, Func<double, double> prior)
    {
        List<string> words = [.. group.Keys.Union(other.Keys, StringComparer.Ordinal)];
        double Prior(string word) => prior(group.GetValueOrDefault(word) + other.GetValueOrDefault(word));
        double all = words.Sum(Prior), groupAll = group.Values.Sum(), otherAll = other.Values.Sum();
        return [.. words.Select(word =>
        {
            double alpha = Prior(word), a = group.GetValueOrDefault(word) + alpha, b = other.GetValueOrDefault(word) + alpha;
            var delta = Math.Log(a / (groupAll + all - a)) - Math.Log(b / (otherAll + all - b));
            return new WordContrast(word, a - alpha, b - alpha, delta, delta / Math.Sqrt(1 / a + 1 / b));
        })];
    }
}
