namespace Cem.Kernel.Html;

/// <summary>A mail as it is sent: the same content as a page and as plain text.</summary>
public sealed record MailBody(string Subject, string Html, string Text);

/// <summary>
/// Mails from two templates beside their slice: <c>X.mail.hbs</c> in the layout <c>Html/Mail</c>, and its plain twin
/// <c>X.mail.txt.hbs</c>, whose first line is <c>Subject: …</c>.
/// </summary>
public sealed class MailTemplates(Templates templates)
{
    const string Subject = "Subject: ";

    /// <summary>Renders both forms of a mail.</summary>
    /// <param name="name">Path without <c>.mail.hbs</c>: <c>Invitations/SendInvitation/SendInvitation</c>.</param>
    /// <exception cref="TemplateException">A template is missing or not sound, or the text has no subject.</exception>
    public MailBody Render(string name, object model, RenderContext page)
    {
        var text = templates.Render(name + ".mail.txt", model, page).ReplaceLineEndings("\n").TrimStart('\n');
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !text.StartsWith(Subject, StringComparison.Ordinal))
            throw new TemplateException(name + ".mail.txt", $"its first line is to be \"{Subject}…\"");
        // A subject is one line whatever a name in it contains.
        var subject = string.Concat(text[Subject.Length..end].Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return new(subject, templates.Render(name + ".mail", model, page), text[end..].Trim('\n') + "\n");
    }
}
