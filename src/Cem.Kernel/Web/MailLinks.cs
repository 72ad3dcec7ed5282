namespace Cem.Kernel.Web;

/// <summary>
/// The secret links in our mails. They are remembered for more than a year, also when what they led to is over, so that a late click
/// finds a page of its own and not an error; then they are forgotten.
/// </summary>
public static class MailLinks
{
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    /// <summary>Whether an unknown secret is whole: one of ours that was forgotten, for its age or with its person, and not cut off.</summary>
    public static bool IsForgotten(string secret) => secret.Length == Security.Secret.Length && secret.All(char.IsAsciiLetterOrDigit);

    /// <summary>What an unknown link answers: that it is too old, or else that it is none.</summary>
    /// <param name="none">Why there may be no such link.</param>
    public static Problem Unknown(string secret, Say none) => IsForgotten(secret)
        ? Problem.Other(410, "link-forgotten", (
            "This link no longer works: it is more than a year old, or the person it was made for has been removed. The newest mail from us has one that works; you can also reply to it.",
            "此链接已失效：已超过一年，或对应的联系人信息已删除。请使用我们最近一封邮件中的链接，或直接回复该邮件。"))
        : Problem.NotFound("link-not-found", none);
}
