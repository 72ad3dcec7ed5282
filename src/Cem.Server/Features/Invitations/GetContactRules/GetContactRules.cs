using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;
using MediatR;

namespace Cem.Server.Features.Invitations.GetContactRules;

/// <summary>Tells how often contacts and accounts may be asked.</summary>
[Access(Keys = [Scopes.SurveysWrite, Scopes.InsightsRead], Staff = Roles.All)]
sealed record Request : IRequest<ContactRules>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/contact-rules", (IMediator mediator, CancellationToken ct) => mediator.Send(new Request(), ct))
            .Sends<Request>()
            .Summary("Read the contact rules");
}

sealed class Handler(Db db) : IRequestHandler<Request, ContactRules>
{
    public Task<ContactRules> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader => reader.ContactRules()));
}
