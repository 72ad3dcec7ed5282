using Cem.Contracts.Customers;
using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Insights.KeepScores;

/// <summary>
/// Keeps the columns and the customer base equal to the database: loads them before the server answers, and puts in what each
/// fact says has changed, after the commit of the write that heard it. A fact heard twice, or already loaded, changes
/// nothing, since rows are known by the ids of their answers.
/// </summary>
sealed class LoadScores(Store store, ScoreColumns columns, CustomerBase customers) : IWarmUp
{
    public void Run() => store.Read(reader =>
    {
        columns.Units = new OrgTree(reader.Query<OrgNode>(Sql.OrgUnits));
        foreach (var account in reader.Stream<AccountEntry>(Sql.Accounts))
            customers.Put(account);
        foreach (var contact in reader.Stream<ContactEntry>(Sql.Contacts))
            customers.Put(contact);
        columns.Put(reader.Stream<ScoreRow>(Sql.All));
        if (reader.Find<DateTimeOffset?>(Sql.Newest) is { } newest)
            columns.Reached(newest);
        return true;
    });
}

sealed class AddScores(ScoreColumns columns) : IFactHandler<ResponseCompleted>
{
    public void Handle(ResponseCompleted fact, Tx tx) => Refresh.Response(fact.ResponseId, columns, tx);
}

sealed class UnlinkScores(ScoreColumns columns) : IFactHandler<ResponseUnlinked>
{
    public void Handle(ResponseUnlinked fact, Tx tx) => Refresh.Response(fact.ResponseId, columns, tx);
}

sealed class RefreshOrgUnits(ScoreColumns columns) : IFactHandler<OrgUnitChanged>
{
    public void Handle(OrgUnitChanged fact, Tx tx)
    {
        var tree = new OrgTree(tx.Query<OrgNode>(Sql.OrgUnits));
        tx.AfterCommit(() => columns.Units = tree);
    }
}

sealed class RefreshAccount(CustomerBase customers) : IFactHandler<AccountChanged>
{
    public void Handle(AccountChanged fact, Tx tx)
    {
        if (tx.Find<AccountEntry>(Sql.Account, new { Id = fact.AccountId }) is { } account)
            tx.AfterCommit(() => customers.Put(account));
    }
}

sealed class RefreshContact(CustomerBase customers) : IFactHandler<ContactChanged>
{
    public void Handle(ContactChanged fact, Tx tx) => Refresh.Contact(fact.ContactId, customers, tx);
}

sealed class ForgetContact(CustomerBase customers) : IFactHandler<ContactErased>
{
    public void Handle(ContactErased fact, Tx tx) => Refresh.Contact(fact.ContactId, customers, tx);
}

file static class Refresh
{
    public static void Contact(long id, CustomerBase customers, Tx tx)
    {
        var contact = tx.Find<ContactEntry>(Sql.Contact, new { Id = id });
        tx.AfterCommit(() =>
        {
            if (contact is not null)
                customers.Put(contact);
            else
                customers.Contacts.TryRemove(id, out _);
        });
    }

    public static void Response(long id, ScoreColumns columns, Tx tx)
    {
        var rows = tx.Prepare(Sql.OfResponse).List(Read, id);
        var completed = tx.Prepare(Sql.CompletedAt).Value<long?>(id);
        tx.AfterCommit(() =>
        {
            columns.Put(rows);
            if (completed is { } at)
                columns.Reached(DateTimeOffset.FromUnixTimeMilliseconds(at));
        });
    }

    // By hand: every answer that arrives passes here.
    static ScoreRow Read(Statement.Row row) => new(
        row.Number(0), row.Number(1), row.Text(2), row.Text(3), (int?)row.NumberOrNull(4), Day.FromNumber((int)row.Number(5)), row.NumberOrNull(6), row.NumberOrNull(7),
        row.NumberOrNull(8), row.Text(9), row.TextOrNull(10), row.Text(11), row.TextOrNull(12), row.TextOrNull(13), row.TextOrNull(14), row.TextOrNull(15), row.Number(16));
}

file static class Sql
{
    const string Columns = """
        id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint, channel, region, tier, product, role, interested
        """;

    public const string Accounts = """
        SELECT id, org_unit_id, annual_revenue_minor, annual_revenue_currency, contract_start, contract_end FROM customers_v_accounts
        """;

    public const string Account = Accounts + " WHERE id = @Id";

    public const string Contacts = "SELECT id, account_id, role = 'decisionMaker' AS decides FROM customers_v_contacts WHERE erased = 0";

    public const string Contact = Contacts + " AND id = @Id";

    public const string OrgUnits = "SELECT id, code, name, parent_id, kind FROM customers_v_org_units";

    // In the order the table is kept in: one walk, and nearly the order of the days, in which the columns are fastest.
    public const string All = $"SELECT {Columns} FROM responses_v_scores ORDER BY response_id, id";

    public const string OfResponse = $"SELECT {Columns} FROM responses_v_scores WHERE response_id = @Id";

    public const string Newest = "SELECT completed_at FROM responses_v_responses WHERE state = 'complete' ORDER BY completed_at DESC, id DESC LIMIT 1";

    public const string CompletedAt = "SELECT completed_at FROM responses_v_responses WHERE id = @Id AND state = 'complete'";
}
