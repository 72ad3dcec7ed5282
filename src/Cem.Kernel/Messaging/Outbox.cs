using Cem.Kernel.Data;
using Cem.Kernel.Html;

namespace Cem.Kernel.Messaging;

/// <summary>
/// Mails that are owed. A mail is written in the transaction that causes it and leaves after the commit, at least once
/// and always with the same Message-ID; when the mail server is away it is tried again for three days.
/// </summary>
public sealed class Outbox(Store store, IMailTransport transport, TimeProvider clock) : IJob
{
    const int BatchSize = 32;
    const int LeastQuoted = 4;
    const string Removed = "…";

    static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task<bool> Run(CancellationToken ct)
    {
        var owed = store.Read(reader => reader.Query<Owed>(Sql.Due, new { Now = clock.GetUtcNow(), Limit = BatchSize }));
        foreach (var mail in owed)
            await Deliver(mail, ct);
        var changed = store.Read(reader => reader.Query<Owed>(Sql.ToRewrite, new { Limit = BatchSize }));
        foreach (var mail in changed)
        {
            await transport.Rewrite(mail.Mail, ct);
            await store.Write(tx => tx.Execute(Sql.Rewritten, new { mail.Id, mail.Html }), ct);
        }
        return owed.Count + changed.Count > 0;
    }

    async Task Deliver(Owed mail, CancellationToken ct)
    {
        string? error = null;
        try
        {
            await transport.Deliver(mail.Mail, ct);
        }
#pragma warning disable CA1031 // whatever keeps a mail from leaving is recorded beside it
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            error = $"{fault.GetType().Name}: {fault.Message}";
        }
        await store.Write(tx =>
        {
            if (error is null)
                tx.Execute(Sql.MarkSent, new { mail.Id, tx.Now });
            else if (mail.Attempts >= Pauses.Length)
                tx.Execute(Sql.MarkFailed, new { mail.Id, Error = error });
            else
                tx.Execute(Sql.PutOff, new { mail.Id, Error = error, Due = tx.Now + Pauses[mail.Attempts] });
        }, ct);
    }

    internal static void Owe(Tx tx, Mail mail) => tx.Prepare(Sql.Owe).Run(
        tx.NewId(), mail.MessageId, mail.Kind, mail.ToAddress, mail.ToName, mail.Subject, mail.Html, mail.Text,
        Json.Write(mail.Headers ?? new Dictionary<string, string>()), tx.Now);

    /// <summary>Removes a person's address and what was written to it, here and where it lies as a file.</summary>
    public static void Erase(Tx tx, string address) => tx.Execute(Sql.Erase, new { Address = address });

    /// <summary>Removes somebody's words from mails that quote them to others, here and where they lie as files.</summary>
    /// <param name="words">As they were said; fewer than four letters are left, for they could be anybody's.</param>
    public static void Redact(Tx tx, string words)
    {
        var escaped = HtmlText.Escape(words);
        if (words.Trim().Length < LeastQuoted)
            return;
        foreach (var mail in tx.Query<Quoting>(Sql.Quoting, new { Words = words, Escaped = escaped }))
            tx.Execute(Sql.Redact, new
            {
                mail.Id, Html = mail.Html.Replace(escaped, Removed, StringComparison.Ordinal), Text = mail.Text.Replace(words, Removed, StringComparison.Ordinal),
            });
    }

    /// <summary>Counts mails of a replayed past as sent in their time; what was written in them is not kept.</summary>
    public static void CountAsSent(Tx tx, DateTimeOffset before) => tx.Execute(Sql.CountAsSent, new { Before = before });

    /// <summary>Tries mails again that could not be sent, or were put off, as if they were owed only now.</summary>
    /// <param name="id">One mail; null for all.</param>
    /// <returns>How many.</returns>
    public static int Retry(Tx tx, long? id) => tx.Execute(Sql.Retry, new { Id = id, tx.Now });

    /// <summary>Gives up on a mail that could not be sent.</summary>
    /// <returns>False where no mail of that id waits for being tried again.</returns>
    public static bool Discard(Tx tx, long id) => tx.Execute(Sql.Discard, new { Id = id }) == 1;

    sealed record Owed(long Id, string MessageId, string Kind, string ToAddress, string ToName, string Subject, string Html, string Text, string Headers, int Attempts)
    {
        public Mail Mail => new(Kind, MessageId, ToAddress, ToName, Subject, Html, Text, Json.Read<Dictionary<string, string>>(Headers));
    }

    sealed record Quoting(long Id, string Html, string Text);

    static class Sql
    {
        public const string Due = """
            SELECT id, message_id, kind, to_address, to_name, subject, html, text, headers, attempts
            FROM kernel_mails WHERE state = 'owed' AND due_at <= @Now
            ORDER BY due_at, id LIMIT @Limit
            """;

        public const string Owe = """
            INSERT INTO kernel_mails (id, message_id, kind, to_address, to_name, subject, html, text, headers, state, owed_at, due_at)
            VALUES (@Id, @MessageId, @Kind, @ToAddress, @ToName, @Subject, @Html, @Text, @Headers, 'owed', @Now, @Now)
            ON CONFLICT (message_id) DO NOTHING
            """;

        // One that was erased while it was on its way is taken back.
        public const string MarkSent = """
            UPDATE kernel_mails SET state = CASE state WHEN 'owed' THEN 'sent' ELSE state END, rewrite = CASE state WHEN 'owed' THEN rewrite ELSE 1 END,
              sent_at = @Now, attempts = attempts + 1, error = NULL
            WHERE id = @Id AND state IN ('owed', 'erased')
            """;

        public const string MarkFailed = "UPDATE kernel_mails SET state = 'failed', attempts = attempts + 1, error = @Error WHERE id = @Id AND state = 'owed'";

        public const string PutOff = "UPDATE kernel_mails SET attempts = attempts + 1, error = @Error, due_at = @Due WHERE id = @Id AND state = 'owed'";

        public const string Retry = """
            UPDATE kernel_mails SET state = 'owed', attempts = 0, due_at = @Now
            WHERE (@Id IS NULL OR id = @Id) AND (state = 'failed' OR state = 'owed' AND attempts > 0)
            """;

        public const string Discard = "UPDATE kernel_mails SET state = 'discarded' WHERE id = @Id AND state = 'failed'";

        public const string CountAsSent = """
            UPDATE kernel_mails SET state = 'sent', sent_at = owed_at, attempts = 1, html = '', text = ''
            WHERE state = 'owed' AND owed_at < @Before
            """;

        public const string Erase = """
            UPDATE kernel_mails SET state = 'erased', to_address = '', to_name = '', subject = '', html = '', text = '', headers = '{}',
              error = NULL, rewrite = 1
            WHERE to_address = @Address COLLATE NOCASE
            """;

        public const string Quoting = """
            SELECT id, html, text FROM kernel_mails WHERE instr(text, @Words) > 0 OR instr(html, @Escaped) > 0
            """;

        public const string Redact = "UPDATE kernel_mails SET html = @Html, text = @Text, rewrite = 1 WHERE id = @Id";

        public const string ToRewrite = """
            SELECT id, message_id, kind, to_address, to_name, subject, html, text, headers, attempts FROM kernel_mails
            WHERE rewrite = 1 ORDER BY id LIMIT @Limit
            """;

        public const string Rewritten = "UPDATE kernel_mails SET rewrite = 0 WHERE id = @Id AND html = @Html";
    }
}
