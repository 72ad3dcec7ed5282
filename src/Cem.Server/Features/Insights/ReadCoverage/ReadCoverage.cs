using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Insights.ReadCoverage;

/// <summary>How much of the customer base was heard, in all and by the org units directly below.</summary>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(string? From = null, string? To = null, string? OrgUnit = null) : IRequest<Response>;

sealed record Response(DateOnly From, DateOnly To, DateTimeOffset? AsOf, Coverage Total, IReadOnlyList<Coverage> Rows);

/// <param name="OrgUnit">Code of the unit; null for the whole company.</param>
/// <param name="Accounts">Accounts whose contract runs in these days; the others are counted there.</param>
/// <param name="AccountsHeard">Of them those from whom at least one scored answer came.</param>
/// <param name="Share">Accounts heard over accounts; null where there is no account.</param>
/// <param name="RevenueHeard">Share of annual revenue that the accounts heard from stand for; null where none is known.</param>
sealed record Coverage(
    string? OrgUnit, string? Name, int Accounts, int AccountsHeard, double? Share, int Contacts, int ContactsHeard,
    int DecisionMakers, int DecisionMakersHeard, double? RevenueHeard);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/insights/coverage", async Task<Ok<Response>> (string? from, string? to, string? orgUnit, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(from, to, orgUnit), ct)))
            .Sends<Request>()
            .Summary("Coverage")
            .Describe("Accounts, contacts, decision-makers and revenue heard from in the days asked for, 91 days up to today unless said.");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var scores = new InsightFilter(request.From, request.To, OrgUnit: request.OrgUnit).Scores("nps", caller, columns, time);
        var (from, to, units, asOf) = (scores.From!.Value, scores.To!.Value, columns.Units, columns.AsOf);
        OrgNode?[] scopes = [units.Find(scores.Scope), .. units.Below(scores.Scope).OrderBy(unit => unit.Code, StringComparer.Ordinal)];
        var figures = await mediator.Send(new AskCoverage([.. scopes.Select(unit => unit?.Id ?? 0)], from, to), cancellationToken);
        var rows = scopes.Zip(figures, Row).ToList();
        return new Response(from, to, asOf, rows[0], rows[1..]);
    }

    static Coverage Row(OrgNode? unit, CoverageFigure figure) => new(
        unit?.Code, unit?.Name, figure.Accounts, figure.AccountsHeard, figure.Accounts > 0 ? (double)figure.AccountsHeard / figure.Accounts : null,
        figure.Contacts, figure.ContactsHeard, figure.DecisionMakers, figure.DecisionMakersHeard, figure.RevenueHeard);
}
