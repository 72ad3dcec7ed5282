using System.Text.Json;
using Cem.Benchmarks.Http;
using Cem.Kernel.Data;
using Cem.Kernel.Time;
using Cem.Server.Features.Insights;
using Cem.Server.Features.Insights.KeepScores;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Benchmarks.Insights;

/// <summary>
/// A company of 40 teams in eight branches, 10,000 accounts and 50,000 contacts, and a million NPS answers of 18 months, a
/// fifth with a comment, the same on every machine; written straight into the tables, for it is reading that is measured.
/// </summary>
static class MillionAnswers
{
    public const int Rows = 1_000_000;
    public const int Days = 546;

    const int Accounts = 10_000;
    const int ContactsOfAccount = 5;
    const int ChunkRows = 20_000;
    const int AnswersToAComment = 5;

    public static readonly string[] Channels = ["mail", "app", "sms"];
    public static readonly string[] Regions = ["north", "south", "east", "west"];

    static readonly string[] Roles = ["decisionMaker", "purchaser", "influencer", "user"];

    /// <returns>How long the columns took to load.</returns>
    public static async Task<TimeSpan> Fill(BenchmarkHost host)
    {
        await host.Put("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        for (var branch = 0; branch < 8; branch++)
        {
            await host.Put($"/api/v1/org-units/b{branch}", new { name = $"Branch {branch}", kind = "branch", parent = "hq" });
            for (var team = 0; team < 5; team++)
                await host.Put($"/api/v1/org-units/b{branch}t{team}", new { name = $"Team {branch}.{team}", kind = "team", parent = $"b{branch}" });
        }
        await host.Put("/api/v1/surveys/trip", JsonSerializer.Deserialize<JsonElement>(Survey));
        await host.Post("/api/v1/surveys/trip:publish", new { });
        var survey = host.Store.Read(reader => reader.Single<long>("SELECT id FROM surveys_v_surveys WHERE code = 'trip'"));
        var units = host.Store.Read(reader => reader.Query<long>("SELECT id FROM customers_v_org_units WHERE kind = 'team'"));
        await host.Store.Write(tx => Customers(tx, units));
        var random = new Random(1);
        var last = host.Services.GetRequiredService<CompanyTime>().Today;
        for (var row = 0; row < Rows; row += ChunkRows)
        {
            var first = row;
            await host.Store.Write(tx =>
            {
                for (var i = first; i < first + ChunkRows; i++)
                    Answer(tx, i, last.AddDays(1 - Days + (int)((long)i * Days / Rows)), survey, units, random);
            });
        }
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        new LoadScores(host.Store, host.Services.GetRequiredService<ScoreColumns>(), host.Services.GetRequiredService<CustomerBase>()).Run();
        return System.Diagnostics.Stopwatch.GetElapsedTime(start);
    }

    static void Customers(Tx tx, IReadOnlyList<long> units)
    {
        for (var account = 1; account <= Accounts; account++)
        {
            tx.Prepare(Sql.Account).Run(account, $"a{account}", $"Account {account}", units[account % units.Count], account * 1_000L);
            for (var contact = 0; contact < ContactsOfAccount; contact++)
                tx.Prepare(Sql.Contact).Run(ContactOf(account, contact), account, "Somebody", Roles[contact % Roles.Length]);
        }
    }

    static void Answer(Tx tx, int i, DateOnly day, long survey, IReadOnlyList<long> units, Random random)
    {
        var id = 1_000_000_000_000L + 3 * i;
        var account = 1 + random.Next(Accounts);
        var contact = random.Next(ContactsOfAccount);
        var (channel, region, touchpoint, product) = (Channels[random.Next(3)], Regions[account % 4], "t" + random.Next(30), "p" + random.Next(12));
        var at = new DateTimeOffset(day, new TimeOnly(4, 0), TimeSpan.Zero).AddSeconds(i % 3600);
        tx.Prepare(Sql.Response).Run(id, survey, account, ContactOf(account, contact), touchpoint, channel, units[account % units.Count], region, product, Roles[contact % Roles.Length], at, day);
        tx.Prepare(Sql.Score).Run(id + 1, id, Math.Min(10, random.Next(14)), day, account, ContactOf(account, contact), units[account % units.Count], touchpoint, channel, region, product, Roles[contact % Roles.Length]);
        if (i % AnswersToAComment == 0)
            tx.Prepare(Sql.Text).Run(id + 2, id, "The booking was stuck again and nobody could help.");
    }

    static long ContactOf(int account, int contact) => 10L * account + contact;

    const string Survey = """
        {
          "title": {"en": "After the trip", "zh-CN": "行程后调研"}, "kind": "touchpoint", "minutes": 1,
          "intro": {"en": "Hello", "zh-CN": "您好"}, "thanks": {"en": "Thank you", "zh-CN": "谢谢"},
          "pages": [{"questions": [
            {"id": "nps", "type": "nps", "text": {"en": "Would you recommend us?", "zh-CN": "您会推荐我们吗？"}},
            {"id": "done", "type": "singleChoice", "text": {"en": "Did you get it done?", "zh-CN": "办成了吗？"}, "options": [
              {"code": "yes", "text": {"en": "Yes", "zh-CN": "是"}}, {"code": "no", "text": {"en": "No", "zh-CN": "否"}}]},
            {"id": "why", "type": "longText", "text": {"en": "Why?", "zh-CN": "为什么？"}}]}]
        }
        """;

    static class Sql
    {
        public const string Account = """
            INSERT INTO customers_accounts (id, external_id, name, org_unit_id, tier, annual_revenue_minor, annual_revenue_currency, created_at, updated_at)
            VALUES (@Id, @External, @Name, @Unit, 'B', @Revenue, 'CNY', 0, 0)
            """;

        public const string Contact = """
            INSERT INTO customers_contacts (id, account_id, name, role, language, created_at, updated_at) VALUES (@Id, @Account, @Name, @Role, 'en', 0, 0)
            """;

        public const string Response = """
            INSERT INTO responses_responses (id, survey_id, survey_code, survey_version, state, account_id, contact_id, touchpoint, channel, org_unit_id, region,
              tier, product, role, answers, started_at, saved_at, completed_at, completed_day)
            VALUES (@Id, @Survey, 'trip', 1, 'complete', @Account, @Contact, @Touchpoint, @Channel, @Unit, @Region, 'B', @Product, @Role, '{}', @At, @At, @At, @Day)
            """;

        public const string Score = """
            INSERT INTO responses_scores (id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint, channel, region,
              tier, product, role, interested)
            VALUES (@Id, @Response, 'nps', 'nps', @Score, @Day, @Account, @Contact, @Unit, 'trip', @Touchpoint, @Channel, @Region, 'B', @Product, @Role, 0)
            """;

        public const string Text = "INSERT INTO responses_texts (id, response_id, question, text, comment) VALUES (@Id, @Response, 'why', @Text, 1)";
    }
}
