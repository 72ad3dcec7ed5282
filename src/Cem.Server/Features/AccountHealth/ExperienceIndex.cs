using Cem.Kernel.Statistics;

namespace Cem.Server.Features.AccountHealth;

/// <param name="Weight">Its share of all the weight, 0-1.</param>
sealed record ExperiencePart(string Code, double Score, double Weight, int N);

/// <summary>
/// What the people of an account say, 0-100: the mean of their responses, each weighing by the role of who gave it and half
/// as much for every 90 days of its age.
/// </summary>
/// <param name="Value">Null below three responses.</param>
/// <param name="Lower">Of the 95 % interval by the linearised standard error of a weighted mean (models.md 2.3); null below three responses.</param>
/// <param name="Touchpoints">Lowest first by what they take off the index.</param>
sealed record ExperienceIndex(double? Value, double? Lower, double? Upper, int N, IReadOnlyList<ExperiencePart> Roles, IReadOnlyList<ExperiencePart> Touchpoints)
{
    public static ExperienceIndex Of(IEnumerable<Heard> answers, DateOnly today)
    {
        var weighed = answers.Where(answer => answer.Day <= today && answer.Day > today.AddDays(-HealthRules.AnswerDays))
            .Select(answer => (Answer: answer, Weight: Weight(answer, today))).ToList();
        var all = weighed.Sum(each => each.Weight);
        if (weighed.Count == 0)
            return new(null, null, null, 0, [], []);
        var value = weighed.Sum(each => each.Weight * each.Answer.Score) / all;
        var known = weighed.Count >= HealthRules.LeastAnswers;
        var half = Normal.Quantile(0.975) * Math.Sqrt(weighed.Count / (weighed.Count - 1.0) * weighed.Sum(each => Square(each.Weight * (each.Answer.Score - value) / all)));
        return new(
            known ? value : null, known ? Math.Max(0, value - half) : null, known ? Math.Min(100, value + half) : null, weighed.Count,
            [.. Parts(each => each.Role).OrderByDescending(part => part.Weight)],
            [.. Parts(each => each.Touchpoint).OrderBy(part => part.Weight * (part.Score - value)).ThenBy(part => part.Code, StringComparer.Ordinal)]);

        IEnumerable<ExperiencePart> Parts(Func<Heard, string?> code) =>
            from each in weighed
            where code(each.Answer) is not null
            group each by code(each.Answer)! into same
            let weight = same.Sum(each => each.Weight)
            select new ExperiencePart(same.Key, same.Sum(each => each.Weight * each.Answer.Score) / weight, weight / all, same.Count());
    }

    static double Square(double value) => value * value;

    static double Weight(Heard answer, DateOnly today) =>
        HealthRules.Roles.FirstOrDefault(role => role.Role == answer.Role, ("user", 1)).Item2 * Math.Pow(0.5, (today.DayNumber - answer.Day.DayNumber) / HealthRules.HalfLife);
}
