using System.Globalization;
using System.Text;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.Reports.ReadReport;

/// <summary>A report as a mail file (RFC 5322, MIME): both forms, no reader's address.</summary>
static class MailFile
{
    // RFC 2047: a line with encoded words has at most 76 characters, the name of the field among them.
    const int BytesOfWord = 39;
    const int BytesOfLine = 57;

    public static string Of(Response report, MailSettings mail)
    {
        var boundary = $"report-{report.Id}";
        var at = mail.From.LastIndexOf('@');
        var lines = new List<string>
        {
            $"Date: {report.MadeAt.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}",
            $"From: {mail.From}",
            $"Subject: {Words(report.Subject)}",
            $"Message-ID: <report-{report.Id}@{mail.From[(at + 1)..]}>",
            "Auto-Submitted: auto-generated",
            $"Content-Language: {report.Language}",
            "MIME-Version: 1.0",
            $"Content-Type: multipart/alternative; boundary=\"{boundary}\"",
            "",
        };
        Part("text/plain", report.Text);
        Part("text/html", report.Html);
        lines.Add($"--{boundary}--");
        return string.Join("\r\n", lines) + "\r\n";

        void Part(string type, string content) => lines.AddRange(
        [
            $"--{boundary}", $"Content-Type: {type}; charset=utf-8", "Content-Transfer-Encoding: base64", "",
            .. Encoding.UTF8.GetBytes(content).Chunk(BytesOfLine).Select(Convert.ToBase64String),
        ]);
    }

    static string Words(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > BytesOfWord)
                Flush();
            word.Append(rune.ToString());
        }
        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=");
            word.Clear();
        }
    }
}
