using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.CreateSignInLink;

/// <summary>
/// Answers the server's own wish for a one-time sign-in link; a new one replaces the one before. Not even an administrator
/// may ask: it would sign them in as somebody else.
/// </summary>
sealed class Handler(Db db, Caller caller) : IRequestHandler<AskSignInLink, SignInLink>
{
    static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    public Task<SignInLink> Handle(AskSignInLink request, CancellationToken cancellationToken)
    {
        if (caller.Kind != CallerKind.System)
            throw Problem.Forbidden();
        return db.Write(tx =>
        {
            var user = tx.Find<long?>(Sql.FindUser, new { request.Email }) ?? Make(tx, request, caller);
            return new SignInLink(user, $"/sign-in/link/{OneTimeLink.Make(tx, OneTimeLink.SignIn, user, Valid)}");
        }, cancellationToken);
    }

    static long Make(Tx tx, AskSignInLink request, Caller caller)
    {
        var id = tx.NewId();
        tx.Execute(Sql.MakeUser, new
        {
            Id = id, request.Email, request.Name, request.Role, OrgUnit = OrgUnits.Find(tx, request.OrgUnit, caller), request.Language, tx.Now,
        });
        return id;
    }
}

file static class Sql
{
    public const string FindUser = "SELECT id FROM access_users WHERE email = @Email";

    public const string MakeUser = """
        INSERT INTO access_users (id, email, name, role, org_unit_id, language, created_at)
        VALUES (@Id, @Email, @Name, @Role, @OrgUnit, @Language, @Now)
        """;
}
