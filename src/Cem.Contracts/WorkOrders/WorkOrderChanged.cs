using MediatR;

namespace Cem.Contracts.WorkOrders;

/// <summary>A work order was opened or went a step further.</summary>
/// <param name="Step"><c>opened</c>, <c>added</c> (another alert of the same cause), <c>accepted</c>, <c>transferred</c>, <c>noted</c>, <c>changed</c>, <c>resolved</c>, <c>closed</c>, <c>reopened</c>.</param>
public sealed record WorkOrderChanged(long WorkOrderId, string Step) : INotification;
