using MediatR;

namespace Cem.Contracts.Customers;

/// <summary>A contact is new or one of its fields changed.</summary>
public sealed record ContactChanged(long ContactId, long AccountId) : INotification;
