using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Kernel.Messaging;

/// <summary>
/// Lets go of what has done its duty: facts that reached everybody, answers kept for retries, and mails, of which first
/// the words go and then the record. What is still owed stays, however old.
/// </summary>
public sealed class Retention(Store store, TimeProvider clock) : IJob
{
    /// <summary>Delivered facts are kept for a month: long enough to find out what happened.</summary>
    static readonly TimeSpan FactsKept = TimeSpan.FromDays(30);

    /// <summary>What was written in a mail that has gone, and mails that never went: by then their links are too old.</summary>
    static readonly TimeSpan WordsKept = TimeSpan.FromDays(30);

    /// <summary>That a mail went, to whom and when.</summary>
    static readonly TimeSpan MailsKept = TimeSpan.FromDays(365);

    /// <summary>Rows in one write: others wait for the writer meanwhile.</summary>
    const int ChunkSize = 2_000;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = new
        {
            FactsBefore = now - FactsKept, FactsBelow = Ids.Since(now - FactsKept), RetriesBefore = now - RetryKey.Kept, RetriesBelow = Ids.Since(now - RetryKey.Kept),
            WordsBefore = now - WordsKept, MailsBefore = now - MailsKept, Limit = ChunkSize,
        };
        return store.Read(reader => reader.Single<bool>(Sql.IsDue, due))
            && await store.Write(tx => tx.Execute(Sql.DropFacts, due) + tx.Execute(Sql.DropRetries, due) + tx.Execute(Sql.DropMails, due) + tx.Execute(Sql.DropWords, due) > 0, ct);
    }

    static class Sql
    {
        // Facts and retries are bounded by their ids, which sort by time: an index by age would cost every write.
        public const string IsDue = """
            SELECT EXISTS (SELECT 1 FROM kernel_facts f WHERE f.id < @FactsBelow AND told_at < @FactsBefore AND NOT EXISTS (SELECT 1 FROM kernel_deliveries d WHERE d.fact_id = f.id))
              OR EXISTS (SELECT 1 FROM kernel_retries WHERE id < @RetriesBelow AND stored_at <= @RetriesBefore)
              OR EXISTS (SELECT 1 FROM kernel_mails WHERE state <> 'owed' AND owed_at < CASE state WHEN 'failed' THEN @WordsBefore ELSE @MailsBefore END)
              OR EXISTS (SELECT 1 FROM kernel_mails WHERE state = 'sent' AND owed_at < @WordsBefore AND (html <> '' OR text <> ''))
            """;

        public const string DropFacts = """
            DELETE FROM kernel_facts WHERE id IN (
              SELECT f.id FROM kernel_facts f
              WHERE f.id < @FactsBelow AND f.told_at < @FactsBefore AND NOT EXISTS (SELECT 1 FROM kernel_deliveries d WHERE d.fact_id = f.id)
              ORDER BY f.id LIMIT @Limit)
            """;

        public const string DropRetries = """
            DELETE FROM kernel_retries WHERE id IN (SELECT id FROM kernel_retries WHERE id < @RetriesBelow AND stored_at <= @RetriesBefore ORDER BY id LIMIT @Limit)
            """;

        public const string DropMails = """
            DELETE FROM kernel_mails WHERE id IN (SELECT id FROM kernel_mails WHERE state <> 'owed' AND owed_at < CASE state WHEN 'failed' THEN @WordsBefore ELSE @MailsBefore END LIMIT @Limit)
            """;

        public const string DropWords = """
            UPDATE kernel_mails SET html = '', text = '', headers = '{}', rewrite = 1 WHERE id IN (
              SELECT id FROM kernel_mails WHERE state = 'sent' AND owed_at < @WordsBefore AND (html <> '' OR text <> '') LIMIT @Limit)
            """;
    }
}
