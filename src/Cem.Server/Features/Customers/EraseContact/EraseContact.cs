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
[Access(Keys = [Scopes.CustomersWrite])]
sealed record Request(string ExternalId) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module() =>
        Delete("/api/v1/contacts/{externalId}", async Task<NoContent> (string externalId, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(externalId), ct);
                return TypedResults.NoContent();
            })
            .Sends<Request>()
            .Summary("Erase a contact")
            .Describe("Name, addresses, phone, mails and comments go everywhere and cannot be brought back; scores stay, unlinked. 404 afterwards.");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var id = tx.Find<long?>(Sql.Find, new { request.ExternalId, caller.OrgUnit }) ?? throw ContactWriter.NotFound(request.ExternalId);
        foreach (var address in tx.Query<string>(Sql.Addresses, new { Id = id }))
        {
            Outbox.Erase(tx, address);
            tx.Execute(Sql.ForgetRejectedRows, new { Text = Like.Holds(address) });
        }
        tx.Execute(Sql.ForgetAddresses, new { Id = id });
        tx.Execute(Sql.Forget, new { Id = id, tx.Now });
        tx.Tell(new ContactErased(id));
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string Find = """
        SELECT c.id FROM customers_contacts c JOIN customers_accounts a ON a.id = c.account_id
        WHERE c.external_id = @ExternalId AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Addresses = "SELECT address FROM customers_contact_addresses WHERE contact_id = @Id";

    public const string ForgetRejectedRows = """
        DELETE FROM customers_import_rejections WHERE cells LIKE @Text ESCAPE '\'
        """;

    public const string ForgetAddresses = "DELETE FROM customers_contact_addresses WHERE contact_id = @Id";

    public const string Forget = """
        UPDATE customers_contacts
        SET external_id = NULL, name = '', email = NULL, phone = NULL, level = NULL, department = NULL, consent = 0, consent_source = NULL,
          consent_at = NULL, do_not_survey = 1, attributes = '{}', erased = 1, updated_at = @Now
        WHERE id = @Id
        """;
}
