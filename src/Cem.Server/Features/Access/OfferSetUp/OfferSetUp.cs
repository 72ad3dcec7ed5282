using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.OfferSetUp;

/// <summary>
/// Makes the one-time link by which the first administrator takes the server over, as long as there is no user; a new
/// link replaces the one before.
/// </summary>
[Access]
sealed record Request : IRequest<Response>;

/// <param name="Path">The path of the link; null when the server has users.</param>
sealed record Response(string? Path);

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (tx.Single<bool>(Sql.AnyUser))
            return new Response(null);
        return new Response($"/set-up/{OneTimeLink.Make(tx, OneTimeLink.SetUp, user: null, Valid)}");
    }, cancellationToken);
}

/// <summary><c>serve</c>: says where the server answers; the first start prints the set-up link alone on standard output.</summary>
sealed class Verb(IMediator mediator, Settings settings) : IVerb
{
    public string Name => "serve";

    public string Usage => "[--urls URL]";

    public VerbRuns Runs => VerbRuns.AsServer;

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        await call.Error.WriteLineAsync($"CemMonolith answers at {settings.PublicUrl} (data in {settings.DataFolder}).");
        if ((await mediator.Send(new Request(), ct)).Path is not { } path)
            return 0;
        await call.Error.WriteLineAsync("Nobody can sign in yet. Open this link within 24 hours to make yourself its administrator:");
        await call.Output.WriteLineAsync(settings.PublicUrl + path);
        return 0;
    }
}

file static class Sql
{
    public const string AnyUser = "SELECT EXISTS (SELECT 1 FROM access_users)";
}
