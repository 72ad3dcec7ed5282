using MediatR;

namespace Cem.Contracts.Customers;

/// <summary>A person asked to be forgotten: every area removes what it holds of them; scores stay, unlinked.</summary>
public sealed record ContactErased(long ContactId) : INotification;
