using Cem.Contracts.Reports;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Reports;

/// <summary>Whom a report is mailed to.</summary>
sealed record Reader(long Id, string Email, string Name);

/// <summary>What became of it.</summary>
/// <param name="Made">False where the archive had it already.</param>
/// <param name="Mailed">Readers who are owed it now, and were not before.</param>
sealed record Published(long ReportId, bool Made, int Mailed);

/// <summary>
/// Makes a report, archives it and owes it to its readers in one transaction. A report is made once for a week, an org unit and
/// a language, and reaches a reader once for a week, however often and from wherever this is called.
/// </summary>
sealed class ReportPress(ReportComposer composer, ReportViews views, MailTemplates mails, PageContext pages, Texts texts, Settings settings, Db db)
{
    public const string MailKind = "weekly-report";

    const string Template = "Reports/PublishWeekly/PublishWeekly";

    /// <param name="madeBy">Who asked for it; null for the schedule.</param>
    public async Task<Published> Publish(IsoWeek week, ReportUnit unit, string language, IReadOnlyList<Reader> readers, string? madeBy, CancellationToken ct)
    {
        var key = new { Week = week.ToString(), OrgUnit = unit.Id, Language = language };
        var fresh = db.Find<Archived>(Sql.Find, key) is null ? await Make(week, unit, language, ct) : null;
        return await db.Write(tx =>
        {
            var archived = tx.Find<Archived>(Sql.Find, key);
            if (archived is null)
                Archive(tx, fresh!, key.OrgUnit, madeBy);
            var mail = archived ?? new Archived(fresh!.Id, fresh.Body.Subject, fresh.Body.Html, fresh.Body.Text);
            return new Published(mail.Id, archived is null, readers.Count(reader => Owe(tx, week, mail, reader)));
        }, ct);
    }

    async Task<Draft> Make(IsoWeek week, ReportUnit unit, string language, CancellationToken ct)
    {
        // The mail names its own page, so that the id comes first.
        var id = await db.Write(tx => tx.NewId(), ct);
        var report = await composer.Compose(week, unit, language, ct);
        var page = pages.For(language) with { BaseUrl = settings.PublicUrl };
        var button = new { Href = $"{settings.PublicUrl}/reports/{new Id(id)}", Label = texts.For(language, ReportTexts.Scope)["page"] };
        var view = views.Draw(report, language);
        return new(id, report, view.Headline, mails.Render(Template, new { Report = view, Button = button }, page));
    }

    static void Archive(Tx tx, Draft draft, long orgUnit, string? madeBy)
    {
        var report = draft.Report;
        tx.Execute(Sql.Archive, new
        {
            draft.Id, report.Week, OrgUnit = orgUnit, report.Language, From = Day.Number(report.From), To = Day.Number(report.To), report.CutOff, tx.Now,
            MadeBy = madeBy, draft.Body.Subject, draft.Headline, Model = Json.Write(report), draft.Body.Html, draft.Body.Text,
        });
        foreach (var comment in report.Comments)
            if (comment.ContactId is { } contact)
                tx.Execute(Sql.Quote, new { draft.Id, Response = comment.ResponseId, Contact = contact });
        tx.Tell(new ReportPublished(draft.Id));
    }

    /// <summary>False where the reader got the report of this week before.</summary>
    bool Owe(Tx tx, IsoWeek week, Archived mail, Reader reader)
    {
        if (tx.Execute(Sql.Deliver, new { Week = week.ToString(), User = reader.Id, Report = mail.Id, tx.Now }) == 0)
            return false;
        var secret = Secret.New();
        tx.Execute(Sql.Link, new { Hash = Secret.Hash(secret), User = reader.Id, tx.Now });
        tx.Send(new Mail(MailKind, $"weekly-{week}-{new Id(reader.Id)}", reader.Email, reader.Name, mail.Subject, mail.Html, mail.Text, new Dictionary<string, string>
        {
            ["List-Unsubscribe"] = $"<{settings.PublicUrl}/reports/stop/{secret}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
        }));
        return true;
    }

    sealed record Draft(long Id, Report Report, string Headline, MailBody Body);

    sealed record Archived(long Id, string Subject, string Html, string Text);

    static class Sql
    {
        public const string Find = """
            SELECT id, subject, html, text FROM reports_reports WHERE week = @Week AND org_unit_id = @OrgUnit AND language = @Language
            """;

        public const string Archive = """
            INSERT INTO reports_reports (id, week, org_unit_id, language, from_day, to_day, cut_off, made_at, made_by, subject, headline, model, html, text)
            VALUES (@Id, @Week, @OrgUnit, @Language, @From, @To, @CutOff, @Now, @MadeBy, @Subject, @Headline, @Model, @Html, @Text)
            """;

        public const string Quote = "INSERT INTO reports_quotes (report_id, response_id, contact_id) VALUES (@Id, @Response, @Contact)";

        public const string Deliver = """
            INSERT INTO reports_deliveries (week, user_id, report_id, owed_at) VALUES (@Week, @User, @Report, @Now)
            ON CONFLICT (week, user_id) DO NOTHING
            """;

        public const string Link = "INSERT INTO reports_links (secret_hash, user_id, made_at) VALUES (@Hash, @User, @Now)";
    }
}
