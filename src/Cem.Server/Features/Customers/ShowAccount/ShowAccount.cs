using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Customers.ShowAccount;

/// <summary>
/// One account's whole picture: who there has answered and who is silent, when it renews, and everything that happened
/// between us in the order of time.
/// </summary>
[Access(Staff = Roles.All)]
sealed record Request(string ExternalId) : IRequest<View>;

/// <param name="Verdict">What matters most, as a sentence.</param>
/// <param name="Alarming">Whether decision-makers are silent while the renewal is near.</param>
/// <param name="MayErase">Whether the reader may have a contact forgotten.</param>
sealed record View(
    Account Account, Estimate Nps, string Verdict, bool Alarming, int? DaysLeft, IReadOnlyList<Group> People, int Contacts, int Heard,
    IReadOnlyList<NavigationEntry> Below, IReadOnlyList<Milestone> Milestones, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<NavigationEntry> Trail, bool MayErase, Health? Health)
{
    /// <summary>Whether usage and experience are what matters most about the account.</summary>
    public bool Warns => Health is { } health && (health.Figure.Field is "hiddenChurn" or "atRisk" || health.Figure.Risk is not "low");
}

/// <summary>Usage and experience side by side, and why it is judged so.</summary>
sealed record Health(AccountHealthFigure Figure, Estimate Experience, string Tone, string RiskTone);

/// <summary>The people of one role.</summary>
sealed record Group(string Role, bool Deciding, IReadOnlyList<Person> People);

/// <param name="Nps">What they gave last, 0-10; null when never asked for it.</param>
/// <param name="Silent">Whether they have not answered in the last year.</param>
sealed record Person(
    string? ExternalId, string Name, string? Level, string? Department, string? Email, bool Consent, bool DoNotSurvey, DateTimeOffset? LastAnswerAt, DateTimeOffset? LastAskedAt, int? Nps, bool Silent);

sealed class Module : Routes
{
    public Module() =>
        Get("/accounts/{externalId}", async (string externalId, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(externalId), ct)))
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller, CompanyTime time, Texts texts, IMediator mediator) : IRequestHandler<Request, View>
{
    static readonly IReadOnlyList<string> Roles = ["decisionMaker", "purchaser", "influencer", "user"];

    readonly ScopedTexts words = texts.For(caller.Language, "Customers/ShowAccount");

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var account = db.Find<Account>(Sql.Find, new { request.ExternalId, caller.OrgUnit }) ?? throw AccountWriter.NotFound(request.ExternalId);
        var nps = await AccountNps.Ask(mediator, caller, time, [account.Id], cancellationToken);
        var health = await mediator.Send(new AskAccountHealth([account.Id], caller.Language), cancellationToken);
        return db.Read(reader => Draw(reader, account, nps[account.Id])) with { Health = health is [var figure] ? Of(figure) : null };
    }

    View Draw(Reader reader, Account account, Estimate nps)
    {
        var rows = reader.Query<PersonRow>(Sql.People, new { account.Id });
        var since = time.Now.AddYears(-1);
        var people = rows.ToLookup(row => row.Role, row => row.ToPerson(since));
        var groups = Roles.Where(people.Contains).Select(role => new Group(words["contactRole." + role], role == Roles[0], [.. people[role]])).ToList();
        var happenings = reader.Query<Happening>(Sql.Happenings, new { account.Id, Most = Timeline.Shown, caller.OrgUnit });
        var days = account.RenewalDate is { } day ? day.DayNumber - time.Today.DayNumber : (int?)null;
        var heard = rows.Count(row => !row.ToPerson(since).Silent);
        var deciders = groups.FirstOrDefault(group => group.Deciding)?.People ?? [];
        var silence = deciders.Count == 0 ? "noDecider" : deciders.All(person => person.Silent) ? "silentDeciders" : "heardDeciders";
        return new View(
            account, nps, words.Get("verdict." + silence, ("heard", heard), ("count", rows.Count)), silence != "heardDeciders" && days is < 90, days, groups, rows.Count, heard,
            [.. reader.Query<Related>(Sql.Below, new { account.Id, caller.OrgUnit }).Select(Entry)],
            Milestones.Of(reader, account.Id, words), Timeline.Of(happenings, rows.ToDictionary(row => row.Id, row => row.Name), words),
            [new NavigationEntry(words["section"], "/accounts"), .. reader.Query<Related>(Sql.Above, new { account.Id, caller.OrgUnit }).Select(Entry), new NavigationEntry(account.Name, "", Current: true)], caller.Is(Kernel.Security.Roles.Programme), Health: null);
    }

    static Health Of(AccountHealthFigure figure) => new(
        figure, new Estimate(figure.Experience, figure.ExperienceLower, figure.ExperienceUpper, figure.Answers) { TooFew = figure.Experience is null, Decimals = 0 },
        figure.Field switch { "healthy" => "good", "hiddenChurn" or "atRisk" => "bad", _ => "" }, figure.Risk == "high" ? "bad" : "");

    static NavigationEntry Entry(Related account) => new(account.Name, $"/accounts/{Uri.EscapeDataString(account.ExternalId)}");
}

sealed record Account(
    long Id, string ExternalId, string Name, string OrgUnit, string? Region, string? Industry, string? Tier, bool KeyAccount, string? Owner, string[] Products,
    long? AnnualRevenueMinor, string? AnnualRevenueCurrency, DateOnly? ContractStart, DateOnly? ContractEnd, DateOnly? RenewalDate, string[] Tags);

sealed record Related(string ExternalId, string Name);

file sealed record PersonRow(
    long Id, string? ExternalId, string Name, string Role, string? Level, string? Department, string? Email, bool Consent, bool DoNotSurvey, DateTimeOffset? LastAnswerAt, DateTimeOffset? LastAskedAt, int? Nps)
{
    public Person ToPerson(DateTimeOffset since) => new(
        ExternalId, Name, Level, Department, Email, Consent, DoNotSurvey, LastAnswerAt, LastAskedAt, Nps, LastAnswerAt is not { } last || last < since);
}

file static class Sql
{
    public const string Find = """
        SELECT a.id, a.external_id, a.name, u.name AS org_unit, a.region, a.industry, a.tier, a.key_account, a.owner_email AS owner, a.products,
          a.annual_revenue_minor, a.annual_revenue_currency, a.contract_start, a.contract_end, a.renewal_date, a.tags
        FROM customers_accounts a
        JOIN customers_org_units u ON u.id = a.org_unit_id
        WHERE a.external_id = @ExternalId AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Above = """
        SELECT p.external_id, p.name FROM customers_accounts a JOIN customers_accounts p ON p.id = a.parent_id
        WHERE a.id = @Id AND p.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Below = """
        SELECT a.external_id, a.name FROM customers_accounts a
        WHERE a.parent_id = @Id AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY a.name
        """;

    public const string People = """
        SELECT c.id, c.external_id, c.name, c.role, c.level, c.department, c.email, c.consent, c.do_not_survey,
          (SELECT MAX(r.completed_at) FROM responses_v_responses r
           WHERE r.account_id = @Id AND r.contact_id = c.id AND r.state = 'complete' AND r.interested = 0) AS last_answer_at,
          (SELECT MAX(i.sent_at) FROM invitations_v_invitations i WHERE i.contact_id = c.id) AS last_asked_at,
          (SELECT s.score FROM responses_v_responses r JOIN responses_v_scores s ON s.response_id = r.id
           WHERE r.account_id = @Id AND r.contact_id = c.id AND r.state = 'complete' AND r.interested = 0 AND s.measure = 'nps' AND s.score IS NOT NULL
           ORDER BY r.completed_at DESC LIMIT 1) AS nps
        FROM customers_contacts c
        WHERE c.account_id = @Id AND c.erased = 0
        ORDER BY c.name, c.id
        """;

    // Each source gives its newest; together they are cut again.
    public const string Happenings = """
        SELECT h.id, h.source, h.at, h.what, h.title_en, h.title_zh, h.touchpoint, COALESCE(t.name_en, h.touchpoint) AS touchpoint_en,
          COALESCE(t.name_zh, h.touchpoint) AS touchpoint_zh, h.state, h.contact_id, h.score, h.text, h.reachable
        FROM (
          SELECT * FROM (
            SELECT e.id, 'event' AS source, e.occurred_at AS at, e.type AS what, NULL AS title_en, NULL AS title_zh, e.touchpoint, NULL AS state, e.contact_id,
              NULL AS score, NULL AS text, 0 AS reachable
            FROM operational_data_v_events e WHERE e.account_id = @Id ORDER BY e.occurred_at DESC LIMIT @Most)
          UNION ALL SELECT * FROM (
            SELECT i.id, 'invitation', COALESCE(i.sent_at, i.due_at, i.decided_at), i.survey_code, s.title_en, s.title_zh, i.touchpoint, i.state, i.contact_id, NULL, i.reason, 0
            FROM invitations_v_invitations i LEFT JOIN surveys_v_surveys s ON s.code = i.survey_code
            WHERE i.account_id = @Id ORDER BY i.id DESC LIMIT @Most)
          UNION ALL SELECT * FROM (
            SELECT r.id, 'answer', r.completed_at, r.survey_code, s.title_en, s.title_zh, r.touchpoint, r.state, r.contact_id,
              (SELECT sc.score FROM responses_v_scores sc WHERE sc.response_id = r.id AND sc.measure = 'nps' LIMIT 1),
              (SELECT x.text FROM responses_v_texts x WHERE x.response_id = r.id AND x.comment = 1 ORDER BY LENGTH(x.text) DESC LIMIT 1),
              @OrgUnit = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
            FROM responses_v_responses r LEFT JOIN surveys_v_surveys s ON s.code = r.survey_code
            WHERE r.account_id = @Id AND r.state = 'complete' ORDER BY r.completed_at DESC LIMIT @Most)
          UNION ALL SELECT * FROM (
            SELECT f.id, 'feedback', f.at, f.kind, NULL, NULL, NULL, NULL, f.contact_id, NULL, f.text, 0
            FROM responses_v_feedback f WHERE f.account_id = @Id ORDER BY f.at DESC LIMIT @Most)
          UNION ALL SELECT * FROM (
            SELECT o.id, 'workOrder', o.opened_at, CAST(o.number AS TEXT), NULL, NULL, o.touchpoint, o.state, NULL, NULL, COALESCE(o.action_taken, o.cause),
              o.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
            FROM work_orders_v_orders o WHERE o.account_id = @Id ORDER BY o.opened_at DESC LIMIT @Most)
        ) h
        LEFT JOIN journeys_v_touchpoints t ON t.code = h.touchpoint
        ORDER BY h.at DESC LIMIT @Most
        """;
}
