using System.Globalization;
using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.AccountHealth;

/// <summary>Reads what accounts are judged by, from what the other areas publish; a few indexed rows an account, however much there is in all.</summary>
sealed class HealthReader(Db db, CompanyTime time)
{
    /// <returns>One for each account that exists, in the order of their ids.</returns>
    public IReadOnlyList<HealthInput> Read(IReadOnlyList<long> accounts, DateOnly today) => db.Read(reader =>
    {
        var args = new
        {
            Accounts = Json.Write(accounts),
            AnswersFrom = Day.Number(today.AddDays(-HealthRules.AnswerDays - HealthRules.TrendDays)),
            UsageFrom = Day.Number(today.AddDays(-HealthRules.UsageDays - HealthRules.UsageBeforeDays)),
            TroubleFrom = Day.Number(today.AddDays(-HealthRules.RepeatedDays)),
            Today = Day.Number(today),
            time.Now,
        };
        var usage = reader.Query<UsageLine>(Sql.Usage, args).ToLookup(row => row.AccountId, row => new UsageRow(Day.FromNumber(row.Day), row.Part, row.Value));
        var scales = reader.Query<CodingLine>(Sql.Codings).ToDictionary(row => (row.SurveyCode, row.Version, row.Question), row => Satisfaction.Read(row.Coding));
        var answers = reader.Query<ScoreLine>(Sql.Scores, args).GroupBy(row => row.ResponseId).Select(rows => Answer.Of([.. rows], scales)).ToLookup(answer => answer.Account);
        // Account by account: only a constant finds its way into the view by the index.
        var reported = accounts.SelectMany(account => reader.Query<TroubleLine>(Sql.Troubles, new { Account = account, args.TroubleFrom, args.Today }))
            .ToLookup(row => row.AccountId, row => new Trouble(Day.FromNumber(row.Day), row.Key, row.ContactId, Passable: false));
        var since = today.AddDays(-HealthRules.RepeatedDays);
        return (IReadOnlyList<HealthInput>)[.. reader.Query<AccountFacts>(Sql.Accounts, args).Select(account => new HealthInput(
            account, [.. usage[account.Id]], [.. answers[account.Id].Select(answer => answer.Heard)],
            [.. answers[account.Id].Select(answer => answer.Trouble).OfType<Trouble>().Where(trouble => trouble.Day > since), .. reported[account.Id]]))];
    });

    sealed record UsageLine(long AccountId, int Day, string Part, double Value);

    sealed record ScoreLine(
        long ResponseId, long AccountId, int Day, string? Role, long? ContactId, string? Touchpoint, string SurveyCode, int Version, string Question, string Measure, int Score);

    sealed record TroubleLine(long AccountId, int Day, string Key, long? ContactId);

    sealed record CodingLine(string SurveyCode, int Version, string Question, string Coding);

    /// <summary>Which ratings of a satisfaction question count as satisfied, as its coding states it: "csat 3, satisfied 3".</summary>
    sealed record Satisfaction(int Most, IReadOnlySet<int> Satisfied)
    {
        public static readonly Satisfaction FivePoints = new(5, new HashSet<int> { 4, 5 });

        public static Satisfaction Read(string coding) => coding.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is ["csat", var most, "satisfied", .. var satisfied]
            ? new(int.Parse(most, CultureInfo.InvariantCulture), satisfied.Select(rating => int.Parse(rating, CultureInfo.InvariantCulture)).ToHashSet())
            : FivePoints;
    }

    /// <summary>One response as the indexes and the detector see it.</summary>
    sealed record Answer(long Account, Heard Heard, Trouble? Trouble)
    {
        enum Level
        {
            Poor,
            Passable,
            Good,
        }

        public static Answer Of(IReadOnlyList<ScoreLine> rows, Dictionary<(string, int, string), Satisfaction> scales)
        {
            var one = rows[0];
            var judged = rows.Select(row => Judge(row, scales)).ToList();
            var worst = judged.Min(each => each.Level);
            var day = Day.FromNumber(one.Day);
            return new(one.AccountId,
                new Heard(day, one.Role ?? "user", one.ContactId, one.Touchpoint, judged.Average(each => each.Score), rows.FirstOrDefault(row => row.Measure == "nps")?.Score),
                worst == Level.Good || one.Touchpoint is null ? null : new Trouble(day, one.Touchpoint, one.ContactId, worst == Level.Passable));
        }

        /// <summary>The score on 0-100, and whether it is one that nobody has to worry about.</summary>
        static (double Score, Level Level) Judge(ScoreLine row, Dictionary<(string, int, string), Satisfaction> scales)
        {
            switch (row.Measure)
            {
                case "nps":
                    return (10.0 * row.Score, row.Score >= 9 ? Level.Good : row.Score >= 7 ? Level.Passable : Level.Poor);
                case "ces":
                    return (100.0 * (row.Score - 1) / 6, row.Score >= 5 ? Level.Good : row.Score >= 4 ? Level.Passable : Level.Poor);
                default:
                    var scale = scales.GetValueOrDefault((row.SurveyCode, row.Version, row.Question)) ?? Satisfaction.FivePoints;
                    var level = scale.Satisfied.Contains(row.Score) ? Level.Good : scale.Satisfied.Contains(scale.Most + 1 - row.Score) ? Level.Poor : Level.Passable;
                    return (Math.Clamp(100.0 * (row.Score - 1) / (scale.Most - 1), 0, 100), level);
            }
        }
    }

    static class Sql
    {
        public const string Accounts = """
            SELECT a.id, a.external_id, a.name, a.renewal_date, a.annual_revenue_minor, a.annual_revenue_currency,
              (SELECT COUNT(*) FROM customers_v_contacts c WHERE c.account_id = a.id AND c.erased = 0) AS contacts,
              (SELECT COUNT(*) FROM customers_v_contacts c WHERE c.account_id = a.id AND c.erased = 0 AND c.role = 'decisionMaker') AS deciders,
              (SELECT MAX(r.completed_day) FROM responses_v_responses r
               WHERE r.account_id = a.id AND r.role = 'decisionMaker' AND r.state = 'complete' AND r.interested = 0) AS decider_heard,
              (SELECT COUNT(*) FROM work_orders_v_orders o WHERE o.account_id = a.id AND o.state IN ('open', 'accepted')) AS open_orders,
              (SELECT COUNT(*) FROM work_orders_v_orders o WHERE o.account_id = a.id AND o.state IN ('open', 'accepted') AND o.due_at < @Now) AS overdue_orders
            FROM customers_v_accounts a
            WHERE a.id IN (SELECT value FROM json_each(@Accounts))
            ORDER BY a.id
            """;

        public const string Usage = """
            SELECT m.account_id, m.day, u.part, CAST(SUM(m.value) AS REAL) AS value
            FROM account_health_usage_metrics u
            JOIN operational_data_v_metrics m ON m.metric = u.metric AND (u.source IS NULL OR m.source = u.source)
            WHERE m.account_id IN (SELECT value FROM json_each(@Accounts)) AND m.day BETWEEN @UsageFrom AND @Today AND m.value IS NOT NULL
            GROUP BY m.account_id, m.day, u.part
            """;

        public const string Codings = """
            SELECT survey_code, version, question, coding FROM surveys_v_questions WHERE measure = 'csat' AND coding IS NOT NULL
            """;

        // What an interested party recorded does not count: it is their own account.
        public const string Scores = """
            SELECT s.response_id, r.account_id, r.completed_day AS day, r.role, r.contact_id, r.touchpoint, r.survey_code, r.survey_version AS version, s.question, s.measure, s.score
            FROM responses_v_responses r JOIN responses_v_scores s ON s.response_id = r.id
            WHERE r.account_id IN (SELECT value FROM json_each(@Accounts)) AND r.completed_at IS NOT NULL AND r.state = 'complete' AND r.interested = 0
              AND r.completed_day BETWEEN @AnswersFrom AND @Today AND s.score IS NOT NULL AND s.measure IN ('nps', 'csat', 'ces')
            """;

        // A ticket goes by its category where it has one, for the touchpoint of every ticket may be the help desk.
        public const string Troubles = """
            SELECT e.account_id, e.occurred_day AS day, COALESCE(e.attributes ->> '$.category', e.touchpoint) AS key, e.contact_id
            FROM operational_data_v_events e
            WHERE e.account_id = @Account AND e.occurred_day > @TroubleFrom AND e.occurred_day <= @Today
              AND (e.type LIKE 'ticket.%' OR e.type LIKE 'complaint.%') AND COALESCE(e.attributes ->> '$.category', e.touchpoint) IS NOT NULL
            UNION ALL
            SELECT f.account_id, f.day, 'complaint', f.contact_id FROM responses_v_feedback f
            WHERE f.account_id = @Account AND f.day > @TroubleFrom AND f.day <= @Today AND f.kind = 'complaint'
            """;
    }
}
