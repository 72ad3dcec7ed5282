using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.ShowDeliveries;

/// <summary>
/// Whether what is owed also arrives: how mails leave, which wait or gave up and why, which facts a slice could not take in,
/// which jobs fail, and what was sent lately. What mails say is not shown. It spans the whole company, so that only
/// administrators of the whole company see it.
/// </summary>
[Access(Staff = Roles.Administrator)]
sealed record Request : IRequest<Response>;

/// <param name="Way">How mails leave.</param>
/// <param name="Failed">Mails that gave up, the latest first; at most <see cref="Response.Most"/>.</param>
/// <param name="Waiting">Mails that are owed, the next first.</param>
/// <param name="Deliveries">Facts that a slice could not take in so far, the parked first.</param>
/// <param name="Jobs">Jobs that failed the last time.</param>
/// <param name="Sent">The latest mails that left.</param>
sealed record Response(
    Way Way, Counts Counts, IReadOnlyList<OutgoingMail> Failed, IReadOnlyList<OutgoingMail> Waiting, IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<JobState> Jobs, IReadOnlyList<OutgoingMail> Sent)
{
    public const int Most = 20;

    public bool IsWell => Counts.Failed == 0 && Deliveries.Count == 0 && Jobs.Count == 0;
}

/// <param name="Server">The SMTP server; null where mails go to files.</param>
sealed record Way(string? Server, bool Tls, string? User, string Folder, string From);

/// <param name="Retried">Of those waiting, how many have been tried in vain.</param>
sealed record Counts(int Failed, int Waiting, int Retried, int Parked, int PutOff, int SentToday);

sealed record OutgoingMail(Id Id, string Kind, string ToAddress, string Subject, int Attempts, DateTimeOffset OwedAt, DateTimeOffset DueAt, DateTimeOffset? SentAt, string? Error);

sealed record Delivery(Id FactId, string Handler, string Name, int Attempts, DateTimeOffset ToldAt, DateTimeOffset? DueAt, string? Error, bool Parked);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 960, "/settings/mail", Roles.Administrator)];

    public Module() =>
        Get("/settings/mail", async (IMediator mediator, Texts texts, Caller caller, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(), ct);
                var words = texts.For(caller.Language, "Housekeeping/ShowDeliveries");
                MailRow Mail(OutgoingMail mail) => new(mail, words.Find("kind." + mail.Kind) ?? mail.Kind);
                return Page.Of(new View(response, [.. response.Failed.Select(Mail)], [.. response.Waiting.Select(Mail)], [.. response.Sent.Select(Mail)],
                    [.. response.Jobs.Select(job => new JobRow(job, words.Find("job." + job.Name) ?? job.Name))], Response.Most));
            })
            .Sends<Request>();
}

sealed record View(Response Is, IReadOnlyList<MailRow> Failed, IReadOnlyList<MailRow> Waiting, IReadOnlyList<MailRow> Sent, IReadOnlyList<JobRow> Jobs, int Most);

/// <param name="Kind">In words.</param>
sealed record MailRow(OutgoingMail Mail, string Kind);

/// <param name="Label">In words.</param>
sealed record JobRow(JobState Job, string Label);

sealed class Handler(Db db, Settings settings, JobRunner jobs, Kernel.Time.CompanyTime time, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (caller.OrgUnit != 0)
            throw Problem.Forbidden();
        return Task.FromResult(db.Read(reader => new Response(
            new Way(settings.Mail.Host is { } host ? $"{host}:{settings.Mail.Port}" : null, settings.Mail.Tls, settings.Mail.User, settings.OutboxFolder, From()),
            reader.Single<Counts>(Sql.Count, new { Today = time.StartOf(time.Today) }),
            reader.Query<OutgoingMail>(Sql.Failed, new { Limit = Response.Most }),
            reader.Query<OutgoingMail>(Sql.Waiting, new { Limit = Response.Most }),
            reader.Query<Delivery>(Sql.Deliveries, new { Limit = Response.Most }),
            [.. jobs.States.Where(job => job.Failures > 0)],
            reader.Query<OutgoingMail>(Sql.Sent, new { Limit = Response.Most }))));
    }

    string From() => settings.Mail.FromName is { Length: > 0 } name ? $"{name} <{settings.Mail.From}>" : settings.Mail.From;
}

file static class Sql
{
    public const string Count = """
        SELECT
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'failed') AS failed,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'owed') AS waiting,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'owed' AND attempts > 0) AS retried,
          (SELECT COUNT(*) FROM kernel_v_parked) AS parked,
          (SELECT COUNT(*) FROM kernel_v_owed WHERE attempts > 0) AS put_off,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'sent' AND sent_at >= @Today) AS sent_today
        """;

    public const string Failed = """
        SELECT id, kind, to_address, subject, attempts, owed_at, due_at, sent_at, error FROM kernel_v_mails
        WHERE state = 'failed' ORDER BY id DESC LIMIT @Limit
        """;

    public const string Waiting = """
        SELECT id, kind, to_address, subject, attempts, owed_at, due_at, sent_at, error FROM kernel_v_mails
        WHERE state = 'owed' ORDER BY due_at, id LIMIT @Limit
        """;

    public const string Sent = """
        SELECT id, kind, to_address, subject, attempts, owed_at, due_at, sent_at, error FROM kernel_v_mails
        WHERE state = 'sent' ORDER BY sent_at DESC, id DESC LIMIT @Limit
        """;

    public const string Deliveries = """
        SELECT fact_id, handler, name, attempts, told_at, due_at, error, 0 AS parked FROM kernel_v_owed WHERE attempts > 0
        UNION ALL
        SELECT fact_id, handler, name, attempts, told_at, NULL AS due_at, error, 1 AS parked FROM kernel_v_parked
        ORDER BY parked DESC, fact_id, handler LIMIT @Limit
        """;
}
