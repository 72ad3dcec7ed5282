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
    public Task<ContactRules> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Single<ContactRules>(Sql.Get));
}

file static class Sql
{
    public const string Get = """
        SELECT touchpoint_days, relationship_days, budget_contacts, budget_days, reminder_days, expiry_days, too_old_days FROM invitations_rules
        """;
}
