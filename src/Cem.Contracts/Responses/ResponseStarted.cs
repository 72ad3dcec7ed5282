using MediatR;

namespace Cem.Contracts.Responses;

/// <summary>Somebody sent the first page of the survey they were invited to. Opening the link alone does not tell this.</summary>
public sealed record ResponseStarted(long InvitationId) : INotification;
