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
            var user = tx.Find<long?>(Sql.FindUser, new { request.Email }) ?? Make(tx, request);
            var secret = Secret.New();
            tx.Execute(Sql.Replace, new { User = user });
            tx.Execute(Sql.MakeLink, new { Id = tx.NewId(), User = user, Hash = Secret.Hash(secret), tx.Now, Expires = tx.Now + Valid });
            return new SignInLink(user, $"/sign-in/link/{secret}");
        }, cancellationToken);
    }

    static long Make(Tx tx, AskSignInLink request)
    {
        var id = tx.NewId();
        tx.Execute(Sql.MakeUser, new
        {
            Id = id, request.Email, request.Name, request.Role, request.Language, tx.Now,
            OrgUnit = request.OrgUnit is null ? 0 : tx.Find<long?>(Sql.FindOrgUnit, new { Code = request.OrgUnit })
                ?? throw Problem.Rule("/orgUnit", "org-unit-not-found", ($"There is no org unit '{request.OrgUnit}'.", $"组织单元“{request.OrgUnit}”不存在。")),
        });
        return id;
    }
}

file static class Sql
{
    public const string FindUser = "SELECT id FROM access_users WHERE email = @Email";

    public const string FindOrgUnit = "SELECT id FROM customers_v_org_units WHERE code = @Code";

    public const string MakeUser = """
        INSERT INTO access_users (id, email, name, role, org_unit_id, language, created_at)
        VALUES (@Id, @Email, @Name, @Role, @OrgUnit, @Language, @Now)
        """;

    public const string Replace = "DELETE FROM access_links WHERE user_id = @User AND kind = 'sign-in'";

    public const string MakeLink = """
        INSERT INTO access_links (id, kind, user_id, secret_hash, made_at, expires_at)
        VALUES (@Id, 'sign-in', @User, @Hash, @Now, @Expires)
        """;
}
