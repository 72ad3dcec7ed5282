using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.DiscardMail;

/// <summary>Gives up on a mail that could not be sent, such as one to an address that does not exist: it is no longer owed.</summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(Id Mail) : IRequest<Response>;

sealed record Response(Id Mail);

sealed class Module : Routes
{
    public Module() =>
        Post("/settings/mail/{id}/discard", async (Id id, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(id), ct);
                return TypedResults.LocalRedirect("/settings/mail?done=discarded");
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (caller.OrgUnit != 0)
            throw Problem.Forbidden();
        return db.Write(tx =>
        {
            if (!Outbox.Discard(tx, request.Mail.Value))
                throw Problem.NotFound("mail-not-found", ("There is no such mail that could not be sent.", "没有此发送失败的邮件。"));
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "mail.discarded", request.Mail.ToString()));
            return new Response(request.Mail);
        }, cancellationToken);
    }
}
