using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using MediatR;

namespace Cem.Server.Features.AccountHealth.AnswerHealth;

/// <summary>Tells the other areas how accounts stand, in figures and words. The accounts asked for are measured at this moment.</summary>
sealed class Handler(HealthKeeper keeper, HealthWords words, Db db) : IRequestHandler<AskAccountHealth, IReadOnlyList<AccountHealthFigure>>
{
    public Task<IReadOnlyList<AccountHealthFigure>> Handle(AskAccountHealth request, CancellationToken cancellationToken)
    {
        var since = db.Query<SinceRow>(Sql.Since, new { Accounts = Json.Write(request.Accounts) }).ToDictionary(row => row.AccountId);
        var now = keeper.Now;
        return Task.FromResult<IReadOnlyList<AccountHealthFigure>>([.. keeper.Measure(request.Accounts).Select(each => words.Of(
            each, request.Language, since.TryGetValue(each.Account.Id, out var row) && row.Field == each.Field ? row.Since : each.Day, now))]);
    }
}

/// <summary>Tells which accounts of an org unit are at risk, as they were last measured.</summary>
sealed class RiskHandler(HealthKeeper keeper, HealthStates states, HealthWords words) : IRequestHandler<AskAccountsAtRisk, AccountsAtRisk>
{
    public async Task<AccountsAtRisk> Handle(AskAccountsAtRisk request, CancellationToken cancellationToken)
    {
        if (request.Fresh)
            await keeper.CatchUpWholly(cancellationToken);
        var totals = states.Totals(request.Scope);
        return new AccountsAtRisk(totals.Measured, totals.Count, totals.HiddenChurn, totals.RevenueMinor, totals.Currency,
            [.. states.Listed(request.Scope, request.Most).Select(row => words.Of(row.Assessment, request.Language, row.Since, row.MeasuredAt))]);
    }
}

file sealed record SinceRow(long AccountId, string Field, DateOnly Since);

file static class Sql
{
    public const string Since = "SELECT account_id, field, since FROM account_health_states WHERE account_id IN (SELECT value FROM json_each(@Accounts))";
}
