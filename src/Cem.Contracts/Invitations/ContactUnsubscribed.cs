using MediatR;

namespace Cem.Contracts.Invitations;

/// <summary>A contact does not want to be asked any more.</summary>
public sealed record ContactUnsubscribed(long ContactId) : INotification;
