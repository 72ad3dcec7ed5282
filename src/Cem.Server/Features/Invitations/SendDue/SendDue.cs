using Cem.Contracts.Invitations;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;

namespace Cem.Server.Features.Invitations.SendDue;

/// <summary>
/// Sends what has waited its delay. The rules are looked at once more, one invitation after the other, so that of two that are
/// due together for one contact or one account only as many go as may. Marking it sent and owing its mail are one write. By
/// the channel <c>link</c> nothing is mailed: the CRM fetches the link.
/// </summary>
sealed class Job(Store store, MailTemplates mails, PageContext pages, CompanyTime time, Settings settings, ILogger<Job> log) : IJob
{
    const int ChunkSize = 64;

    /// <summary>How long an invitation rests whose mail cannot be made, such as for a broken template.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public bool InReplay => true;

    public async Task<bool> Run(CancellationToken ct)
    {
        var due = store.Read(reader => reader.Query<long>(Sql.Due, new { time.Now, Limit = ChunkSize }));
        foreach (var invitation in due)
            await SendOne(invitation, ct);
        return due.Count > 0;
    }

    async Task SendOne(long invitation, CancellationToken ct)
    {
        try
        {
            var secret = Secret.New();
            var letter = store.Read(reader => reader.Find<Letter>(Sql.FindLetter, new { Id = invitation }));
            // Drawn before the write, so that the writer never waits for a template.
            var mail = letter is { Channel: RuleBook.Email, Email: { } address, Version: not null } ? Draw(letter, address, secret) : null;
            await store.Write(tx => Send(tx, invitation, letter, mail, secret), ct);
        }
#pragma warning disable CA1031 // one invitation's trouble must not hold up the others
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogError(fault, "The invitation {Invitation} could not be sent; it will be tried again", invitation);
            await store.Write(tx => tx.Execute(Sql.PutOff, new { Id = invitation, Due = tx.Now + Rest }), ct);
        }
    }

    void Send(Tx tx, long id, Letter? letter, Mail? mail, string secret)
    {
        if (tx.Find<Waiting>(Sql.FindWaiting, new { Id = id }) is not { } waiting)
            return;
        var book = tx.OpenRuleBook(time, tx.Now);
        if (Against(tx, book, waiting, letter, mail) is { } reason)
        {
            tx.Execute(Sql.Suppress, new { Id = id, Reason = reason });
            return;
        }
        tx.Execute(Sql.MarkSent, new { Id = id, tx.Now, Expires = book.Expiry, letter!.Version });
        if (mail is not null)
        {
            tx.Execute(Sql.Link, new { Hash = Secret.Hash(secret), Id = id, tx.Now });
            tx.Send(mail);
        }
        tx.Tell(new InvitationSent(id));
    }

    static string? Against(Tx tx, RuleBook book, Waiting waiting, Letter? letter, Mail? mail)
    {
        if (tx.FindCandidate(waiting.ContactId) is not { } candidate || letter is null)
            return Reasons.Erased;
        if (letter.Version is null)
            return Reasons.SurveyNotPublished;
        // Too old now means that it lay here, for the server was away; the delay itself is as the matrix wants it.
        if (book.IsTooOld(waiting.DueAt))
            return Reasons.TooOld;
        return book.Against(candidate, waiting.Kind, waiting.Channel, tx.AskedOf(candidate.AccountId, book))
            ?? (waiting.Channel == RuleBook.Email && mail is null ? Reasons.NoAddress : null);
    }

    Mail Draw(Letter letter, string address, string secret)
    {
        var unsubscribe = $"{settings.PublicUrl}/unsubscribe/{secret}";
        var body = mails.Render("Invitations/SendDue/SendDue",
            new View(letter.Name, letter.Account, letter.Title, letter.Intro, letter.Minutes, $"{settings.PublicUrl}/s/{secret}", unsubscribe),
            pages.For(letter.Language));
        return new Mail("survey-invitation", $"invitation-{letter.Id}", address, letter.Name, body.Subject, body.Html, body.Text, new Dictionary<string, string>
        {
            // RFC 8058: one click in the mail program unsubscribes, by a POST that our page also takes.
            ["List-Unsubscribe"] = $"<{unsubscribe}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
        });
    }
}

/// <param name="Minutes">How long answering takes; null where the survey does not say.</param>
sealed record View(string Name, string Account, string Title, string? Intro, int? Minutes, string Link, string Unsubscribe);

sealed record Waiting(long? ContactId, string Kind, string Channel, DateTimeOffset DueAt);

sealed record Letter(Id Id, string Channel, string Language, string Name, string? Email, string Account, string Title, int? Version, string? Intro, int? Minutes);

file static class Sql
{
    public const string Due = """
        SELECT id FROM invitations_invitations WHERE state = 'scheduled' AND due_at <= @Now ORDER BY due_at, id LIMIT @Limit
        """;

    public const string FindLetter = """
        SELECT i.id, i.channel, c.language, c.name, c.email, a.name AS account,
          CASE c.language WHEN 'zh-CN' THEN s.title_zh ELSE s.title_en END AS title, s.published_version AS version,
          json_extract(v.definition, '$.intro."' || c.language || '"') AS intro, json_extract(v.definition, '$.minutes') AS minutes
        FROM invitations_invitations i
        JOIN customers_v_contacts c ON c.id = i.contact_id
        JOIN customers_v_accounts a ON a.id = i.account_id
        JOIN surveys_v_surveys s ON s.id = i.survey_id
        LEFT JOIN surveys_v_versions v ON v.survey_id = s.id AND v.version = s.published_version
        WHERE i.id = @Id
        """;

    public const string FindWaiting = "SELECT contact_id, kind, channel, due_at FROM invitations_invitations WHERE id = @Id AND state = 'scheduled'";

    public const string Suppress = "UPDATE invitations_invitations SET state = 'suppressed', reason = @Reason WHERE id = @Id";

    public const string MarkSent = """
        UPDATE invitations_invitations SET state = 'sent', sent_at = @Now, expires_at = @Expires, survey_version = @Version WHERE id = @Id
        """;

    public const string Link = "INSERT INTO invitations_links (secret_hash, invitation_id, made_at) VALUES (@Hash, @Id, @Now)";

    public const string PutOff = "UPDATE invitations_invitations SET due_at = @Due WHERE id = @Id AND state = 'scheduled'";
}
