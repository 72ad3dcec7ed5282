using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Server.Features.Invitations.Rules;
using Cem.Server.OrgUnits;

namespace Cem.Server.Features.Invitations.StartWave;

/// <summary>What the form, its preview and the start of a wave have in common.</summary>
static class Wave
{
    public static readonly IReadOnlyList<string> Roles = ["decisionMaker", "purchaser", "influencer", "user"];

    /// <summary>The surveys a wave can ask by: about the relationship, and published.</summary>
    public static IReadOnlyList<Survey> Surveys(Session session) => session.Query<Survey>(Sql.Surveys);

    public static IReadOnlyList<OrgUnit> OrgUnits(Session session, Caller caller) => session.Query<OrgUnit>(Sql.OrgUnits, new { caller.OrgUnit });

    /// <summary>The org unit whose tree is asked; the caller's own where none is named.</summary>
    public static long ScopeOf(Session session, Caller caller, string code) =>
        code.Length == 0 ? caller.OrgUnit : OrgUnitLookup.Find(session, code, caller.OrgUnit) ?? throw OrgUnitLookup.Refused("/orgUnit", code);

    /// <summary>What the rules say of each contact now, account by account, decision-makers first.</summary>
    public static IEnumerable<(Candidate Candidate, string? Reason)> Choose(Session session, RuleBook book, IReadOnlyList<string> roles, long scope)
    {
        var asked = session.AskedByAccount(book);
        return session.CandidatesIn(scope, [.. roles])
            .GroupBy(candidate => candidate.AccountId)
            .SelectMany(account => book.Choose(account, RuleBook.Relationship, RuleBook.Email, asked[account.Key]));
    }

    static class Sql
    {
        public const string Surveys = """
            SELECT id, code, title_en, title_zh FROM surveys_v_surveys WHERE kind = 'relationship' AND published_version IS NOT NULL ORDER BY code
            """;

        public const string OrgUnits = """
            SELECT u.id, u.code, u.name
            FROM customers_v_org_units u JOIN customers_v_org_tree t ON t.unit_id = u.id AND t.ancestor_id = @OrgUnit
            ORDER BY t.depth, u.name
            """;
    }
}

sealed record Survey(long Id, string Code, string TitleEn, string TitleZh);

sealed record OrgUnit(long Id, string Code, string Name);
