using Cem.Contracts.Insights;
using Cem.Kernel.Columns;
using MediatR;

namespace Cem.Server.Features.Insights.AnswerScores;

/// <summary>Answers the one question everybody asks of the scored answers, from memory and all queries from one moment.</summary>
sealed class Handler(ScoreReader reader, ScoreColumns columns) : IRequestHandler<AskScores, IReadOnlyList<ScoreTable>>
{
    static readonly Scale Nps = Scale.Values(0, 10);
    static readonly Scale Satisfaction = Scale.Values(1, 5);
    static readonly Scale Ease = Scale.Values(1, 7);
    static readonly Scale Other = Scale.Values(0, 100);

    public Task<IReadOnlyList<ScoreTable>> Handle(AskScores request, CancellationToken cancellationToken)
    {
        var asOf = columns.AsOf;
        var tables = reader.Read(request.Queries, query => ScaleOf(query.Measure));
        return Task.FromResult<IReadOnlyList<ScoreTable>>([.. request.Queries.Zip(tables, (query, groups) => new ScoreTable([.. groups.Select(group => Cell(query, group))], asOf))]);
    }

    static Scale ScaleOf(string measure) => measure switch
    {
        "nps" => Nps,
        "csat" => Satisfaction,
        "ces" => Ease,
        _ => Other,
    };

    static ScoreCell Cell(ScoreQuery query, ScoreGroup group) => new(group.Keys, group.Period, group.Counts.Bins.ToArray(), group.Counts.Excluded,
        query.PerAccount ? [.. group.Accounts.Select(account => new AccountScores(account.Cluster, account.Counts.Bins.ToArray()))] : []);
}
