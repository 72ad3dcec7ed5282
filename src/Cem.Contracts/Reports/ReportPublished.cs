using MediatR;

namespace Cem.Contracts.Reports;

/// <summary>A report was archived.</summary>
public sealed record ReportPublished(long ReportId) : INotification;
