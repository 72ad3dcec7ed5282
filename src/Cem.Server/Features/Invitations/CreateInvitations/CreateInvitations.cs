using Cem.Contracts.Access;
using Cem.Contracts.Invitations;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Invitations.CreateInvitations;

/// <summary>
/// Personal links for the caller to send by its own means: in its app, by its own mail, in a chat. The contact rules hold as
/// for our own mails, and the clocks start when the links are given out.
/// </summary>
/// <param name="Contacts">The CRM's ids, at most 1,000.</param>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(string Survey, IReadOnlyList<string> Contacts, string? Touchpoint = null) : IRequest<Response>;

/// <param name="Items">One for each contact, in the order asked for.</param>
sealed record Response(IReadOnlyList<Item> Items);

/// <param name="State"><c>sent</c> or <c>suppressed</c>.</param>
/// <param name="Link">Null where the contact may not be asked.</param>
sealed record Item(string Contact, Id Invitation, string State, string? Link, DateTimeOffset? ExpiresAt, string? Reason, Wording? Words);

sealed class Module : Routes
{
    public Module() =>
        Post("/api/v1/invitations", (Request body, IMediator mediator, CancellationToken ct) => mediator.Send(body, ct))
            .Sends<Request>()
            .Summary("Get personal links to send yourself")
            .Describe("Each contact gets a link or the reason why it may not be asked. Send an Idempotency-Key: without one, repeating the call meets the contact's clock.")
            .Example("""{"survey": "support", "contacts": ["acct-017-c08"], "touchpoint": "traveller-support"}""");
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Survey).NotEmpty().MaximumLength(64);
        RuleFor(request => request.Contacts).NotEmpty().Must(contacts => contacts.Count <= Batch.MostItems);
        RuleFor(request => request.Touchpoint).MaximumLength(64);
    }
}

sealed class Handler(Db db, CompanyTime time, Settings settings, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var survey = tx.Find<Survey>(Sql.FindSurvey, new { Code = request.Survey })
            ?? throw Problem.Rule("/survey", "survey-not-found", ($"There is no survey '{request.Survey}'.", $"问卷“{request.Survey}”不存在。"));
        if (request.Touchpoint is not null && !tx.Single<bool>(Sql.HasTouchpoint, new { request.Touchpoint }))
            throw Problem.Rule("/touchpoint", "touchpoint-not-found", ($"There is no touchpoint '{request.Touchpoint}'.", $"触点“{request.Touchpoint}”不存在。"));
        var book = tx.OpenRuleBook(time, tx.Now);
        var contacts = request.Contacts.Distinct(StringComparer.Ordinal).ToList();
        var candidates = contacts.Select(contact => tx.FindCandidate(contact, caller.OrgUnit)).ToList();
        if (candidates.Contains(null))
            throw Problem.Rules([.. request.Contacts.Index().Where(asked => candidates[contacts.IndexOf(asked.Item)] is null).Select(asked =>
                new FieldError($"/contacts/{asked.Index}", "contact-not-found", ($"There is no contact '{asked.Item}'.", $"联系人“{asked.Item}”不存在。")))]);
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "invitations.created", request.Survey, Json.Write(new { contacts = contacts.Count, request.Touchpoint })));
        return new Response([.. contacts.Zip(candidates, (contact, candidate) => Invite(tx, book, survey, request, contact, candidate!))]);
    }, cancellationToken);

    Item Invite(Tx tx, RuleBook book, Survey survey, Request request, string contact, Candidate candidate)
    {
        var asked = tx.AskedOf(candidate.AccountId, book);
        var reason = survey.Version is null ? Reasons.SurveyNotPublished : book.Against(candidate, survey.Kind, Link, asked);
        var id = new Id(tx.NewId());
        var sent = reason is null;
        tx.Execute(Sql.Record, new
        {
            Id = id, SurveyId = survey.Id, SurveyCode = request.Survey, Version = sent ? survey.Version : null, survey.Kind, candidate.AccountId,
            candidate.ContactId, request.Touchpoint, candidate.Role, Channel = Link, candidate.Language, candidate.OrgUnitId,
            State = sent ? "sent" : "suppressed", Reason = reason, tx.Now, Sent = sent ? tx.Now : (DateTimeOffset?)null,
            Expires = sent ? book.Expiry : (DateTimeOffset?)null,
        });
        if (reason is not null)
            return new Item(contact, id, "suppressed", null, null, reason, Reasons.Of(reason));
        var secret = Secret.New();
        tx.Execute(Sql.Link, new { Hash = Secret.Hash(secret), Id = id, tx.Now });
        tx.Tell(new InvitationSent(id));
        return new Item(contact, id, "sent", $"{settings.PublicUrl}/s/{secret}", book.Expiry, null, null);
    }

    const string Link = "link";
}

sealed record Survey(long Id, string Kind, int? Version);

file static class Sql
{
    public const string FindSurvey = "SELECT id, kind, published_version AS version FROM surveys_v_surveys WHERE code = @Code";

    public const string HasTouchpoint = "SELECT EXISTS (SELECT 1 FROM journeys_v_touchpoints WHERE code = @Touchpoint)";

    public const string Record = """
        INSERT INTO invitations_invitations (id, survey_id, survey_code, survey_version, kind, account_id, contact_id, touchpoint, role, channel,
          language, org_unit_id, state, reason, decided_at, sent_at, expires_at)
        VALUES (@Id, @SurveyId, @SurveyCode, @Version, @Kind, @AccountId, @ContactId, @Touchpoint, @Role, @Channel, @Language, @OrgUnitId,
          @State, @Reason, @Now, @Sent, @Expires)
        """;

    public const string Link = "INSERT INTO invitations_links (secret_hash, invitation_id, made_at) VALUES (@Hash, @Id, @Now)";
}
