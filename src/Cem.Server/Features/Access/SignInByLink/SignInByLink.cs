using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.SignInByLink;

/// <summary>
/// Signs in the holder of a one-time link. Opening the link only shows a button: mail scanners and previews open links, and
/// must not use it up.
/// </summary>
[Access(Anyone = true)]
sealed record Request(Visitor Visitor) : IRequest<NewSession>
{
    [JsonIgnore]
    public string Secret { get; init; } = "";
}

sealed class Module : Routes
{
    public Module()
    {
        Get("/sign-in/link/{secret}", (string secret) => Page.Of(new View(secret)))
            .Sends<Request>();

        Post("/sign-in/link/{secret}", async (string secret, HttpContext http, IMediator mediator, CancellationToken ct) =>
            {
                (await mediator.Send(new Request(Visitor.Of(http)) { Secret = secret }, ct)).Keep(http);
                return TypedResults.LocalRedirect("/");
            })
            .Sends<Request>()
            .StrictRateLimit();
    }
}

sealed record View(string Secret);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, NewSession>
{
    public Task<NewSession> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var user = OneTimeLink.Use(tx, OneTimeLink.SignIn, request.Secret);
        tx.Tell(new Audited(tx.Now, user, "staff", "user.signed-in", new Id(user).ToString(), Json.Write(new { by = "link", request.Visitor.Address })));
        return NewSession.Start(tx, user, request.Visitor, caller.Session);
    }, cancellationToken);
}
