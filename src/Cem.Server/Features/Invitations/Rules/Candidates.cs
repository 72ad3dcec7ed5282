using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Invitations.Rules;

/// <summary>What the rules look at, read in the session of whoever decides: the rules in force, candidates, and who was asked of late.</summary>
static class Candidates
{
    public static ContactRules ContactRules(this Session session) => session.Single<ContactRules>(Sql.Rules);

    /// <summary>The rules in force, at this moment.</summary>
    public static RuleBook OpenRuleBook(this Session session, CompanyTime time, DateTimeOffset now) => new(session.ContactRules(), time, now);

    /// <param name="contactId">Null once the contact was erased: nobody then.</param>
    public static Candidate? FindCandidate(this Session session, long? contactId) => session.Find<Candidate>(Sql.Find, new { Contact = contactId });

    /// <param name="contact">The CRM's id.</param>
    /// <param name="scope">The org unit in whose tree the contact must be.</param>
    public static Candidate? FindCandidate(this Session session, string contact, long scope) => session.Find<Candidate>(Sql.FindByExternalId, new { Contact = contact, Scope = scope });

    /// <summary>The account's candidates of these roles, decision-makers first.</summary>
    public static IReadOnlyList<Candidate> CandidatesOf(this Session session, long account, string[] roles) =>
        session.Query<Candidate>(Sql.OfAccount, new { Account = account, Roles = roles });

    /// <summary>The candidates of these roles in the tree of an org unit: account by account, decision-makers first.</summary>
    public static IReadOnlyList<Candidate> CandidatesIn(this Session session, long scope, string[] roles) =>
        session.Query<Candidate>(Sql.InScope, new { Scope = scope, Roles = roles });

    /// <summary>The account's contacts that count against its budget.</summary>
    public static HashSet<long> AskedOf(this Session session, long account, RuleBook book) =>
        [.. session.Query<long>(Sql.AskedOf, new { Account = account, Since = book.BudgetSince })];

    /// <summary>The contacts of every account that count against its budget.</summary>
    public static ILookup<long, long> AskedByAccount(this Session session, RuleBook book) =>
        session.Query<Asked>(Sql.Asked, new { Since = book.BudgetSince }).ToLookup(row => row.AccountId, row => row.ContactId);

    sealed record Asked(long AccountId, long ContactId);

    static class Sql
    {
        public const string Rules = """
            SELECT touchpoint_days, relationship_days, budget_contacts, budget_days, reminder_days, expiry_days, too_old_days FROM invitations_rules
            """;

        const string Select = """
            SELECT contact_id, contact, account_id, org_unit_id, role, language, consent, do_not_survey, erased, has_address, unsubscribed,
              last_touchpoint_at, last_relationship_at
            FROM invitations_candidates
            """;

        public const string Find = $"{Select} WHERE contact_id = @Contact";

        public const string FindByExternalId = $"""
            {Select}
            WHERE contact = @Contact AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
            """;

        public const string OfAccount = $"""
            {Select}
            WHERE account_id = @Account AND erased = 0 AND role IN (SELECT value FROM json_each(@Roles))
            ORDER BY rank, contact_id
            """;

        public const string InScope = $"""
            {Select}
            WHERE erased = 0 AND role IN (SELECT value FROM json_each(@Roles))
              AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
            ORDER BY account_id, rank, contact_id
            """;

        public const string AskedOf = """
            SELECT DISTINCT contact_id FROM invitations_invitations WHERE account_id = @Account AND sent_at > @Since AND contact_id IS NOT NULL
            """;

        public const string Asked = """
            SELECT DISTINCT account_id, contact_id FROM invitations_invitations WHERE sent_at > @Since AND contact_id IS NOT NULL
            """;
    }
}
