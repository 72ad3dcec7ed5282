using MediatR;

namespace Cem.Contracts.Customers;

/// <summary>A node of our own tree is new, has another name or stands elsewhere.</summary>
public sealed record OrgUnitChanged(long OrgUnitId) : INotification;
