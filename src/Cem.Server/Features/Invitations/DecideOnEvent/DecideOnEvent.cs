using Cem.Contracts.OperationalData;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Server.Features.Invitations.Rules;

namespace Cem.Server.Features.Invitations.DecideOnEvent;

/// <summary>
/// Makes of an event what the survey matrix says: for each contact it asks, an invitation that waits its delay, or the
/// written reason why not. An event without a contact asks those of the account with the cell's role, decision-makers first,
/// as far as the account's budget goes. Decided once for each event.
/// </summary>
sealed class Handler(CompanyTime time) : IFactHandler<EventReceived>
{
    public void Handle(EventReceived fact, Tx tx)
    {
        if (tx.Single<bool>(Sql.IsDecided, new { Event = fact.EventId }))
            return;
        var happened = tx.Single<Event>(Sql.FindEvent, new { Event = fact.EventId });
        var matches = tx.Query<Match>(Sql.FindMatches, new { happened.AccountId, happened.ContactId, fact.Type, happened.Touchpoint })
            .DistinctBy(match => match.ContactId).ToList();
        tx.Execute(Sql.Decide, new { Event = fact.EventId, Outcome = matches.Count > 0 ? "decided" : "notMatched", tx.Now });
        if (matches.Count == 0)
            return;
        var book = tx.OpenRuleBook(time, tx.Now);
        var asked = tx.AskedOf(happened.AccountId, book);
        foreach (var match in matches)
        {
            var candidate = tx.FindCandidate(match.ContactId)!;
            var reason = Against(book, happened, match, candidate, asked);
            // Those chosen here use up the budget among themselves; what other events have scheduled is looked at when it is sent.
            if (reason is null)
                asked.Add(match.ContactId);
            Record(tx, happened, match, candidate, reason);
        }
    }

    static string? Against(RuleBook book, Event happened, Match match, Candidate candidate, HashSet<long> asked) =>
        book.IsTooOld(happened.OccurredAt) ? Reasons.TooOld
        : match.PublishedVersion is null ? Reasons.SurveyNotPublished
        : RuleBook.AgainstPerson(candidate, match.Channel)
            ?? (RuleBook.IsDrawn(happened.Id, match.ContactId, match.Sampling)
                ? book.Against(candidate, match.Kind, match.Channel, asked)
                : Reasons.NotSampled);

    static void Record(Tx tx, Event happened, Match match, Candidate candidate, string? reason)
    {
        var due = happened.OccurredAt.AddMinutes(match.DelayMinutes);
        tx.Execute(Sql.Record, new
        {
            Id = tx.NewId(), Event = happened.Id, match.SurveyId, match.SurveyCode, match.Kind, candidate.AccountId, match.ContactId,
            match.Touchpoint, happened.Product, candidate.Role, match.Channel, candidate.Language, candidate.OrgUnitId,
            State = reason is null ? "scheduled" : "suppressed", Reason = reason,
            tx.Now, Due = reason is not null ? (DateTimeOffset?)null : due > tx.Now ? due : tx.Now,
        });
    }
}

sealed record Event(long Id, DateTimeOffset OccurredAt, long AccountId, long? ContactId, string? Touchpoint, string? Product);

sealed record Match(
    long ContactId, string Touchpoint, long SurveyId, string SurveyCode, string Kind, int DelayMinutes, string Channel, double Sampling,
    int? PublishedVersion);

file static class Sql
{
    public const string IsDecided = "SELECT EXISTS (SELECT 1 FROM invitations_decisions WHERE event_id = @Event)";

    public const string FindEvent = """
        SELECT id, occurred_at, account_id, contact_id, touchpoint, product FROM operational_data_v_events WHERE id = @Event
        """;

    public const string FindMatches = """
        SELECT k.contact_id, m.touchpoint, m.survey_id, m.survey_code, m.kind, m.delay_minutes, m.channel, m.sampling, s.published_version
        FROM surveys_v_matrix m
        JOIN invitations_candidates k ON k.role = m.role
        JOIN surveys_v_surveys s ON s.id = m.survey_id
        WHERE m.active = 1 AND m.trigger = @Type AND (@Touchpoint IS NULL OR m.touchpoint = @Touchpoint)
          AND k.account_id = @AccountId AND (k.contact_id = @ContactId OR @ContactId IS NULL AND k.erased = 0)
        ORDER BY k.rank, k.contact_id, m.id
        """;

    public const string Decide = "INSERT INTO invitations_decisions (event_id, outcome, decided_at) VALUES (@Event, @Outcome, @Now)";

    public const string Record = """
        INSERT INTO invitations_invitations (id, event_id, survey_id, survey_code, kind, account_id, contact_id, touchpoint, product, role, channel,
          language, org_unit_id, state, reason, decided_at, due_at)
        VALUES (@Id, @Event, @SurveyId, @SurveyCode, @Kind, @AccountId, @ContactId, @Touchpoint, @Product, @Role, @Channel, @Language, @OrgUnitId,
          @State, @Reason, @Now, @Due)
        """;
}
