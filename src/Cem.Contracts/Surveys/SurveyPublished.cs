using MediatR;

namespace Cem.Contracts.Surveys;

/// <summary>A survey's draft was frozen as a version.</summary>
public sealed record SurveyPublished(long SurveyId, int Version) : INotification;
