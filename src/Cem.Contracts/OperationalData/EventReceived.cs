using MediatR;

namespace Cem.Contracts.OperationalData;

/// <summary>Something happened in the customer's life; told once for each (source, eventId).</summary>
/// <param name="Type">The CRM's word for it, such as <c>ticket.closed</c>.</param>
public sealed record EventReceived(long EventId, string Type) : INotification;
