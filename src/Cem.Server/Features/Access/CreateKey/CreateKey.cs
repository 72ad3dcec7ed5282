using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
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

sealed class Module : Routes
{
    public Module()
    {
        Get("/settings/keys/new", (Db db, Caller caller, Texts texts) => Page.Of(View.Of(Form.Empty, db, caller, texts)))
            .Sends<Request>();

        Post("/settings/keys/new", (IFormCollection form, IMediator mediator, Db db, Caller caller, Texts texts, CompanyTime time, CancellationToken ct) => Page.Submit(form, caller,
                act: async () => (IResult)Page.Of(new MadeView(form["name"].ToString().Trim(), (await mediator.Send(new Request(
                    form["name"].ToString().Trim(), [.. form["scopes"].OfType<string>()], form["orgUnit"], Expiry(form["expiresAt"].ToString(), time)), ct)).Key), "Made"),
                again: refused => Task.FromResult<object>(View.Of(refused, db, caller, texts))))
            .Sends<Request>();
    }

    /// <summary>The end of a day in company time.</summary>
    static DateTimeOffset? Expiry(string day, CompanyTime time) =>
        day.Length == 0 ? null
        : Wire.TryDay(day, out var date) ? time.StartOf(date.AddDays(1))
        : throw Problem.Malformed("/expiresAt", "date", ("A date is needed as YYYY-MM-DD.", "需要 YYYY-MM-DD 格式的日期。"));
}

sealed record View(Form Form, IReadOnlyList<Option> Scopes, IReadOnlyList<Option> OrgUnits)
{
    public static View Of(Form form, Db db, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Access/CreateKey");
        return new(form, [.. Kernel.Security.Scopes.Known.Select(scope => new Option(scope, $"{scope} – {words["scope." + scope]}"))], Access.OrgUnits.Options(db, caller, words["wholeCompany"]));
    }
}

sealed record MadeView(string Name, string Key);

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

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var id = new Id(tx.NewId());
        var secret = Secret.New();
        tx.Execute(Sql.Insert, new
        {
            id.Value, PublicId = id.ToString(), request.Name, Hash = Secret.Hash(secret), Scopes = request.Scopes.ToArray(),
            OrgUnit = OrgUnits.Find(tx, request.OrgUnit, caller), tx.Now, request.ExpiresAt,
        });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "key.created", id.ToString(), Json.Write(new { request.Name, request.Scopes, request.OrgUnit, request.ExpiresAt })));
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
