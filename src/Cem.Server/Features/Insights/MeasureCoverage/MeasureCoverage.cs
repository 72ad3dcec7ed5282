using Cem.Contracts.Insights;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Insights.MeasureCoverage;

/// <summary>
/// Measures how much of the customer base was heard: of the accounts whose contract runs in the days asked for, and of the
/// people there, as they stand in the books today. Heard is who gave a scored answer, wherever the account stood then.
/// </summary>
sealed class Handler(ScoreColumns columns, CustomerBase customers) : IRequestHandler<AskCoverage, IReadOnlyList<CoverageFigure>>
{
    public Task<IReadOnlyList<CoverageFigure>> Handle(AskCoverage request, CancellationToken cancellationToken)
    {
        var heard = Heard.Between(request.From, request.To, columns);
        var (from, to) = (Day.Number(request.From), Day.Number(request.To));
        var active = customers.Accounts.Values.Where(account => account.IsActive(from, to)).ToList();
        return Task.FromResult<IReadOnlyList<CoverageFigure>>([.. request.Scopes.Select(scope => Measure(scope, active, heard))]);
    }

    CoverageFigure Measure(long scope, IEnumerable<AccountEntry> active, Heard heard)
    {
        var units = columns.Units.Reach(scope).ToHashSet();
        var accounts = active.Where(account => units.Contains(account.OrgUnitId)).ToDictionary(account => account.Id);
        int contacts = 0, contactsHeard = 0, deciders = 0, decidersHeard = 0;
        foreach (var contact in customers.Contacts.Values.Where(contact => accounts.ContainsKey(contact.AccountId)))
        {
            var isHeard = heard.Contacts.Contains(contact.Id) ? 1 : 0;
            contacts++;
            contactsHeard += isHeard;
            deciders += contact.Decides ? 1 : 0;
            decidersHeard += contact.Decides ? isHeard : 0;
        }
        return new(accounts.Count, accounts.Keys.Count(heard.Accounts.Contains), contacts, contactsHeard, deciders, decidersHeard, RevenueHeard(accounts.Values, heard));
    }

    /// <summary>Amounts of different currencies do not add up: the currency that most accounts have stands for all.</summary>
    static double? RevenueHeard(IEnumerable<AccountEntry> accounts, Heard heard)
    {
        var known = accounts.Where(account => account.AnnualRevenueMinor is not null).GroupBy(account => account.AnnualRevenueCurrency)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).FirstOrDefault()?.ToList();
        return known?.Sum(account => account.AnnualRevenueMinor) is > 0 and var total
            ? (double)known.Where(account => heard.Accounts.Contains(account.Id)).Sum(account => account.AnnualRevenueMinor)! / total
            : null;
    }
}
