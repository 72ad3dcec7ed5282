using MediatR;

namespace Cem.Contracts.Responses;

/// <summary>An answer is complete; its scores are rows of <c>responses_v_scores</c>. Told in the transaction that stored it.</summary>
/// <param name="InvitationId">The invitation it answers; null for answers collected elsewhere.</param>
public sealed record ResponseCompleted(long ResponseId, long? InvitationId) : INotification;
