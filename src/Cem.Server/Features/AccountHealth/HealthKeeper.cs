using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Time;

namespace Cem.Server.Features.AccountHealth;

/// <summary>Measures accounts and keeps how they stood last; a change of field or risk is told with it.</summary>
sealed class HealthKeeper(Db db, HealthReader reader, HealthWords words, KnownUsage usage, CompanyTime time)
{
    /// <summary>Accounts measured in one go: enough to be quick, few enough to keep nobody waiting.</summary>
    const int Most = 2_000;

    public DateTimeOffset Now => time.Now;

    /// <summary>How accounts stand at this moment; nothing is kept.</summary>
    public IReadOnlyList<Assessment> Measure(IReadOnlyList<long> accounts) => Judge(reader.Read(accounts, time.Today));

    /// <summary>Measures what is due: accounts something happened in, never measured, or not today.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> CatchUp(CancellationToken ct)
    {
        var today = time.Today;
        var due = db.Query<DueRow>(Sql.Due, new { Today = Day.Number(today), Most }).ToDictionary(row => row.Id, row => row.Due);
        if (due.Count == 0)
            return false;
        var measured = Judge(reader.Read([.. due.Keys], today));
        // Names are looked up here, for the write has no time for it.
        var said = measured.Where(each => each.Risk != "low").ToDictionary(each => each.Account.Id, each => (English: Say(each, Languages.English), Chinese: Say(each, Languages.Chinese)));
        await db.Write(tx =>
        {
            foreach (var each in measured)
                Keep(tx, each, due[each.Account.Id], said.TryGetValue(each.Account.Id, out var both) ? both : ([], []));
            tx.AfterCommit(() => usage.Put(measured.ToDictionary(each => each.Account.Id, each => each.Figures)));
        }, ct);
        return true;
    }

    /// <summary>Measures all that is due, however much it is.</summary>
    public async Task CatchUpWholly(CancellationToken ct)
    {
        while (await CatchUp(ct))
            ct.ThrowIfCancellationRequested();
    }

    IReadOnlyList<Assessment> Judge(IReadOnlyList<HealthInput> inputs)
    {
        var own = inputs.Select(input => (Input: input, Figures: UsageFigures.Of(input.Usage, time.Today))).ToList();
        var peers = usage.Against(own.ToDictionary(each => each.Input.Account.Id, each => each.Figures), db);
        return [.. own.Select(each => Assessment.Of(each.Input, each.Figures, peers, time.Today))];
    }

    IReadOnlyList<string> Say(Assessment each, string language)
    {
        var figure = words.Of(each, language, null, time.Now);
        return [figure.Sentence, .. figure.Reasons.Select(reason => reason.Text)];
    }

    /// <param name="seen">How often it was due when reading began: what happened since makes it due again.</param>
    static void Keep(Tx tx, Assessment each, int seen, (IReadOnlyList<string> English, IReadOnlyList<string> Chinese) said)
    {
        var before = tx.Find<StateRow>(Sql.Find, new { each.Account.Id });
        tx.Execute(Sql.Keep, new
        {
            each.Account.Id, Day = Day.Number(each.Day), tx.Now, each.Field, each.Risk, Usage = each.Usage.Value, Experience = each.Experience.Value,
            each.Figures.Activation, each.Figures.Frequency, each.Figures.Breadth, Details = Json.Write(each), Seen = seen,
        });
        if (before is null ? each.Risk != "low" : before.Field != each.Field || before.Risk != each.Risk)
            tx.Tell(new AccountHealthChanged(each.Account.Id, each.Field, before?.Field, each.Risk, before?.Risk, each.Repeated is [var first, ..] ? first.Key : null, said.English, said.Chinese));
    }

    sealed record DueRow(long Id, int Due);

    sealed record StateRow(string Field, string Risk);

    static class Sql
    {
        public const string Due = """
            SELECT a.id, COALESCE(s.due, 0) AS due FROM customers_v_accounts a LEFT JOIN account_health_states s ON s.account_id = a.id
            WHERE s.account_id IS NULL OR s.due > 0 OR s.day <> @Today
            LIMIT @Most
            """;

        public const string Find = "SELECT field, risk FROM account_health_states WHERE account_id = @Id";

        public const string Keep = """
            INSERT INTO account_health_states (account_id, day, measured_at, field, since, risk, usage, experience, activation, frequency, breadth, details)
            VALUES (@Id, @Day, @Now, @Field, @Day, @Risk, @Usage, @Experience, @Activation, @Frequency, @Breadth, @Details)
            ON CONFLICT (account_id) DO UPDATE SET day = excluded.day, measured_at = excluded.measured_at,
              since = CASE WHEN field = excluded.field THEN since ELSE excluded.since END, field = excluded.field, risk = excluded.risk,
              usage = excluded.usage, experience = excluded.experience, activation = excluded.activation, frequency = excluded.frequency,
              breadth = excluded.breadth, details = excluded.details, due = MAX(0, due - @Seen)
            """;
    }
}
