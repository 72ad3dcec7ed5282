namespace Cem.Server.Features.Invitations.Rules;

/// <summary>What the programme allows itself, as stored in <c>invitations_rules</c>. Zero days switch a rule off.</summary>
/// <param name="TouchpointDays">One touchpoint survey for a contact in so many days.</param>
/// <param name="RelationshipDays">One relationship survey for a contact in so many days; a clock of its own.</param>
/// <param name="BudgetContacts">So many contacts of one account ...</param>
/// <param name="BudgetDays">... in so many days.</param>
/// <param name="ReminderDays">One reminder after so many days without an answer; zero for none.</param>
/// <param name="ExpiryDays">A link works for so many days.</param>
/// <param name="TooOldDays">Nobody is asked about what lies further back.</param>
sealed record ContactRules(
    int TouchpointDays, int RelationshipDays, int BudgetContacts, int BudgetDays, int ReminderDays, int ExpiryDays, int TooOldDays);
