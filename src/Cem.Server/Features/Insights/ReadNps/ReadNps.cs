using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Insights.ReadNps;

/// <summary>
/// The Net Promoter Score for other systems: in all, and by any dimensions and periods, each with its n, its interval and
/// whether it has changed. A key sees its own org unit and below.
/// </summary>
/// <param name="Compare">
/// previous (the days before, as many; with a period, the period before), trailing (with a period: the 12 before, pooled;
/// else the 91 days before) or lastYear; none unless said.
/// </param>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(InsightFilter Filter, string? Compare = null) : IRequest<Response>;

/// <param name="AsOf">When the newest answer that is counted in was completed.</param>
/// <param name="Total">All answers of the days together.</param>
/// <param name="Rows">One a cell that holds answers; empty where neither by nor period was asked for.</param>
sealed record Response(string Measure, DateOnly From, DateOnly To, IReadOnlyList<string> By, string? Period, DateTimeOffset? AsOf, Score Total, IReadOnlyList<Score> Rows);

/// <summary>One score, in points from -100 to 100, with its 95 % interval by <paramref name="Method"/>.</summary>
/// <param name="Keys">The value of each dimension; an account by its external id, null where the answer had none or the account has left the caller's scope.</param>
/// <param name="Start">First day of its period.</param>
/// <param name="TooFew">Fewer than 5 answers: do not rank or alarm by it.</param>
/// <param name="Stable">30 answers or more.</param>
/// <param name="AdjustedWald">As if all answers were independent.</param>
/// <param name="Simple">As if all answers were independent: linearised, n - 1.</param>
/// <param name="Clustered">Answers clustered in their accounts.</param>
/// <param name="AccountNps">One vote for each account.</param>
sealed record Score(
    IReadOnlyDictionary<string, string?> Keys, DateOnly? Start, double? Nps, double? Lower, double? Upper, double? StandardError, string Method,
    int N, int Excluded, int Promoters, int Passives, int Detractors, int Accounts, bool TooFew, bool Stable,
    NpsInterval? AdjustedWald, NpsInterval? Simple, NpsInterval? Clustered, double? DesignEffect, double? AccountNps, NpsInterval? OneVote, Comparison? Comparison);

/// <summary>Against the comparison asked for: the raw difference in points, and the adjusted-Wald test of it.</summary>
/// <param name="Significant">At 5 %, after Benjamini-Hochberg over the rows; never where either side has too few answers.</param>
sealed record Comparison(int N, double? Nps, double? Change, double? Lower, double? Upper, double? P, bool Significant);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/insights/nps", async Task<Ok<Response>> ([AsParameters] InsightFilter filter, string? compare, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(filter, compare), ct)))
            .Sends<Request>()
            .Summary("Net Promoter Score")
            .Describe("By any dimensions and periods, with n, interval and significance. The interval is adjusted Wald, or clustered by account where several people of one account answered.");
}

sealed class Handler(IMediator mediator, Db db, Caller caller, ScoreColumns columns, CompanyTime time) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.Compare is not null && !Baselines.Known.Contains(request.Compare))
            throw InsightFilter.Choice("compare", Baselines.Known);
        var scores = request.Filter.Scores("nps", caller, columns, time);
        var total = Compared(scores with { By = null, Period = null }, request.Compare);
        NpsQuery[] queries = scores.By is { Count: > 0 } || scores.Period is not null ? [total, Compared(scores, request.Compare)] : [total];
        var asOf = columns.AsOf;
        var figures = await mediator.Send(new AskNps(queries), cancellationToken);
        var accounts = Accounts(scores, figures[^1]);
        var by = scores.By ?? [];
        return new Response("nps", scores.From!.Value, scores.To!.Value, by, scores.Period, asOf,
            figures[0] is [var all] ? Score(all, [], accounts) : None,
            queries.Length == 1 ? [] : [.. figures[1].Select(figure => Score(figure, by, accounts))]);
    }

    static readonly Score None = new(new Dictionary<string, string?>(), null, null, null, null, null, "adjusted-wald", 0, 0, 0, 0, 0, 0, true, false, null, null, null, null, null, null, null);

    static NpsQuery Compared(ScoreQuery scores, string? compare)
    {
        var baseline = Baselines.Of(compare, scores);
        return new NpsQuery(scores, baseline.From, baseline.To, baseline.Against);
    }

    /// <summary>The callers' own ids of the accounts among the keys.</summary>
    Dictionary<string, string> Accounts(ScoreQuery scores, IReadOnlyList<NpsFigure> figures)
    {
        if ((scores.By ?? []).ToList().IndexOf(ScoreReader.Account) is not (>= 0 and var place))
            return [];
        var ids = figures.Select(figure => figure.Keys[place]).OfType<string>().Distinct().ToArray();
        return db.Query<AccountRow>(Sql.Accounts, new { Ids = ids, caller.OrgUnit }).ToDictionary(row => row.Id.ToString(CultureInfo.InvariantCulture), row => row.ExternalId);
    }

    static Score Score(NpsFigure figure, IReadOnlyList<string> by, Dictionary<string, string> accounts) => new(
        by.Zip(figure.Keys).ToDictionary(pair => pair.First, pair => pair.First == ScoreReader.Account && pair.Second is { } id ? accounts.GetValueOrDefault(id) : pair.Second),
        figure.Period, figure.Nps, figure.Lower, figure.Upper, figure.StandardError, figure.Method, figure.N, figure.Excluded,
        figure.Promoters, figure.Passives, figure.Detractors, figure.Accounts, figure.TooFew, figure.Stable,
        figure.AdjustedWald, figure.Simple, figure.Clustered, figure.DesignEffect, figure.AccountNps, figure.OneVote,
        figure.CompareN is { } n ? new Comparison(n, figure.CompareNps, figure.Change, figure.ChangeLower, figure.ChangeUpper, figure.ChangeP, figure.Significant) : null);
}

file sealed record AccountRow(long Id, string ExternalId);

file static class Sql
{
    public const string Accounts = """
        SELECT id, external_id FROM customers_v_accounts WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(@Ids))
          AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;
}
