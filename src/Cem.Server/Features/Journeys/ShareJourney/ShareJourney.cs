using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Journeys.ShareJourney;

/// <summary>
/// Makes a link to a journey's map, for colleagues without an account (<c>viewer</c>: the map and its scores, nothing to click
/// through to) or with one (<c>editor</c>: they may edit this journey after signing in). Shown once, kept as its hash, valid for
/// some days, and ended by whoever may share. Where an address is named, the link also leaves by mail.
/// </summary>
/// <param name="Email">To whom it is mailed; empty for nobody.</param>
/// <param name="Language">Of the mail, unless the address is that of a colleague, who gets it in theirs.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, string Role, int Days, string Email = "", string Language = Languages.English) : IRequest<Response>;

/// <param name="Link">The whole address; it cannot be had again.</param>
sealed record Response(string Link, DateTimeOffset ExpiresAt);

/// <summary>Ends a link at once. Ending it again changes nothing.</summary>
[Access(Staff = Roles.Programme)]
sealed record EndRequest(string Code, Id Share) : IRequest<Response>;

/// <summary>The links of a journey, the newest first, those that are over too.</summary>
[Access(Staff = Roles.Programme)]
sealed record ListRequest(string Code) : IRequest<ListResponse>;

sealed record ListResponse(string Code, Wording Journey, IReadOnlyList<Share> Shares);

/// <param name="OrgUnit">Whose scores it shows; null for the whole company.</param>
sealed record Share(Id Id, string Role, string? OrgUnit, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, int Opened, DateTimeOffset? LastOpenedAt);

sealed class Module : Routes
{
    public Module()
    {
        Get("/journeys/{code}/shares", async (string code, IMediator mediator, Caller caller, Texts texts, TimeProvider clock, CancellationToken ct) =>
                Page.Of(View.Of(await mediator.Send(new ListRequest(code), ct), Form.Of(("role", "viewer"), ("days", "30"), ("language", caller.Language)), caller, texts, clock.GetUtcNow())))
            .Sends<ListRequest>();

        Post("/journeys/{code}/shares", (string code, IFormCollection form, IMediator mediator, Caller caller, Texts texts, TimeProvider clock, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var made = await mediator.Send(new Request(
                        code, form["role"].ToString(), int.TryParse(form["days"], out var days) ? days : 0, form["email"].ToString().Trim(), form["language"] is [{ Length: > 0 } chosen] ? chosen : caller.Language), ct);
                    return (IResult)Page.Of(new MadeView($"/journeys/{code}/shares", made.Link, form["role"].ToString(), form["email"].ToString().Trim(), made.ExpiresAt), "Made");
                },
                again: async refused => View.Of(await mediator.Send(new ListRequest(code), ct), refused, caller, texts, clock.GetUtcNow())))
            .Sends<Request>();

        Post("/journeys/{code}/shares/{id}/end", async (string code, Id id, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new EndRequest(code, id), ct);
                return TypedResults.LocalRedirect($"/journeys/{Uri.EscapeDataString(code)}/shares?done=ended");
            })
            .Sends<EndRequest>();
    }
}

/// <summary>The page.</summary>
sealed record View(string Address, Form Form, IReadOnlyList<Option> Roles, IReadOnlyList<Option> Spans, IReadOnlyList<Option> Languages, IReadOnlyList<ViewRow> Rows, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(ListResponse found, Form form, Caller caller, Texts texts, DateTimeOffset now)
    {
        var words = texts.For(caller.Language, "Journeys/ShareJourney");
        var address = $"/journeys/{found.Code}";
        return new View(
            address + "/shares", form, [.. Validator.Roles.Select(role => new Option(role, words["as." + role]))], [.. Validator.Spans.Select(days => new Option($"{days}", words.Get("days", ("count", days))))], Preferences.LanguageOptions,
            [.. found.Shares.Select(share => new ViewRow(share, words["role." + share.Role], share.OrgUnit ?? words["company"], share.RevokedAt is not null ? "ended" : share.ExpiresAt <= now ? "over" : "valid"))],
            [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(found.Journey.In(caller.Language), address), new NavigationEntry(words["title"], "", Current: true)]);
    }
}

/// <param name="State">valid, over or ended.</param>
sealed record ViewRow(Share Share, string Role, string Scores, string State)
{
    public bool Valid => State == "valid";

    public string Tone => Valid ? "active" : "done";
}

/// <param name="SentTo">Empty where it was not mailed.</param>
sealed record MadeView(string Back, string Link, string Role, string SentTo, DateTimeOffset ExpiresAt);

/// <param name="Role">viewer or editor.</param>
sealed record MailModel(string By, string Journey, string Role, DateTimeOffset ExpiresAt, MailButton Button);

sealed record MailButton(string Href, string Label);

sealed class Validator : AbstractValidator<Request>
{
    public static readonly IReadOnlyList<string> Roles = ["viewer", "editor"];

    public static readonly IReadOnlyList<int> Spans = [7, 30, 90];

    public Validator()
    {
        RuleFor(request => request.Role).Must(Roles.Contains).Says("choice", ("Choose a role.", "请选择角色。"));
        RuleFor(request => request.Days).Must(Spans.Contains).Says("choice", ("Choose for how long.", "请选择有效期。"));
        RuleFor(request => request.Email).MaximumLength(254).EmailAddress().When(request => request.Email.Length > 0);
        RuleFor(request => request.Language).Must(Languages.Knows);
    }
}

sealed class ListHandler(Db db) : IRequestHandler<ListRequest, ListResponse>
{
    public Task<ListResponse> Handle(ListRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var journey = JourneyStore.Get(reader, request.Code);
        return new ListResponse(journey.Code, journey.Read().Name, reader.Query<Share>(Sql.List, new { Journey = journey.Id }));
    }));
}

sealed class Handler(Db db, Caller caller, Settings settings, MailTemplates mails, PageContext pages, Texts texts) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var journey = JourneyStore.Get(tx, request.Code);
        var (secret, id, expires) = (Secret.New(), tx.NewId(), tx.Now.AddDays(request.Days));
        tx.Execute(Sql.Make, new { Id = id, Journey = journey.Id, Hash = Secret.Hash(secret), request.Role, caller.OrgUnit, tx.Now, By = caller.Name, Expires = expires });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "journey.shared", request.Code, Json.Write(new { Share = new Id(id), request.Role, ExpiresAt = expires })));
        var link = $"{settings.PublicUrl}/journeys/shared/{secret}";
        if (request.Email.Length > 0)
            Send(tx, request, journey, id, link, expires);
        return new Response(link, expires);
    }, cancellationToken);

    void Send(Tx tx, Request request, StoredJourney journey, long id, string link, DateTimeOffset expires)
    {
        var language = tx.Find<string>(Sql.Reader, new { request.Email }) ?? request.Language;
        var model = new MailModel(caller.Name, journey.Read().Name.In(language), request.Role, expires, new MailButton(link, texts.Get(language, "Journeys/ShareJourney", "mail.button")));
        var mail = mails.Render("Journeys/ShareJourney/ShareJourney", model, pages.For(language));
        tx.Send(new(Kind: "journey-share", MessageId: $"journey-share-{new Id(id)}", request.Email, request.Email, mail.Subject, mail.Html, mail.Text));
    }
}

sealed class EndHandler(Db db, Caller caller) : IRequestHandler<EndRequest, Response>
{
    public Task<Response> Handle(EndRequest request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var journey = JourneyStore.Get(tx, request.Code);
        if (!tx.Single<bool>(Sql.Exists, new { Id = request.Share.Value, Journey = journey.Id }))
            throw Problem.NotFound("share-not-found", ("There is no such link.", "该链接不存在。"));
        if (tx.Execute(Sql.End, new { Id = request.Share.Value, tx.Now }) > 0)
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "journey.share-ended", request.Code, Json.Write(new { request.Share })));
        return new Response("", tx.Now);
    }, cancellationToken);
}

file static class Sql
{
    public const string List = """
        SELECT s.id, s.role, o.name AS org_unit, s.made_at, s.made_by, s.expires_at, s.revoked_at, s.opened, s.last_opened_at
        FROM journeys_shares s LEFT JOIN customers_v_org_units o ON o.id = s.org_unit_id WHERE s.journey_id = @Journey ORDER BY s.id DESC LIMIT 100
        """;

    public const string Make = """
        INSERT INTO journeys_shares (id, journey_id, secret_hash, role, org_unit_id, made_at, made_by, expires_at) VALUES (@Id, @Journey, @Hash, @Role, @OrgUnit, @Now, @By, @Expires)
        """;

    public const string Reader = "SELECT language FROM access_v_users WHERE email = @Email AND active = 1";

    public const string Exists = "SELECT EXISTS (SELECT 1 FROM journeys_shares WHERE id = @Id AND journey_id = @Journey)";

    public const string End = "UPDATE journeys_shares SET revoked_at = @Now WHERE id = @Id AND revoked_at IS NULL";
}
