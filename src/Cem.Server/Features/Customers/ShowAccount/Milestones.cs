using Cem.Kernel.Data;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Customers.ShowAccount;

/// <summary>
/// The account's life with us: the first inquiry, registration, contract, use, and the first use of each feature, as events told
/// of them, one by one or in files.
/// </summary>
static class Milestones
{
    const string FeatureUsed = "feature.used";

    public static IReadOnlyList<Milestone> Of(Reader reader, long account, ScopedTexts words) =>
    [
        .. reader.Query<First>(Sql.Firsts, new { Account = account }).Select(first => new Milestone(
            first.What == FeatureUsed ? words.Get("milestone.feature", ("feature", first.Feature ?? "?")) : words["milestone." + first.What], first.At)),
    ];

    sealed record First(string What, string? Feature, DateTimeOffset At);
}

/// <param name="Name">In words.</param>
sealed record Milestone(string Name, DateTimeOffset At);

file static class Sql
{
    public const string Firsts = """
        SELECT type AS what, feature, MIN(occurred_at) AS at
        FROM (
          SELECT e.type, CASE e.type WHEN 'feature.used' THEN e.attributes ->> 'feature' END AS feature, e.occurred_at
          FROM operational_data_v_events e
          WHERE e.account_id = @Account
            AND e.type IN ('inquiry.received', 'account.registered', 'contract.signed', 'onboarding.completed', 'use.first', 'feature.used'))
        GROUP BY type, feature
        ORDER BY 3, 1, 2
        """;
}
