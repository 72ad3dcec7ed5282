namespace Cem.Server.Features.Invitations.Rules;

/// <summary>Somebody who could be asked: a row of <c>invitations_candidates</c>.</summary>
/// <param name="Contact">The CRM's id; null where it has none.</param>
/// <param name="LastTouchpointAt">When a touchpoint survey was last sent to them.</param>
sealed record Candidate(
    long ContactId, string? Contact, long AccountId, long OrgUnitId, string Role, string Language, bool Consent, bool DoNotSurvey, bool Erased,
    bool HasAddress, bool Unsubscribed, DateTimeOffset? LastTouchpointAt, DateTimeOffset? LastRelationshipAt);
