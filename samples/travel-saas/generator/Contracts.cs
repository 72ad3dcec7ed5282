namespace TravelSaas;

/// <summary>One contract year and what the customer decided at its end; revenue in minor units.</summary>
internal sealed record Contract(
    Account Account, DateOnly Start, DateOnly End, long AnnualRevenue, string Outcome, DateOnly? DecidedOn);

/// <summary>
/// Every account's contract years: renewed, expanded, reduced or terminated, and pending for the running one. The worse the
/// experience, the more is reduced; revenue runs backwards from today's.
/// </summary>
internal static class Contracts
{
    public static IEnumerable<Contract> Make(Account account, Span span)
    {
        var random = new Prng("contracts:" + account.ExternalId);
        var years = new Stack<Contract>();
        var revenue = account.AnnualRevenue;
        for (var end = account.ContractEnd; end > account.ContractStart; end = end.AddYears(-1))
        {
            var start = end.AddYears(-1) < account.ContractStart ? account.ContractStart : end.AddYears(-1);
            if (start > span.EndsOn)
                continue;
            var outcome = end != account.ContractEnd && end <= span.EndsOn ? Outcome(account, random)
                : end < span.EndsOn ? "terminated" : "pending";
            // What the customer decided at the end of this year made the next year's revenue.
            revenue = outcome switch
            {
                "expanded" => (long)(revenue / (1.12 + 0.3 * random.Unit())),
                "reduced" => (long)(revenue / (0.55 + 0.3 * random.Unit())),
                _ => revenue,
            };
            years.Push(new(account, start, end, revenue / 10_000 * 10_000, outcome,
                outcome == "pending" ? null : end.AddDays(-random.Between(5, 45))));
        }
        return years;
    }

    private static string Outcome(Account account, Prng random)
    {
        if (account.IsStory)
            return "renewed";
        var felt = account.Level - (account.HasOa ? 0.3 + 0.5 * account.OaTrouble : 0) + 0.3 * random.Normal();
        return felt switch
        {
            < -0.9 => random.Weighted(("renewed", 0.5), ("reduced", 0.5)),
            < 0.4 => random.Weighted(("renewed", 0.78), ("reduced", 0.1), ("expanded", 0.12)),
            _ => random.Weighted(("renewed", 0.58), ("reduced", 0.04), ("expanded", 0.38)),
        };
    }
}
