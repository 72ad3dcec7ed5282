using Cem.Kernel.Data;

namespace Cem.Kernel.Messaging;

/// <summary>
/// Mails that are owed. A mail is written in the transaction that causes it and leaves after the commit, at least once
/// and always with the same Message-ID; when the mail server is away it is tried again for three days.
/// </summary>
public sealed class Outbox(Store store, IMailTransport transport, TimeProvider clock) : IJob
{
    const int BatchSize = 32;

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
        return owed.Count > 0;
    }

    async Task Deliver(Owed mail, CancellationToken ct)
    {
        string? error = null;
        try
        {
            await transport.Deliver(new Mail(mail.Kind, mail.MessageId, mail.ToAddress, mail.ToName, mail.Subject, mail.Html, mail.Text,
                Json.Read<Dictionary<string, string>>(mail.Headers)), ct);
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

    /// <summary>Removes a person's address and what was written to it.</summary>
    public static void Erase(Tx tx, string address) => tx.Execute(Sql.Erase, new { Address = address });

    /// <summary>Counts mails of a replayed past as sent in their time; what was written in them is not kept.</summary>
    public static void CountAsSent(Tx tx, DateTimeOffset before) => tx.Execute(Sql.CountAsSent, new { Before = before });

    /// <summary>Tries mails again that could not be sent, or were put off, as if they were owed only now.</summary>
    /// <param name="id">One mail; null for all.</param>
    /// <returns>How many.</returns>
    public static int Retry(Tx tx, long? id) => tx.Execute(Sql.Retry, new { Id = id, tx.Now });

    sealed record Owed(long Id, string MessageId, string Kind, string ToAddress, string ToName, string Subject, string Html, string Text, string Headers, int Attempts);

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

        public const string MarkSent = "UPDATE kernel_mails SET state = 'sent', sent_at = @Now, attempts = attempts + 1, error = NULL WHERE id = @Id AND state = 'owed'";

        public const string MarkFailed = "UPDATE kernel_mails SET state = 'failed', attempts = attempts + 1, error = @Error WHERE id = @Id AND state = 'owed'";

        public const string PutOff = "UPDATE kernel_mails SET attempts = attempts + 1, error = @Error, due_at = @Due WHERE id = @Id AND state = 'owed'";

        public const string Retry = """
            UPDATE kernel_mails SET state = 'owed', attempts = 0, due_at = @Now
            WHERE (@Id IS NULL OR id = @Id) AND (state = 'failed' OR state = 'owed' AND attempts > 0)
            """;

        public const string CountAsSent = """
            UPDATE kernel_mails SET state = 'sent', sent_at = owed_at, attempts = 1, html = '', text = ''
            WHERE state = 'owed' AND owed_at < @Before
            """;

        public const string Erase = """
            UPDATE kernel_mails SET state = 'erased', to_address = '', to_name = '', subject = '', html = '', text = '', headers = '{}'
            WHERE to_address = @Address COLLATE NOCASE
            """;
    }
}
