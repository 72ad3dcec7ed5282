using Cem.Contracts.Access;
using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.EraseContact;

/// <summary>
/// Forgets a person: who they are goes here, in the mails they got at any address, and, by the fact told, in every other
/// area. A nameless row stays, so that scores keep their role and history its sums. The same id put again is a new person.
/// </summary>
[Access(Keys = [Scopes.CustomersWrite], Staff = Roles.Programme)]
sealed record Request(string ExternalId) : IRequest<Response>;

/// <param name="Account">Whose contact it was.</param>
sealed record Response(string Account);

/// <summary>Whom the page asks about.</summary>
[Access(Staff = Roles.Programme)]
sealed record Look(string ExternalId) : IRequest<View>;

/// <param name="Answers">How many answers stay without a name.</param>
sealed record View(string ExternalId, string Name, string? Email, string Account, string AccountName, int Answers);

sealed class Module : Routes
{
    public Module()
    {
        Get("/contacts/{externalId}/erase", async (string externalId, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Look(externalId), ct)))
            .Sends<Look>();

        Post("/contacts/{externalId}/erase", async (string externalId, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(externalId), ct);
                return TypedResults.LocalRedirect($"/accounts/{Uri.EscapeDataString(response.Account)}?done=erased");
            })
            .Sends<Request>();

        Delete("/api/v1/contacts/{externalId}", async Task<NoContent> (string externalId, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(externalId), ct);
                return TypedResults.NoContent();
            })
            .Sends<Request>()
            .Summary("Erase a contact")
            .Describe("Name, addresses, phone, mails and comments go everywhere and cannot be brought back; scores stay, unlinked. 404 afterwards.");
    }
}

sealed class Looking(Db db, Caller caller) : IRequestHandler<Look, View>
{
    public Task<View> Handle(Look request, CancellationToken cancellationToken) =>
        Task.FromResult(db.Find<View>(Sql.Look, new { request.ExternalId, caller.OrgUnit }) ?? throw ContactWriter.NotFound(request.ExternalId));
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var person = tx.Find<Row>(Sql.Find, new { request.ExternalId, caller.OrgUnit }) ?? throw ContactWriter.NotFound(request.ExternalId);
        var addresses = tx.Query<string>(Sql.Addresses, new { person.Id });
        foreach (var address in addresses)
            Outbox.Erase(tx, address);
        tx.Execute(Sql.ForgetRejectedRows, new { Words = (string?[])[request.ExternalId, person.Name, person.Phone, .. addresses] });
        tx.Execute(Sql.ForgetAddresses, new { person.Id });
        tx.Execute(Sql.Forget, new { person.Id, tx.Now });
        tx.Tell(new ContactErased(person.Id));
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "contact.erased", new Id(person.Id).ToString()));
        return new Response(person.Account);
    }, cancellationToken);
}

file sealed record Row(long Id, string Name, string? Phone, string Account);

file static class Sql
{
    public const string Look = """
        SELECT c.external_id, c.name, c.email, a.external_id AS account, a.name AS account_name,
          (SELECT COUNT(*) FROM responses_v_responses r
           WHERE r.account_id IN (SELECT id FROM customers_accounts) AND r.contact_id = c.id AND r.state = 'complete') AS answers
        FROM customers_contacts c JOIN customers_accounts a ON a.id = c.account_id
        WHERE c.external_id = @ExternalId AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Find = """
        SELECT c.id, c.name, c.phone, a.external_id AS account FROM customers_contacts c JOIN customers_accounts a ON a.id = c.account_id
        WHERE c.external_id = @ExternalId AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Addresses = "SELECT address FROM customers_contact_addresses WHERE contact_id = @Id";

    public const string ForgetRejectedRows = """
        DELETE FROM customers_import_rejections
        WHERE EXISTS (
          SELECT 1 FROM json_each(cells) c JOIN json_each(@Words) w ON trim(c.value) = trim(w.value) COLLATE NOCASE
          WHERE trim(w.value) <> '')
        """;

    public const string ForgetAddresses = "DELETE FROM customers_contact_addresses WHERE contact_id = @Id";

    public const string Forget = """
        UPDATE customers_contacts
        SET external_id = NULL, name = '', email = NULL, phone = NULL, level = NULL, department = NULL, consent = 0, consent_source = NULL,
          consent_at = NULL, do_not_survey = 1, attributes = '{}', erased = 1, updated_at = @Now
        WHERE id = @Id
        """;
}
