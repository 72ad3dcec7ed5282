using Cem.Contracts;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Tests.Durability;

/// <summary>
/// The database as a crash left it. A copy of the files is looked at, so that the server that starts next recovers them
/// itself.
/// </summary>
sealed class Remains : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cem-remains-");
    readonly string outbox;
    readonly Store store;

    public Remains(string dataFolder)
    {
        outbox = Path.Combine(dataFolder, "outbox");
        foreach (var file in (string[])["cem.db", "cem.db-wal"])
            if (File.Exists(Path.Combine(dataFolder, file)))
                File.Copy(Path.Combine(dataFolder, file), Path.Combine(folder.FullName, file));
        var features = typeof(Program).Assembly;
        store = new Store(Path.Combine(folder.FullName, "cem.db"), TimeProvider.System, new Facts([typeof(ContractsAssembly).Assembly], [features]), features);
    }

    /// <summary>What was promised and is not there, or is there twice, and what SQLite finds wrong with the file.</summary>
    public IEnumerable<string> Breaches(Ledger ledger) => store.FindFaults().Concat(store.Read(reader => (List<string>)[
        .. Accounts(reader, ledger),
        .. Missing("contact", ledger.Contacts, reader.Query<Kept>(Sql.Contacts)),
        .. Missing("event", ledger.Events, Shown(reader.Query<Numbered>(Sql.Events))),
        .. Missing("submission", ledger.Submissions, Shown(reader.Query<Numbered>(Sql.Submissions))),
        .. Missing("feedback", ledger.Feedback, Shown(reader.Query<Numbered>(Sql.Feedback))),
        .. Missing("walk", ledger.Walks, [.. reader.Query<Walked>(Sql.Walks).Select(walk => new Kept(walk.Invitation.ToString(), walk.Text))]),
        .. reader.Query<long>(Sql.Torn).Select(id => $"response {id} lacks scores or texts, or has them twice"),
        .. reader.Query<long>(Sql.Untold).Select(id => $"response {id} is complete and was not told exactly once"),
        .. Missing("note", ledger.Steps.Where(step => step.Value is "note" or "close").ToDictionary(step => step.Key, _ => "1"), reader.Query<Kept>(Sql.Notes)),
        .. Sent(reader),
    ]));

    /// <summary>What is wrong once nothing is owed any more: effects that are missing or there twice.</summary>
    public IEnumerable<string> BreachesOnceDelivered(Ledger ledger) => store.Read(reader => (List<string>)[
        .. reader.Query<string>(Sql.Owed).Select(name => name + " is still owed"),
        .. reader.Query<string>(Sql.Parked).Select(name => name + " is parked"),
        .. reader.Query<long>(Sql.Undecided).Select(id => $"event {id} was not decided exactly once"),
        .. reader.Query<string>(Sql.WronglyInvited).Select(reason => "an invitation " + reason),
        .. reader.Query<long>(Sql.WronglyAlerted).Select(id => $"response {id} did not raise exactly the alert it should"),
        .. reader.Query<long>(Sql.WronglyOpened).Select(id => $"work order {id} tells another number of alerts in its history than it has"),
        .. Steps(reader, ledger),
    ]);

    /// <summary>The Message-IDs of all mails ever owed.</summary>
    public HashSet<string> Mails() => [.. store.Read(reader => reader.Query<string>(Sql.Mails))];

    /// <summary>Rows of files, and how many of their numbers are seen by others.</summary>
    public (long Rows, long Seen) OperationalData() => store.Read(reader => (reader.Single<long>(Sql.Rows), reader.Single<long>(Sql.Seen)));

    public void Dispose()
    {
        store.Dispose();
        folder.Delete(recursive: true);
    }

    static IEnumerable<string> Accounts(Reader reader, Ledger ledger)
    {
        var names = reader.Query<Kept>(Sql.Accounts).ToDictionary(account => account.Name, account => int.Parse(account.Value["Name ".Length..], System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (account, number) in ledger.Accounts)
            if (!names.TryGetValue(account, out var kept))
                yield return $"account {account} is lost";
            else if (kept < number)
                yield return $"account {account} is at {kept}, {number} was acknowledged";
    }

    static IEnumerable<string> Missing(string what, IReadOnlyDictionary<string, string> promised, IReadOnlyList<Kept> rows)
    {
        var kept = rows.ToLookup(row => row.Name, row => row.Value);
        foreach (var (name, value) in promised)
            if (kept[name].ToList() is not [var only])
                yield return $"{what} {name} is there {kept[name].Count()} times";
            else if (only != value)
                yield return $"{what} {name} is {only}, {value} was acknowledged";
    }

    /// <summary>Once no call is open any more, what was done to the work orders is what was acknowledged, step by step.</summary>
    static IEnumerable<string> Steps(Reader reader, Ledger ledger) =>
        from step in (IReadOnlyList<(string Acknowledged, string Kept)>)[("accept", "accepted"), ("note", "noted"), ("resolve", "resolved"), ("close", "closed")]
        let acknowledged = ledger.Steps.Count(kept => kept.Value == step.Acknowledged)
        let kept = reader.Single<int>(Sql.Steps, new { Step = step.Kept })
        where kept != acknowledged
        select $"{acknowledged} work orders were {step.Kept}, {kept} are";

    /// <summary>A mail that is marked as sent has left.</summary>
    IEnumerable<string> Sent(Reader reader) => reader.Query<string>(Sql.SentMails).Where(mail => !File.Exists(Path.Combine(outbox, mail + ".eml"))).Select(mail => $"mail {mail} is marked as sent and never left");

    /// <summary>Ids in the form in which they are answered.</summary>
    static IReadOnlyList<Kept> Shown(IReadOnlyList<Numbered> rows) => [.. rows.Select(row => new Kept(row.Name, row.Value.ToString()))];

    sealed record Kept(string Name, string Value);

    sealed record Walked(Id Invitation, string Text);

    sealed record Numbered(string Name, Id Value);

    static class Sql
    {
        public const string Accounts = "SELECT external_id AS name, name AS value FROM customers_v_accounts";

        public const string Contacts = "SELECT c.external_id AS name, a.external_id AS value FROM customers_v_contacts c JOIN customers_v_accounts a ON a.id = c.account_id";

        public const string Events = "SELECT event_id AS name, id AS value FROM operational_data_v_events";

        public const string Submissions = "SELECT submission_id AS name, id AS value FROM responses_v_responses WHERE submission_id IS NOT NULL";

        public const string Feedback = "SELECT external_id AS name, id AS value FROM responses_v_feedback";

        public const string Walks = """
            SELECT r.invitation_id AS invitation, t.text FROM responses_v_responses r JOIN responses_v_texts t ON t.response_id = r.id
            WHERE r.invitation_id IS NOT NULL AND r.state = 'complete' AND r.submission_id IS NULL
            """;

        public const string Torn = """
            SELECT r.id FROM responses_v_responses r
            WHERE r.state = 'complete' AND ((SELECT COUNT(*) FROM responses_v_scores s WHERE s.response_id = r.id AND s.question = 'nps') <> 1
              OR (SELECT COUNT(*) FROM responses_v_texts t WHERE t.response_id = r.id) <> 1)
            """;

        public const string Untold = """
            SELECT r.id FROM responses_v_responses r
            WHERE r.state = 'complete'
              AND (SELECT COUNT(*) FROM kernel_facts f WHERE f.name = 'ResponseCompleted' AND json_extract(f.body, '$.responseId') = r.id) <> 1
            """;

        public const string Owed = "SELECT name || ' to ' || handler FROM kernel_v_owed";

        public const string Parked = "SELECT name || ' to ' || handler || ': ' || error FROM kernel_v_parked";

        public const string Undecided = """
            SELECT e.id FROM operational_data_v_events e
            WHERE (SELECT COUNT(*) FROM invitations_v_invitations i WHERE i.event_id = e.id) <> 1
            """;

        public const string Notes = "SELECT note AS name, '1' AS value FROM work_orders_history WHERE note IS NOT NULL";

        public const string Steps = "SELECT COUNT(*) FROM work_orders_history WHERE step = @Step";

        public const string WronglyInvited = """
            SELECT 'was sent without its mail, or a mail without its invitation' WHERE
              (SELECT COUNT(*) FROM kernel_v_mails WHERE kind = 'survey-invitation') <> (SELECT COUNT(*) FROM invitations_v_invitations WHERE channel = 'email' AND sent_at IS NOT NULL)
            UNION ALL
            SELECT 'is answered and does not know it' FROM invitations_v_invitations i JOIN responses_v_responses r ON r.invitation_id = i.id AND r.state = 'complete'
            WHERE i.state <> 'completed'
            """;

        public const string WronglyAlerted = """
            SELECT r.id FROM responses_v_responses r
            JOIN responses_v_scores s ON s.response_id = r.id AND s.question = 'nps'
            WHERE (s.score <= 6) <> (SELECT COUNT(*) FROM work_orders_v_alerts a WHERE a.response_id = r.id)
            """;

        public const string WronglyOpened = """
            SELECT o.id FROM work_orders_v_orders o
            WHERE (SELECT COUNT(*) FROM work_orders_history h WHERE h.order_id = o.id AND h.step = 'opened') <> 1
              OR (SELECT COUNT(*) FROM work_orders_history h WHERE h.order_id = o.id AND h.step IN ('opened', 'added', 'reopened'))
                <> (SELECT COUNT(*) FROM work_orders_v_alerts a WHERE a.order_id = o.id)
            """;

        public const string Rows = "SELECT COUNT(*) FROM operational_data_rows";

        public const string Seen = "SELECT COUNT(*) FROM operational_data_v_metrics WHERE value IS NOT NULL";

        public const string Mails = "SELECT message_id FROM kernel_v_mails";

        public const string SentMails = "SELECT message_id FROM kernel_v_mails WHERE state = 'sent'";
    }
}
