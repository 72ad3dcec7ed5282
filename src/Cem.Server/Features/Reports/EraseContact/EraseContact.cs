using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.Reports.EraseContact;

/// <summary>
/// A person asked to be forgotten: their words go from the reports that quote them, in every form that is kept. The figures stay;
/// they name nobody.
/// </summary>
sealed class RemoveQuotes : IFactHandler<ContactErased>
{
    const string Removed = "…";

    public void Handle(ContactErased fact, Tx tx)
    {
        foreach (var row in tx.Query<Row>(Sql.Quoting, new { Contact = fact.ContactId }))
        {
            var report = Json.Read<Report>(row.Model);
            var (html, text) = (row.Html, row.Text);
            foreach (var comment in report.Comments.Where(comment => comment.ContactId == fact.ContactId && comment.Text.Length > 0))
            {
                html = html.Replace(HtmlText.Escape(comment.Text), Removed, StringComparison.Ordinal);
                text = text.Replace(comment.Text, Removed, StringComparison.Ordinal);
            }
            tx.Execute(Sql.Keep, new
            {
                row.Id, Html = html, Text = text,
                Model = Json.Write(report with
                {
                    Comments = [.. report.Comments.Select(comment => comment.ContactId == fact.ContactId ? comment with { ContactId = null, Role = null, Text = "" } : comment)],
                }),
            });
        }
        tx.Execute(Sql.Forget, new { Contact = fact.ContactId });
    }
}

file sealed record Row(long Id, string Model, string Html, string Text);

file static class Sql
{
    public const string Quoting = """
        SELECT id, model, html, text FROM reports_reports WHERE id IN (SELECT report_id FROM reports_quotes WHERE contact_id = @Contact)
        """;

    public const string Keep = "UPDATE reports_reports SET model = @Model, html = @Html, text = @Text WHERE id = @Id";

    public const string Forget = "DELETE FROM reports_quotes WHERE contact_id = @Contact";
}
