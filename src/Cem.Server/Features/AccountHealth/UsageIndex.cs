namespace Cem.Server.Features.AccountHealth;

/// <summary>The raw figures of one account's usage.</summary>
/// <param name="Activation">Active users of licensed ones, 0-1.</param>
/// <param name="Frequency">Actions an active user and period.</param>
/// <param name="Breadth">Features in use.</param>
/// <param name="Change">Active users of late against before: -0.2 is a fifth less.</param>
sealed record UsageFigures(double? Activation, double? Frequency, double? Breadth, double? Change)
{
    public static UsageFigures Of(IReadOnlyList<UsageRow> rows, DateOnly today)
    {
        var recentFrom = today.AddDays(-HealthRules.UsageDays);
        var beforeFrom = recentFrom.AddDays(-HealthRules.UsageBeforeDays);
        var (seats, active) = (Mean("seats", recentFrom, today), Mean("active", recentFrom, today));
        return new(
            seats > 0 && active is { } users ? Math.Min(1, users / seats.Value) : null,
            active > 0 ? Mean("actions", recentFrom, today) / active : null,
            Mean("features", recentFrom, today),
            active is not null && Mean("active", beforeFrom, recentFrom.AddDays(-1)) is > 0 and var before ? active / before - 1 : null);

        double? Mean(string part, DateOnly from, DateOnly to)
        {
            var values = rows.Where(row => row.Part == part && row.Day >= from && row.Day <= to).Select(row => row.Value).ToList();
            return values.Count == 0 ? null : values.Average();
        }
    }
}

/// <param name="Raw">The figure itself; null where it is not measured.</param>
/// <param name="Score">0-100; null where it is not measured or there are too few others.</param>
sealed record IndexPart(string Code, double Weight, double? Raw, double? Score);

/// <summary>
/// How an account uses the product, 0-100: activation, frequency and breadth as the share of accounts that show less (ties
/// half), and the trend as 50 plus the change of active users.
/// </summary>
sealed record UsageIndex(double? Value, IReadOnlyList<IndexPart> Parts)
{
    public static UsageIndex Of(UsageFigures figures, UsagePeers peers)
    {
        IReadOnlyList<IndexPart> parts = [.. HealthRules.UsageParts.Select(each => each.Part switch
        {
            "activation" => Part(each, figures.Activation, peers.Activation.Rank(figures.Activation)),
            "frequency" => Part(each, figures.Frequency, peers.Frequency.Rank(figures.Frequency)),
            "breadth" => Part(each, figures.Breadth, peers.Breadth.Rank(figures.Breadth)),
            _ => Part(each, figures.Change, figures.Change is { } change ? Math.Clamp(50 + 50 * change / HealthRules.UsageSwing, 0, 100) : null),
        })];
        var measured = parts.Where(part => part.Score is not null).ToList();
        var weight = measured.Sum(part => part.Weight);
        return new(weight < HealthRules.LeastCoverage - 1e-12 ? null : measured.Sum(part => part.Weight * part.Score!.Value) / weight, parts);
    }

    static IndexPart Part((string Part, double Weight) rule, double? raw, double? score) => new(rule.Part, rule.Weight, raw, score);
}
