using MediatR;

namespace Cem.Contracts.Access;

/// <summary>An API key was made, changed or revoked.</summary>
public sealed record KeysChanged(long KeyId) : INotification;
