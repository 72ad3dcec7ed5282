using System.Net.Mail;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.SendTestMail;

/// <summary>
/// Sends the administrator who asks a mail, past the queue, and says at once whether the mail server took it, and else why not.
/// </summary>
[Access(Staff = Roles.Administrator)]
sealed record Request : IRequest<Response>;

/// <param name="Error">What the way out said; null when it took the mail.</param>
sealed record Response(string To, string? Error);

sealed class Module : Routes
{
    public Module() =>
        Post("/settings/mail/test", async Task<IResult> (IMediator mediator, Settings settings, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(), ct);
                return response.Error is { } error
                    ? Page.Of(new View(response.To, error, settings.Mail.Host, settings.Mail.Port, settings.Mail.Tls, settings.Mail.From))
                    : TypedResults.LocalRedirect("/settings/mail?done=tested");
            })
            .Sends<Request>()
            .StrictRateLimit();
}

/// <param name="Host">Null where mails go to files.</param>
sealed record View(string To, string Error, string? Host, int Port, bool Tls, string From);

sealed class Handler(Db db, IMailTransport transport, MailTemplates mails, PageContext pages, Caller caller) : IRequestHandler<Request, Response>
{
    /// <summary>People do not wait longer for an answer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (caller.OrgUnit != 0)
            throw Problem.Forbidden();
        var to = db.Find<Row>(Sql.Find, new { caller.Id }) ?? throw Problem.NotFound("user-not-found", ("There is no such active user.", "该用户不存在或已停用。"));
        var body = mails.Render("Housekeeping/SendTestMail/SendTestMail", new MailModel(to.Name), pages.For(caller.Language));
        var id = await db.Write(tx => new Id(tx.NewId()), cancellationToken);
        var error = await Deliver(new Mail("test", $"test-{id}", to.Email, to.Name, body.Subject, body.Html, body.Text), cancellationToken);
        await db.Write(tx => tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "mail.tested", "mail", Json.Write(new { taken = error is null, error }))), cancellationToken);
        return new Response(to.Email, error);
    }

    async Task<string?> Deliver(Mail mail, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await transport.Deliver(mail, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"No answer within {Patience.TotalSeconds:0} s.";
        }
        catch (Exception fault) when (fault is SmtpException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
        {
            return fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message;
        }
    }
}

file sealed record MailModel(string Name);

file sealed record Row(string Email, string Name);

file static class Sql
{
    public const string Find = "SELECT email, name FROM access_v_users WHERE id = @Id AND active = 1";
}
