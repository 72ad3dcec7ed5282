using System.Security.Cryptography;
using System.Text.Json;
using Cem.Contracts.OperationalData;
using Cem.Kernel.Data;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData.ReceiveEvents;

/// <summary>Takes one event inside a write, alone or as part of a batch.</summary>
static class Reception
{
    /// <param name="scope">The org unit whose tree bounds what the caller knows; 0 is the whole company.</param>
    /// <exception cref="Problem">422: it names something unknown.</exception>
    public static Response Receive(Tx tx, Request request, CompanyTime time, long scope)
    {
        var account = tx.Find<Account>(Sql.FindAccount, new { request.Account, Scope = scope })
            ?? throw Unknown("/account", "account-not-found", ($"There is no account '{request.Account}'.", $"客户“{request.Account}”不存在。"));
        var hash = HashOf(request);
        if (tx.Find<Known>(Sql.FindEvent, new { request.Source, request.EventId }) is { } known)
            return new Response(known.Id, request.Source, request.EventId, known.ContentHash != hash);
        var id = new Id(tx.NewId());
        tx.Execute(Sql.Insert, new
        {
            Id = id, request.Source, request.EventId, request.Type, request.OccurredAt, Day = time.DayOf(request.OccurredAt),
            Account = account.Id, Contact = FindContact(tx, request, account.Id), Touchpoint = CheckTouchpoint(tx, request.Touchpoint),
            OrgUnit = FindOrgUnit(tx, request.OrgUnit, scope) ?? account.OrgUnitId, request.Product, request.Channel, request.Value,
            Attributes = request.Attributes is null ? "{}" : Json.Write(request.Attributes), Hash = hash, tx.Now,
        });
        tx.Tell(new EventReceived(id, request.Type));
        return new Response(id, request.Source, request.EventId, Duplicate: false);
    }

    static long? FindContact(Tx tx, Request request, long account) => request.Contact is null ? null
        : tx.Find<long?>(Sql.FindContact, new { request.Contact, Account = account })
            ?? throw Unknown("/contact", "contact-not-found", ($"The account '{request.Account}' has no contact '{request.Contact}'.", $"客户“{request.Account}”没有联系人“{request.Contact}”。"));

    static string? CheckTouchpoint(Tx tx, string? touchpoint) => touchpoint is null || tx.Single<bool>(Sql.HasTouchpoint, new { Code = touchpoint })
        ? touchpoint
        : throw Unknown("/touchpoint", "touchpoint-not-found", ($"There is no touchpoint '{touchpoint}'.", $"触点“{touchpoint}”不存在。"));

    static long? FindOrgUnit(Tx tx, string? code, long scope) => code is null ? null
        : tx.Find<long?>(Sql.FindOrgUnit, new { Code = code, Scope = scope })
            ?? throw Unknown("/orgUnit", "org-unit-not-found", ($"There is no org unit '{code}'.", $"组织单元“{code}”不存在。"));

    static Problem Unknown(string pointer, string code, Say say) => Problem.Rule(pointer, code, say);

    /// <summary>The same for the same content, whatever offset its instant was written with and in whatever order its attributes stood.</summary>
    static string HashOf(Request request) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request with
    {
        OccurredAt = request.OccurredAt.ToUniversalTime(),
        Attributes = request.Attributes is null ? null : new SortedDictionary<string, JsonElement>(request.Attributes.ToDictionary(), StringComparer.Ordinal),
    }, Json.Stored)));
}

file sealed record Account(long Id, long OrgUnitId);

file sealed record Known(Id Id, string ContentHash);

file static class Sql
{
    public const string FindAccount = """
        SELECT a.id, a.org_unit_id FROM customers_v_accounts a
        WHERE a.external_id = @Account
          AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    public const string FindContact = """
        SELECT id FROM customers_v_contacts WHERE external_id = @Contact AND account_id = @Account
        """;

    public const string HasTouchpoint = "SELECT EXISTS (SELECT 1 FROM journeys_v_touchpoints WHERE code = @Code)";

    public const string FindOrgUnit = """
        SELECT id FROM customers_v_org_units u
        WHERE u.code = @Code AND u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    public const string FindEvent = "SELECT id, content_hash FROM operational_data_events WHERE source = @Source AND event_id = @EventId";

    public const string Insert = """
        INSERT INTO operational_data_events (id, source, event_id, type, occurred_at, occurred_day, account_id, contact_id, touchpoint,
          org_unit_id, product, channel, value, attributes, content_hash, received_at)
        VALUES (@Id, @Source, @EventId, @Type, @OccurredAt, @Day, @Account, @Contact, @Touchpoint, @OrgUnit, @Product, @Channel, @Value,
          @Attributes, @Hash, @Now)
        """;
}
