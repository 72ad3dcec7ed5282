using MediatR;

namespace Cem.Contracts.Responses;

/// <summary>A person was erased: their responses keep their scores and no longer name a contact.</summary>
public sealed record ResponseUnlinked(long ResponseId) : INotification;
