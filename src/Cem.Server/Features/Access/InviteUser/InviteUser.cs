using System.Net.Mail;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.InviteUser;

/// <summary>
/// Makes a user who has yet to choose a password, by a one-time link that is good for a week. Inviting somebody again who
/// has not come yet puts right what was entered and sends a new link; the one before is of no use any more.
/// </summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(string Email, string Name, Roles Role, string? OrgUnit, string Language, bool ByMail) : IRequest<Response>;

/// <param name="Link">The whole address; it cannot be had again.</param>
sealed record Response(Id Id, string Email, string Link);

sealed class Module : Routes
{
    public Module()
    {
        Get("/settings/users/invite", (Db db, Caller caller, Texts texts, Settings settings) =>
                Page.Of(View.Of(Form.Of(("language", settings.Language), ("byMail", true)), db, caller, texts)))
            .Sends<Request>();

        Post("/settings/users/invite", (IFormCollection form, IMediator mediator, Db db, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () => (IResult)Page.Of(await mediator.Send(new Request(
                    form["email"].ToString().Trim(), form["name"].ToString().Trim(), RoleNames.Parse(form["role"].ToString()),
                    form["orgUnit"], form["language"].ToString(), form["byMail"] == "true"), ct), "Made"),
                again: refused => Task.FromResult<object>(View.Of(refused, db, caller, texts))))
            .Sends<Request>();
    }
}

sealed record View(Form Form, IReadOnlyList<Option> Roles, IReadOnlyList<Option> OrgUnits, IReadOnlyList<Option> Languages)
{
    public static View Of(Form form, Db db, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Access/InviteUser");
        return new(form, RoleNames.Options(words), Access.OrgUnits.Options(db, caller, words["wholeCompany"]), Preferences.LanguageOptions);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Email).NotEmpty().MaximumLength(254).EmailAddress();
        RuleFor(request => request.Name).NotEmpty().MaximumLength(100);
        RuleFor(request => request.Language).Must(Languages.Knows);
    }
}

sealed class Handler(Db db, Caller caller, Settings settings, MailTemplates mails, PageContext pages, Texts texts) : IRequestHandler<Request, Response>
{
    static readonly TimeSpan Valid = TimeSpan.FromDays(7);

    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var existing = tx.Find<Row>(Sql.Find, new { request.Email, Scope = caller.OrgUnit });
        if (existing is { Reachable: false } or { Joined: true })
            throw Problem.Rule("/email", "user-exists", ("Somebody with this address is a user already.", "该邮箱已是系统用户。"));
        var id = new Id(existing?.Id ?? tx.NewId());
        var orgUnit = OrgUnits.Find(tx, request.OrgUnit, caller);
        tx.Execute(Sql.Put, new { Id = id.Value, request.Email, request.Name, Role = RoleNames.Of(request.Role), OrgUnit = orgUnit, request.Language, tx.Now });
        var link = $"{settings.PublicUrl}/password/{OneTimeLink.Make(tx, OneTimeLink.Password, id, Valid)}";
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "user.invited", id.ToString(), Json.Write(new { role = RoleNames.Of(request.Role), request.OrgUnit })));
        if (request.ByMail)
        {
            var mail = mails.Render("Access/InviteUser/InviteUser", new MailModel(request.Name, caller.Name, new MailButton(link, texts.Get(request.Language, "Access/InviteUser", "mail.button"))), pages.For(request.Language));
            tx.Send(new(Kind: "user-invitation", MessageId: $"user-invitation-{new Id(tx.NewId())}", request.Email, request.Name, mail.Subject, mail.Html, mail.Text));
        }
        return new Response(id, request.Email, link);
    }, cancellationToken);
}

/// <summary><c>users invite --email E --role R --org-unit CODE</c>: prints the one-time link alone on standard output.</summary>
sealed class Verb(IMediator mediator, Settings settings) : IVerb
{
    public string Name => "users invite";

    public string Usage => "--email E --role R [--org-unit CODE] [--name N] [--language zh-CN|en]";

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var email = call.Required("email");
        var name = call.Options.GetValueOrDefault("name") ?? (MailAddress.TryCreate(email, out var address) ? address.User : email);
        var response = await mediator.Send(new Request(email, name, RoleNames.Parse(call.Required("role")),
            call.Options.GetValueOrDefault("org-unit"), call.Options.GetValueOrDefault("language") ?? settings.Language, ByMail: false), ct);
        await call.Output.WriteLineAsync(response.Link);
        return 0;
    }
}

/// <param name="Inviter">Who invites; the server's name when it was done on the command line.</param>
file sealed record MailModel(string Name, string Inviter, MailButton Button);

file sealed record MailButton(string Href, string Label);

file sealed record Row(long Id, bool Joined, bool Reachable);

file static class Sql
{
    public const string Find = """
        SELECT id, joined_at IS NOT NULL OR active = 0 AS joined,
          @Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope) AS reachable
        FROM access_users WHERE email = @Email
        """;

    public const string Put = """
        INSERT INTO access_users (id, email, name, role, org_unit_id, language, created_at)
        VALUES (@Id, @Email, @Name, @Role, @OrgUnit, @Language, @Now)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, org_unit_id = excluded.org_unit_id, language = excluded.language
        """;
}
