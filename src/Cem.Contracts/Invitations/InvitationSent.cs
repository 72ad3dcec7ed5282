using MediatR;

namespace Cem.Contracts.Invitations;

/// <summary>A contact was asked.</summary>
public sealed record InvitationSent(long InvitationId) : INotification;
