using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Server.Features.Invitations.Rules;

namespace Cem.Server.Features.Invitations.RunWaves;

/// <summary>
/// Works through the waves that were started, some accounts a write, so that nothing else waits for them. How far it came is
/// written with what was done: after a crash it goes on there, and nobody is asked twice.
/// </summary>
sealed class Job(Store store, CompanyTime time) : IJob
{
    const int AccountsAtOnce = 50;

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<bool> Run(CancellationToken ct) =>
        store.Read(reader => reader.Find<long?>(Sql.Next)) is { } wave && await store.Write(tx => Advance(tx, wave), ct);

    bool Advance(Tx tx, long id)
    {
        // Cancelled in the meantime, perhaps.
        if (tx.Find<Wave>(Sql.Find, new { Id = id }) is not { } wave)
            return true;
        var accounts = tx.Query<long>(Sql.Accounts, new { wave.Cursor, wave.OrgUnitId, Limit = AccountsAtOnce });
        var book = tx.OpenRuleBook(time, tx.Now);
        int asked = 0, suppressed = 0;
        foreach (var account in accounts)
            foreach (var (candidate, reason) in book.Choose(tx.CandidatesOf(account, wave.Roles), RuleBook.Relationship, RuleBook.Email, tx.AskedOf(account, book)))
            {
                Record(tx, id, wave, candidate, reason);
                if (reason is null)
                    asked++;
                else
                    suppressed++;
            }
        var isOver = accounts.Count < AccountsAtOnce;
        tx.Execute(Sql.MoveOn, new { Id = id, Cursor = accounts.Count > 0 ? accounts[^1] : wave.Cursor, Asked = asked, Suppressed = suppressed, Over = isOver, tx.Now });
        return true;
    }

    static void Record(Tx tx, long id, Wave wave, Candidate candidate, string? reason) => tx.Execute(Sql.Record, new
    {
        Id = tx.NewId(), Wave = id, wave.SurveyId, wave.SurveyCode, candidate.AccountId, candidate.ContactId, candidate.Role, candidate.Language,
        candidate.OrgUnitId, State = reason is null ? "scheduled" : "suppressed", Reason = reason, tx.Now, Due = reason is null ? tx.Now : (DateTimeOffset?)null,
    });
}

sealed record Wave(long SurveyId, string SurveyCode, string[] Roles, long OrgUnitId, long Cursor);

file static class Sql
{
    public const string Next = "SELECT id FROM invitations_waves WHERE state = 'running' ORDER BY id LIMIT 1";

    public const string Find = """
        SELECT survey_id, survey_code, roles, org_unit_id, cursor FROM invitations_waves WHERE id = @Id AND state = 'running'
        """;

    public const string Accounts = """
        SELECT a.id FROM customers_v_accounts a
        WHERE a.id > @Cursor AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnitId)
        ORDER BY a.id LIMIT @Limit
        """;

    public const string Record = """
        INSERT INTO invitations_invitations (id, wave_id, survey_id, survey_code, kind, account_id, contact_id, touchpoint, role, channel, language,
          org_unit_id, state, reason, decided_at, due_at)
        VALUES (@Id, @Wave, @SurveyId, @SurveyCode, 'relationship', @AccountId, @ContactId,
          (SELECT m.touchpoint FROM surveys_v_matrix m WHERE m.survey_id = @SurveyId AND m.role = @Role ORDER BY m.id LIMIT 1),
          @Role, 'email', @Language, @OrgUnitId, @State, @Reason, @Now, @Due)
        ON CONFLICT (wave_id, contact_id) DO NOTHING
        """;

    public const string MoveOn = """
        UPDATE invitations_waves SET cursor = @Cursor, asked = asked + @Asked, suppressed = suppressed + @Suppressed,
          state = CASE WHEN @Over THEN 'done' ELSE state END, finished_at = CASE WHEN @Over THEN @Now END
        WHERE id = @Id
        """;
}
