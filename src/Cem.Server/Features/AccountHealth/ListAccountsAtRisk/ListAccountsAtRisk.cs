using System.Text.Json.Serialization;
using Cem.Contracts.AccountHealth;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.AccountHealth.ListAccountsAtRisk;

/// <summary>The accounts whose renewal is in danger, high risk before medium and of each the largest revenue first, with the reasons in words.</summary>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(string? OrgUnit = null, string? Cursor = null, int? Limit = null) : IRequest<Response>;

/// <param name="Measured">Accounts that were measured, in all.</param>
/// <param name="Count">Accounts at risk, in all.</param>
/// <param name="HiddenChurn">Of these, busy accounts with a poor experience.</param>
/// <param name="Revenue">What those at risk bring a year, in the currency that most of them have; null where none is known.</param>
sealed record Response(int Measured, int Count, int HiddenChurn, Money? Revenue, IReadOnlyList<Item> Items, string? Next);

/// <param name="Amount">In minor units.</param>
sealed record Money(long Amount, string Currency);

/// <param name="AsOf">When it was measured: once a day and soon after something happened.</param>
sealed record Item(
    string Account, string Name, string Field, DateOnly Since, string RenewalRisk, double? Score, string? Band, string? Trend, double? Usage, double? Experience, int Answers,
    DateOnly? RenewalDate, int? DaysLeft, Money? Revenue, IReadOnlyList<Reason> Reasons, DateTimeOffset AsOf);

sealed record Reason(string Code, Words Text);

sealed record Words(string En, [property: JsonPropertyName("zh-CN")] string Zh);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/insights/accounts-at-risk", async Task<Ok<Response>> (string? orgUnit, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(orgUnit, cursor, limit), ct)))
            .Sends<Request>()
            .Summary("List the accounts at risk")
            .Describe("At risk is a poor experience, or a problem that repeats while the renewal is near; high when both a poor experience and a renewal within 180 days meet.");
}

sealed class Handler(OrgUnitChoices units, HealthStates states, HealthWords words) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var scope = units.Scope(request.OrgUnit);
        var limit = Cursor.Limit(request.Limit);
        var totals = states.Totals(scope);
        var page = Cursor.Page(states.Listed(scope, limit + 1, after: Cursor.Read<RiskKey>(request.Cursor)), limit, row => new RiskKey(row.Assessment.Risk, row.Assessment.Account.AnnualRevenueMinor ?? 0, row.Assessment.Account.Id));
        return Task.FromResult(new Response(
            totals.Measured, totals.Count, totals.HiddenChurn, Of(totals.RevenueMinor, totals.Currency), [.. page.Items.Select(Draw)], page.Next));
    }

    Item Draw(HealthState row)
    {
        var each = row.Assessment;
        AccountHealthFigure In(string language) => words.Of(each, language, row.Since, row.MeasuredAt);
        var (english, chinese) = (In(Languages.English), In(Languages.Chinese));
        return new Item(
            each.Account.ExternalId, each.Account.Name, each.Field, row.Since, each.Risk, each.Score, each.Band, each.Trend, each.Usage.Value, each.Experience.Value, each.Experience.N,
            each.Account.RenewalDate, english.DaysLeft, Of(each.Account.AnnualRevenueMinor, each.Account.AnnualRevenueCurrency),
            [.. english.Reasons.Zip(chinese.Reasons, (en, zh) => new Reason(en.Code, new(en.Text, zh.Text)))], row.MeasuredAt);
    }

    static Money? Of(long? minor, string? currency) => minor is { } amount ? new(amount, currency!) : null;
}
