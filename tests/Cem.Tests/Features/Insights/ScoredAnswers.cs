using System.Text.Json;
using Cem.Contracts.Responses;
using Cem.Kernel.Time;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights;

/// <summary>One scored answer to arrange, in a response of its own.</summary>
sealed record ScoredAnswer(int? Score)
{
    public DateOnly Day { get; init; } = new(2026, 3, 10);

    public long? Account { get; init; }

    public long? Contact { get; init; }

    public long? OrgUnit { get; init; }

    public string Measure { get; init; } = "nps";

    public string Question { get; init; } = "nps";

    public string Survey { get; init; } = "relationship";

    public string? Touchpoint { get; init; }

    public string Channel { get; init; } = "mail";

    public string? Region { get; init; }

    public string? Tier { get; init; }

    public string? Product { get; init; }

    public string? Role { get; init; }

    public bool Interested { get; init; }

    /// <summary>The code of the option that was chosen instead of a score.</summary>
    public string? Option { get; init; }
}

/// <summary>
/// Scored answers by the thousand, written as the area of the responses writes them: for what is counted from them, the way
/// they came in does not matter.
/// </summary>
static class ScoredAnswers
{
    /// <summary>Stores the answers; with <paramref name="tell"/> also says so, as a completed response does.</summary>
    /// <returns>The ids of their responses.</returns>
    public static Task<List<long>> Add(this CemHost host, IEnumerable<ScoredAnswer> answers, bool tell = true) => host.Store.Write(tx =>
    {
        var ids = new List<long>();
        foreach (var answer in answers)
        {
            var id = tx.NewId();
            var at = new DateTimeOffset(answer.Day, new TimeOnly(4, 0), TimeSpan.Zero);
            tx.Prepare(Sql.Response).Run(id, answer.Survey, answer.Account, answer.Contact, answer.Touchpoint, answer.Channel, answer.OrgUnit,
                answer.Region, answer.Tier, answer.Product, answer.Role, answer.Interested ? 1 : 0, at, Day.Number(answer.Day));
            if (answer.Option is { } option)
                tx.Prepare(Sql.Choice).Run(tx.NewId(), id, answer.Question, option);
            else
                tx.Prepare(Sql.Score).Run(tx.NewId(), id, answer.Question, answer.Measure, answer.Score, Day.Number(answer.Day), answer.Account, answer.Contact,
                    answer.OrgUnit, answer.Survey, answer.Touchpoint, answer.Channel, answer.Region, answer.Tier, answer.Product, answer.Role, answer.Interested ? 1 : 0);
            if (tell)
                tx.Tell(new ResponseCompleted(id, null));
            ids.Add(id);
        }
        return ids;
    });

    /// <summary>Forgets who gave these responses.</summary>
    public static Task Unlink(this CemHost host, IEnumerable<long> responses) => host.Store.Write(tx =>
    {
        foreach (var id in responses)
        {
            tx.Prepare("UPDATE responses_responses SET contact_id = NULL WHERE id = @Id").Run(id);
            tx.Prepare("UPDATE responses_scores SET contact_id = NULL WHERE response_id = @Id").Run(id);
            tx.Tell(new ResponseUnlinked(id));
        }
    });

    /// <summary>So many answers of each kind, for an NPS whose counts are known.</summary>
    public static IEnumerable<ScoredAnswer> Of(int promoters, int passives, int detractors, Func<ScoredAnswer, ScoredAnswer>? adjust = null) =>
        Enumerable.Repeat(9, promoters).Concat(Enumerable.Repeat(8, passives)).Concat(Enumerable.Repeat(3, detractors))
            .Select(score => (adjust ?? (answer => answer))(new ScoredAnswer(score)));

    /// <summary>A field that is a number; NaN where it is null.</summary>
    public static double Number(this JsonElement json, string field) =>
        json.GetProperty(field) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;

    static class Sql
    {
        public const string Response = """
            INSERT INTO responses_responses (id, survey_id, survey_code, survey_version, state, account_id, contact_id, touchpoint, channel, org_unit_id,
              region, tier, product, role, interested, answers, started_at, saved_at, completed_at, completed_day)
            VALUES (@Id, 1, @Survey, 1, 'complete', @Account, @Contact, @Touchpoint, @Channel, @OrgUnit, @Region, @Tier, @Product, @Role, @Interested, '{}', @At, @At, @At, @Day)
            """;

        public const string Choice = "INSERT INTO responses_texts (id, response_id, question, text) VALUES (@Id, @Response, @Question, @Text)";

        public const string Score = """
            INSERT INTO responses_scores (id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint, channel,
              region, tier, product, role, interested)
            VALUES (@Id, @Response, @Question, @Measure, @Score, @Day, @Account, @Contact, @OrgUnit, @Survey, @Touchpoint, @Channel, @Region, @Tier, @Product, @Role, @Interested)
            """;
    }
}
