namespace Cem.Server.Features.AccountHealth;

/// <summary>The same problem, reported again and again inside one account.</summary>
/// <param name="Key">Code of the touchpoint, or the theme.</param>
/// <param name="Reporters">Different people; 0 where nobody is named.</param>
/// <param name="Passable">Reports that would have alarmed nobody alone.</param>
sealed record RepeatedProblem(string Key, int Times, int Reporters, int Passable, DateOnly First, DateOnly Last)
{
    /// <summary>
    /// Touchpoints and themes that were reported at least three times in 60 days, whoever reported and however mildly. What one
    /// person reports on one day in several ways (answer and ticket) counts once.
    /// </summary>
    public static IReadOnlyList<RepeatedProblem> Find(IEnumerable<Trouble> troubles, DateOnly today)
    {
        var since = today.AddDays(-HealthRules.RepeatedDays);
        return [.. troubles.Where(trouble => trouble.Day > since && trouble.Day <= today)
            .GroupBy(trouble => trouble.Key)
            .Select(same => Of(same.Key, [.. same.GroupBy(trouble => (trouble.Day, trouble.Contact)).Select(once => once.MinBy(trouble => trouble.Passable)!)]))
            .Where(problem => problem.Times >= HealthRules.RepeatedTimes)
            .OrderByDescending(problem => problem.Times - problem.Passable / 2.0).ThenByDescending(problem => problem.Last).ThenBy(problem => problem.Key, StringComparer.Ordinal)];
    }

    static RepeatedProblem Of(string key, List<Trouble> reports) => new(
        key, reports.Count, reports.Select(report => report.Contact).OfType<long>().Distinct().Count(), reports.Count(report => report.Passable),
        reports.Min(report => report.Day), reports.Max(report => report.Day));
}
