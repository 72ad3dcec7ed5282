using MediatR;

namespace Cem.Contracts.Access;

/// <summary>
/// Somebody did what must be answerable for later: signed in, changed a user, a key or a setting. Tell it in the transaction
/// of the deed; it is written to the trail that nobody can change.
/// </summary>
/// <param name="At">When it was done: the instant of the telling write.</param>
/// <param name="ActorId">The caller's id; 0 for the server itself and for nobody.</param>
/// <param name="ActorKind">The caller's kind: <c>staff</c>, <c>key</c>, <c>system</c> or <c>nobody</c>, in any case of letters.</param>
/// <param name="Action">What was done, as <c>thing.deed</c>: <c>user.role-changed</c>, <c>key.revoked</c>.</param>
/// <param name="Subject">What it was done to: an id, a code, the name of a setting.</param>
/// <param name="Detail">JSON with the values before and after; never personal data of contacts.</param>
public sealed record Audited(DateTimeOffset At, long ActorId, string ActorKind, string Action, string Subject, string? Detail = null) : INotification;
