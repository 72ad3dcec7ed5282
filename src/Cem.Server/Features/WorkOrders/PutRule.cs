using Cem.Kernel.Security;
using MediatR;

namespace Cem.Server.Features.WorkOrders;

/// <summary>An alert rule as the settings page sends it, within the area; the same rule as over the API.</summary>
[Access(Staff = Roles.Programme)]
sealed record PutRule(
    string Code, string NameEn, string NameZh, string? Question, int? AtMost, string Priority, string RequiredActionEn, string RequiredActionZh,
    int PromisedHours, string? Survey, IReadOnlyList<string>? Touchpoints, bool Active) : IRequest<bool>
{
    /// <summary>answer, health or indicator.</summary>
    public string Kind { get; init; } = "answer";

    public IReadOnlyList<string>? Standings { get; init; }

    public string? LeastRisk { get; init; }

    public IReadOnlyList<string>? Indicators { get; init; }
}
