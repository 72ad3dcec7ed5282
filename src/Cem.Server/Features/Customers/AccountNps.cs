using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Customers;

/// <summary>What the people of accounts gave in the last year, each account with its n and interval.</summary>
static class AccountNps
{
    /// <param name="accounts">Ids of accounts.</param>
    /// <returns>One for each account asked for; without a value where nobody answered.</returns>
    public static async Task<IReadOnlyDictionary<long, Estimate>> Ask(IMediator mediator, Caller caller, CompanyTime time, IReadOnlyList<long> accounts, CancellationToken ct)
    {
        if (accounts.Count == 0)
            return new Dictionary<long, Estimate>();
        var scores = new ScoreQuery("nps", caller.OrgUnit, time.Today.AddYears(-1), By: ["account"])
        {
            Filter = new Dictionary<string, IReadOnlyList<string>> { ["account"] = [.. accounts.Select(id => id.ToString(CultureInfo.InvariantCulture))] },
        };
        var figures = (await mediator.Send(new AskNps([new NpsQuery(scores)]), ct))[0].ToDictionary(figure => long.Parse(figure.Keys[0]!, CultureInfo.InvariantCulture));
        return accounts.ToDictionary(id => id, id => figures.TryGetValue(id, out var figure)
            ? new Estimate(figure.Nps, figure.Lower, figure.Upper, figure.N) { TooFew = figure.TooFew, Decimals = 0 }
            : new Estimate(null, null, null, 0));
    }
}
