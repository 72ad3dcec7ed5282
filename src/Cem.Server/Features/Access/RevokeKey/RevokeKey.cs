using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.RevokeKey;

/// <summary>Revokes an API key: it is out with its next call, and stays in the list. Revoking it again changes nothing.</summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(Id Key) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module() =>
        Post("/settings/keys/{id}/revoke", async (Id id, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(id), ct);
                return TypedResults.LocalRedirect("/settings/keys?done=revoked");
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller, KeyMemory memory) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var key = tx.Find<Row>(Sql.Find, new { Id = request.Key.Value, Scope = caller.OrgUnit })
            ?? throw Problem.NotFound("key-not-found", ("There is no such key.", "该密钥不存在。"));
        if (key.Revoked)
            return new Response();
        tx.Execute(Sql.Revoke, new { Id = request.Key.Value, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "key.revoked", request.Key.ToString(), Json.Write(new { key.Name })));
        tx.AfterCommit(memory.Forget);
        return new Response();
    }, cancellationToken);
}

/// <summary><c>keys revoke ID</c>: the id is the part of the key between the first two underscores.</summary>
sealed class Verb(IMediator mediator) : IVerb
{
    public string Name => "keys revoke";

    public string Usage => "ID";

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var id = Id.TryParse(call.Operand(0, "The key's ID"), null, out var known) ? known : throw new UsageException("ID has thirteen characters, such as keys list prints.");
        await mediator.Send(new Request(id), ct);
        await call.Error.WriteLineAsync($"The key {id} is revoked.");
        return 0;
    }
}

file sealed record Row(string Name, bool Revoked);

file static class Sql
{
    public const string Find = """
        SELECT name, revoked_at IS NOT NULL AS revoked FROM access_keys
        WHERE id = @Id AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
        """;

    public const string Revoke = "UPDATE access_keys SET revoked_at = @Now WHERE id = @Id";
}
