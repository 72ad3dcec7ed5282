using Cem.Contracts.Insights;
using Cem.Kernel.Columns;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models;
using Cem.Server.Features.Insights.Models.Nps;
using Cem.Server.Features.Insights.Models.NpsDifference;
using MediatR;
using Scale = Cem.Kernel.Columns.Scale;

namespace Cem.Server.Features.Insights.MeasureNps;

/// <summary>
/// Measures the Net Promoter Score of cells: raw score with its interval, the account view beside it, and whether it has
/// changed. All cells of a query are tested together, so that a table of forty branches has no false alarms by design.
/// </summary>
sealed class Handler(ScoreReader reader) : IRequestHandler<AskNps, IReadOnlyList<IReadOnlyList<NpsFigure>>>
{
    const double FalseDiscoveryRate = 0.05;

    static readonly Scale Bands = Scale.Bands(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2);
    static readonly double Z = Normal.Z(0.95);

    public Task<IReadOnlyList<IReadOnlyList<NpsFigure>>> Handle(AskNps request, CancellationToken cancellationToken)
    {
        var current = request.Queries.Select(query => query.Scores with { PerAccount = query.Clustered });
        var baselines = request.Queries.Select(query => BaselinesOf(query).QueryFor(query.Scores)).ToList();
        var cells = reader.Read([.. current, .. baselines.OfType<ScoreQuery>()], _ => Bands);
        var nextBaseline = request.Queries.Count;
        var answers = request.Queries.Select((query, index) =>
            Figures(query, cells[index], baselines[index] is null ? [] : cells[nextBaseline++]));
        return Task.FromResult<IReadOnlyList<IReadOnlyList<NpsFigure>>>([.. answers]);
    }

    static IReadOnlyList<NpsFigure> Figures(NpsQuery query, IReadOnlyList<ScoreGroup> cells, IReadOnlyList<ScoreGroup> earlier)
    {
        var baselines = BaselinesOf(query).For(query.Scores.Period, cells, earlier, query.Scores.By?.Count ?? 0);
        var figures = cells.Select((cell, index) => Figure(cell, baselines[index]?.Aggregate(new NpsCounts(), (sum, group) => sum + CountsOf(group.Counts)))).ToArray();
        var tested = Enumerable.Range(0, figures.Length)
            .Where(index => figures[index] is { TooFew: false, CompareN: >= Bases.Show, ChangeP: not null }).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(index => figures[index].ChangeP!.Value)]);
        foreach (var (index, p) in tested.Zip(adjusted))
            figures[index] = figures[index] with { Significant = p < FalseDiscoveryRate };
        return figures;
    }

    static Baselines BaselinesOf(NpsQuery query) => new(query.CompareFrom, query.CompareTo, query.Against);

    static NpsFigure Figure(ScoreGroup cell, NpsCounts? baseline)
    {
        var counts = CountsOf(cell.Counts);
        var independent = NpsMath.AdjustedWald(counts, Z);
        var design = AccountDesign.Of(counts, cell.Accounts);
        var clustered = design.Prefers(independent);
        var interval = clustered ? new Interval(design.Clustered!.Lower, design.Clustered.Upper) : independent?.Interval;
        var change = baseline is { } before ? NpsDifferenceMath.AdjustedWald(counts, before, Z) : null;
        return new NpsFigure(cell.Keys, cell.Period, (int)counts.N, (int)counts.Promoters, (int)counts.Passives, (int)counts.Detractors, cell.Counts.Excluded,
            counts.Nps, interval?.Lower, interval?.Upper, clustered ? design.Clustered!.StandardError : NpsMath.Wald(counts, Z)?.Se,
            clustered ? "clustered" : "adjusted-wald", design.Accounts, design.AccountNps, counts.N < Bases.Show,
            (int?)baseline?.N, baseline?.Nps, counts.Nps - baseline?.Nps, change?.Interval.Lower, change?.Interval.Upper, change?.P, false)
        {
            Stable = counts.N >= Bases.Stable,
            AdjustedWald = independent is null ? null : new(independent.Se, independent.Interval.Lower, independent.Interval.Upper),
            Simple = design.Simple,
            Clustered = design.Clustered,
            OneVote = design.OneVote,
            DesignEffect = design.Effect,
        };
    }

    internal static NpsCounts CountsOf(Histogram bands) => new(bands[2], bands[1], bands[0]);
}
