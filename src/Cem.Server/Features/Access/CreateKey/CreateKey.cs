using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.CreateKey;

/// <summary>
/// Makes an API key: <c>cem_&lt;id&gt;_&lt;secret&gt;</c>, 160 random bits, shown once and kept as its SHA-256. A key sees one
/// org unit and below, by default the whole company.
/// </summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(string Name, IReadOnlyList<string> Scopes, string? OrgUnit = null, DateTimeOffset? ExpiresAt = null) : IRequest<Response>;

/// <param name="Key">The whole key; it cannot be had again.</param>
sealed record Response(Id Id, string Key);

sealed class Validator : AbstractValidator<Request>
{
    public Validator(TimeProvider clock)
    {
        RuleFor(request => request.Name).NotEmpty().MaximumLength(100);
        RuleFor(request => request.Scopes).NotEmpty();
        RuleForEach(request => request.Scopes).Must(Scopes.Known.Contains)
            .WithMessage(_ => $"{string.Join(", ", Scopes.Known)}");
        RuleFor(request => request.ExpiresAt).GreaterThan(_ => clock.GetUtcNow());
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var id = new Id(tx.NewId());
        var secret = Secret.New();
        tx.Execute(Sql.Insert, new
        {
            id.Value, PublicId = id.ToString(), request.Name, Hash = Secret.Hash(secret), Scopes = request.Scopes.ToArray(),
            OrgUnit = OrgUnits.Find(tx, request.OrgUnit), tx.Now, request.ExpiresAt,
        });
        tx.Tell(new KeysChanged(id));
        return new Response(id, $"cem_{id}_{secret}");
    }, cancellationToken);
}

/// <summary><c>keys create --name N --scopes a,b</c>: prints the new key alone on standard output.</summary>
sealed class Verb(IMediator mediator) : IVerb
{
    public string Name => "keys create";

    public string Usage => "--name N --scopes a,b [--org-unit CODE]";

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var scopes = call.Required("scopes").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var response = await mediator.Send(new Request(call.Required("name"), scopes, call.Options.GetValueOrDefault("org-unit")), ct);
        await call.Output.WriteLineAsync(response.Key);
        return 0;
    }
}

file static class Sql
{
    public const string Insert = """
        INSERT INTO access_keys (id, public_id, name, secret_hash, scopes, org_unit_id, created_at, expires_at)
        VALUES (@Value, @PublicId, @Name, @Hash, @Scopes, @OrgUnit, @Now, @ExpiresAt)
        """;
}
