using Cem.Contracts.Insights;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models;

namespace Cem.Server.Features.Insights.ShowOverview;

/// <summary>
/// What moved among the cells of several tables. They stand on one page and are looked at together, so they are tested
/// together: Benjamini-Hochberg over all of them.
/// </summary>
/// <param name="Tested">How many cells had answers enough to be compared.</param>
sealed record Movers(IReadOnlyList<(string Dimension, NpsFigure Figure)> Moved, int Tested)
{
    const double FalseDiscoveryRate = 0.05;

    public static Movers Of(IReadOnlyList<(string Dimension, IReadOnlyList<NpsFigure> Figures)> tables)
    {
        var tested = tables.SelectMany(table => table.Figures.Select(figure => (table.Dimension, Figure: figure)))
            .Where(cell => cell.Figure is { TooFew: false, CompareN: >= Bases.Show, ChangeP: not null } && cell.Figure.Keys[0] is not null).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(cell => cell.Figure.ChangeP!.Value)]);
        return new([.. tested.Where((_, index) => adjusted[index] < FalseDiscoveryRate).OrderByDescending(cell => Math.Abs(cell.Figure.Change!.Value))], tested.Count);
    }
}
