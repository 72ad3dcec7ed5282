using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Invitations.Rules;

/// <summary>
/// The contact rules at one moment. The same book is opened when an invitation is decided on, again when its delay has run
/// out, and for a wave's preview. Days are company days: a clock of 30 days ends 30 days later at the same time of day, also
/// across a clock change, and at that very moment the contact may be asked again.
/// </summary>
sealed class RuleBook(ContactRules rules, CompanyTime time, DateTimeOffset now)
{
    public const string Relationship = "relationship";
    public const string Email = "email";

    /// <summary>Contacts sent something after this count against the account's budget.</summary>
    public DateTimeOffset BudgetSince => Before(rules.BudgetDays);

    /// <summary>When a link sent now stops working.</summary>
    public DateTimeOffset Expiry => Shift(rules.ExpiryDays);

    /// <summary>What was sent before this and is not answered is reminded of.</summary>
    public DateTimeOffset RemindedSince => Before(rules.ReminderDays);

    public bool IsTooOld(DateTimeOffset instant) => instant < Before(rules.TooOldDays);

    /// <summary>The reason why the contact may not be asked at all, or null.</summary>
    /// <param name="channel">Only <c>email</c> needs an address.</param>
    public static string? AgainstPerson(Candidate candidate, string channel) =>
        candidate.Erased ? Reasons.Erased
        : candidate.DoNotSurvey ? Reasons.DoNotSurvey
        : candidate.Unsubscribed ? Reasons.Unsubscribed
        : !candidate.Consent ? Reasons.NoConsent
        : channel == Email && !candidate.HasAddress ? Reasons.NoAddress
        : null;

    /// <summary>The reason why the contact may not be asked now, or null.</summary>
    /// <param name="kind">The survey's kind; each has a clock of its own.</param>
    /// <param name="asked">The contacts of the account sent something since <see cref="BudgetSince"/>.</param>
    public string? Against(Candidate candidate, string kind, string channel, IReadOnlySet<long> asked) =>
        AgainstPerson(candidate, channel)
        ?? (kind == Relationship
            ? candidate.LastRelationshipAt > Before(rules.RelationshipDays) ? Reasons.ClockRelationship : null
            : candidate.LastTouchpointAt > Before(rules.TouchpointDays) ? Reasons.ClockTouchpoint : null)
        ?? (rules.BudgetDays > 0 && !asked.Contains(candidate.ContactId) && asked.Count >= rules.BudgetContacts ? Reasons.AccountBudget : null);

    /// <summary>Decides on the candidates of one account in their order; each that may be asked counts for those after it.</summary>
    /// <param name="asked">The contacts of the account sent something since <see cref="BudgetSince"/>.</param>
    public IEnumerable<(Candidate Candidate, string? Reason)> Choose(IEnumerable<Candidate> candidates, string kind, string channel, IEnumerable<long> asked)
    {
        var counted = asked.ToHashSet();
        foreach (var candidate in candidates)
        {
            var reason = Against(candidate, kind, channel, counted);
            if (reason is null)
                counted.Add(candidate.ContactId);
            yield return (candidate, reason);
        }
    }

    /// <summary>Whether a contact is drawn: by hash, so that deciding again draws the same.</summary>
    /// <param name="share">0 to 1.</param>
    public static bool IsDrawn(long eventId, long contactId, double share)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{eventId}:{contactId}")));
        return BinaryPrimitives.ReadUInt64BigEndian(hash) / (double)ulong.MaxValue < share || share >= 1;
    }

    DateTimeOffset Before(int days) => Shift(-days);

    DateTimeOffset Shift(int days)
    {
        var local = time.Local(now).DateTime;
        return days == 0 ? now : time.At(DateOnly.FromDateTime(local).AddDays(days), TimeOnly.FromDateTime(local));
    }
}
