namespace Cem.Server.Features.AccountHealth;

/// <summary>The judgement on one account with everything it rests on; kept as JSON until the next one.</summary>
/// <param name="Field">healthy, hiddenChurn, underUsed, atRisk, or unknown where one of the two views is missing.</param>
/// <param name="Change">Experience of today less that of 90 days ago; null where one of them is not known.</param>
/// <param name="Silent">Whether decision-makers are known and none has answered for 180 days.</param>
/// <param name="Nps">Over the responses of a year that hold a recommendation; null without any.</param>
sealed record Assessment(
    AccountFacts Account, DateOnly Day, string Field, string Risk, double? Score, UsageFigures Figures, UsageIndex Usage, ExperienceIndex Experience, double? Change,
    IReadOnlyList<RepeatedProblem> Repeated, bool Silent, double? Nps, int NpsAnswers, int ContactsHeard)
{
    public int? DaysLeft => Account.RenewalDate is { } renewal ? renewal.DayNumber - Day.DayNumber : null;

    public string? Trend => Change switch
    {
        null => null,
        <= -HealthRules.TrendStep => "down",
        >= HealthRules.TrendStep => "up",
        _ => "steady",
    };

    /// <summary>good, watch or poor; null without a score.</summary>
    public string? Band => Score switch { null => null, >= 65 => "good", >= 45 => "watch", _ => "poor" };

    /// <summary>Whether the renewal comes within 180 days or is overdue by as much.</summary>
    public bool RenewsSoon => DaysLeft is >= -HealthRules.RenewalDays and <= HealthRules.RenewalDays;

    public static Assessment Of(HealthInput input, UsageFigures figures, UsagePeers peers, DateOnly today)
    {
        var usage = UsageIndex.Of(figures, peers);
        var experience = ExperienceIndex.Of(input.Answers, today);
        var before = ExperienceIndex.Of(input.Answers, today.AddDays(-HealthRules.TrendDays)).Value;
        var repeated = RepeatedProblem.Find(input.Troubles, today);
        var silent = input.Account.Deciders > 0 && (input.Account.DeciderHeard is not { } heard || heard <= today.AddDays(-HealthRules.SilentDays));
        var year = input.Answers.Where(answer => answer.Day > today.AddDays(-HealthRules.AnswerDays)).ToList();
        var nps = year.Select(answer => answer.Nps).OfType<int>().ToList();
        var assessment = new Assessment(
            input.Account, today, FieldOf(usage.Value, experience.Value), "low", ScoreOf(usage.Value, experience.Value, repeated.Count, silent), figures, usage, experience,
            experience.Value - before, repeated, silent, nps.Count == 0 ? null : 100.0 * (nps.Count(score => score >= 9) - nps.Count(score => score <= 6)) / nps.Count, nps.Count,
            year.Select(answer => answer.Contact).OfType<long>().Distinct().Count());
        return assessment with { Risk = RiskOf(assessment) };
    }

    /// <summary>What is to be done before the renewal, and whether it is; empty where no renewal is ahead.</summary>
    public IEnumerable<(string Code, DateOnly DueOn, string State)> Checks() => Account.RenewalDate is not { } renewal || renewal < Day
        ? []
        : HealthRules.Checks.Select(check => (check.Check, renewal.AddDays(-check.Days), Done(check.Check) ? "done" : renewal.AddDays(-check.Days) < Day ? "late" : "due"));

    bool Done(string check) => check switch
    {
        "hearDecider" => Account.Deciders > 0 && !Silent,
        "repairRepeated" => Repeated.Count == 0,
        "closeOrders" => Account.OpenOrders == 0,
        "raiseUsage" => Usage.Value >= HealthRules.UsageLine,
        _ => Experience.Value >= HealthRules.ExperienceLine,
    };

    static string FieldOf(double? usage, double? experience) => (usage, experience) switch
    {
        (null, _) or (_, null) => "unknown",
        (>= HealthRules.UsageLine, >= HealthRules.ExperienceLine) => "healthy",
        (>= HealthRules.UsageLine, _) => "hiddenChurn",
        (_, >= HealthRules.ExperienceLine) => "underUsed",
        _ => "atRisk",
    };

    static double? ScoreOf(double? usage, double? experience, int repeated, bool silent) => experience is not { } said ? null
        : Math.Clamp(
            (usage is { } used ? HealthRules.ExperienceShare * said + (1 - HealthRules.ExperienceShare) * used : said)
            - HealthRules.RepeatedPenalty * Math.Min(2, repeated) - (silent ? HealthRules.SilencePenalty : 0), 0, 100);

    /// <summary>A poor experience is a risk, and a high one when the renewal is near; a good one is a risk only where a problem repeats or nobody who decides is heard.</summary>
    static string RiskOf(Assessment each) => each.Experience.Value switch
    {
        < HealthRules.ExperienceLine => each.RenewsSoon ? "high" : "medium",
        _ => each.RenewsSoon && each.Repeated.Count > 0 ? "medium" : "low",
    };
}
