using MediatR;

namespace Cem.Contracts.OperationalData;

/// <summary>A file of O-data was taken; its rows are visible in the published views from now on.</summary>
/// <param name="Source">The code of the source.</param>
public sealed record OperationalDataImported(long ImportId, string Source) : INotification;
