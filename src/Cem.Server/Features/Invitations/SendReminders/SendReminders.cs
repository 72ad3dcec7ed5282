using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;

namespace Cem.Server.Features.Invitations.SendReminders;

/// <summary>
/// Reminds once, where the contact rules say so, of an invitation by mail that was not answered. It asks nothing new, so the
/// clocks do not matter; whether the contact may be written to at all does.
/// </summary>
sealed class Job(Store store, MailTemplates mails, PageContext pages, CompanyTime time, Settings settings) : IJob
{
    const int ChunkSize = 64;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var rules = store.Read(reader => reader.ContactRules());
        if (rules.ReminderDays == 0)
            return false;
        var before = new RuleBook(rules, time, time.Now).RemindedSince;
        var due = store.Read(reader => reader.Query<long>(Sql.Due, new { Before = before, time.Now, Limit = ChunkSize }));
        foreach (var invitation in due)
            await Remind(invitation, ct);
        return due.Count > 0;
    }

    Task Remind(long invitation, CancellationToken ct)
    {
        var secret = Secret.New();
        var letter = store.Read(reader => reader.Find<Letter>(Sql.FindLetter, new { Id = invitation }));
        var mail = letter is { Email: { } address } ? Draw(letter, address, secret) : null;
        return store.Write(tx =>
        {
            if (!tx.Single<bool>(Sql.IsOpen, new { Id = invitation }))
                return;
            var reason = letter is null || tx.FindCandidate(letter.ContactId) is not { } candidate ? Reasons.Erased
                : RuleBook.AgainstPerson(candidate, RuleBook.Email) ?? (mail is null ? Reasons.NoAddress : null);
            tx.Execute(Sql.MarkReminded, new { Id = invitation, tx.Now, Reason = reason });
            if (reason is not null)
                return;
            tx.Execute(Sql.Link, new { Hash = Secret.Hash(secret), Id = invitation, tx.Now });
            tx.Send(mail!);
        }, ct);
    }

    Mail Draw(Letter letter, string address, string secret)
    {
        var unsubscribe = $"{settings.PublicUrl}/unsubscribe/{secret}";
        var page = pages.For(letter.Language);
        var body = mails.Render("Invitations/SendReminders/SendReminders",
            new View(letter.Name, letter.Account, letter.Title, page.Formats.Date(letter.ExpiresAt), $"{settings.PublicUrl}/s/{secret}", unsubscribe), page);
        return new Mail("survey-reminder", $"reminder-{letter.Id}", address, letter.Name, body.Subject, body.Html, body.Text, new Dictionary<string, string>
        {
            ["List-Unsubscribe"] = $"<{unsubscribe}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
        });
    }
}

sealed record View(string Name, string Account, string Title, string Until, string Link, string Unsubscribe);

sealed record Letter(Id Id, long ContactId, string Language, string Name, string? Email, string Account, string Title, DateTimeOffset ExpiresAt);

file static class Sql
{
    public const string Due = """
        SELECT id FROM invitations_invitations
        WHERE state IN ('sent', 'opened', 'partial') AND expires_at > @Now
          AND channel = 'email' AND reminded_at IS NULL AND sent_at <= @Before
        ORDER BY expires_at, id LIMIT @Limit
        """;

    public const string FindLetter = """
        SELECT i.id, i.contact_id, c.language, c.name, c.email, a.name AS account,
          CASE c.language WHEN 'zh-CN' THEN s.title_zh ELSE s.title_en END AS title, i.expires_at
        FROM invitations_invitations i
        JOIN customers_v_contacts c ON c.id = i.contact_id
        JOIN customers_v_accounts a ON a.id = i.account_id
        JOIN surveys_v_surveys s ON s.id = i.survey_id
        WHERE i.id = @Id
        """;

    public const string IsOpen = """
        SELECT EXISTS (SELECT 1 FROM invitations_invitations WHERE id = @Id AND state IN ('sent', 'opened', 'partial') AND reminded_at IS NULL)
        """;

    public const string MarkReminded = "UPDATE invitations_invitations SET reminded_at = @Now, reminder_reason = @Reason WHERE id = @Id";

    public const string Link = "INSERT INTO invitations_links (secret_hash, invitation_id, made_at) VALUES (@Hash, @Id, @Now)";
}
