using MediatR;

namespace Cem.Contracts.Customers;

/// <summary>An account is new or one of its fields changed.</summary>
public sealed record AccountChanged(long AccountId) : INotification;
