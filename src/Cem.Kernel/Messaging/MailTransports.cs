using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Cem.Kernel.Messaging;

/// <summary>The way out for mails.</summary>
public interface IMailTransport
{
    /// <exception cref="SmtpException">It could not be handed over; the outbox tries again.</exception>
    Task Deliver(Mail mail, CancellationToken ct);

    /// <summary>
    /// Takes back, as far as it is still in our hands, what a mail said: it says this now, or nothing any more where its
    /// words are empty. Mails that a mail server took are in others' hands.
    /// </summary>
    Task Rewrite(Mail mail, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>How mails leave.</summary>
/// <param name="Host">The SMTP server; without one, mails are written to files.</param>
public sealed record MailSettings(string? Host, int Port, string? User, string? Password, bool Tls, string From, string? FromName);

/// <summary>Writes each mail to <c>DIR/outbox/&lt;message id&gt;.eml</c>: the default of an installation without SMTP.</summary>
public sealed class FileTransport(string folder, MailSettings settings) : IMailTransport
{
    public async Task Deliver(Mail mail, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var drop = Directory.CreateTempSubdirectory("cem-mail-");
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = drop.FullName };
            using var message = MimeMessage.Of(mail, settings);
            await client.SendMailAsync(message, ct);
            File.Move(drop.GetFiles().Single().FullName, Path.Combine(folder, mail.MessageId + ".eml"), overwrite: true);
        }
        finally
        {
            drop.Delete(recursive: true);
        }
    }

    public async Task Rewrite(Mail mail, CancellationToken ct)
    {
        var file = Path.Combine(folder, mail.MessageId + ".eml");
        if (!File.Exists(file))
            return;
        if (mail.Html.Length == 0)
            File.Delete(file);
        else
            await Deliver(mail, ct);
    }
}

/// <summary>Hands each mail to the company's mail server.</summary>
public sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    public async Task Deliver(Mail mail, CancellationToken ct)
    {
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User is not null)
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        using var message = MimeMessage.Of(mail, settings);
        await client.SendMailAsync(message, ct);
    }
}

static class MimeMessage
{
    public static MailMessage Of(Mail mail, MailSettings settings)
    {
        var message = new MailMessage
        {
            From = new MailAddress(settings.From, settings.FromName, Encoding.UTF8),
            Subject = mail.Subject.ReplaceLineEndings(" "),
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            Body = mail.Text,
            IsBodyHtml = false,
        };
        message.To.Add(new MailAddress(mail.ToAddress, mail.ToName.ReplaceLineEndings(" "), Encoding.UTF8));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        message.Headers.Add("Message-ID", $"<{mail.MessageId}@{message.From.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var (name, value) in mail.Headers ?? new Dictionary<string, string>())
            message.Headers.Add(name, value.ReplaceLineEndings(" "));
        return message;
    }
}
