namespace Cem.Server.Features.Indicators;

/// <summary>The library scored for an org unit: now, and, where asked for, against earlier days, both by the version that holds now.</summary>
/// <param name="Nodes">Those that count, each directly after its parent's earlier children; the root first.</param>
/// <param name="RootBefore">The root on the leaves that both windows have, with <paramref name="RootAfter"/>: what the contributions add up to.</param>
/// <param name="LeftOut">Leaves that have a score in only one of the windows.</param>
/// <param name="VersionBefore">The version that held then; where it is another one, its weights play no part in the change.</param>
sealed record ScoredTree(
    LibraryVersion Version, Window Now, Window? Before, IReadOnlyList<ScoredNode> Nodes, double? RootBefore, double? RootAfter, IReadOnlyList<string> LeftOut, int? VersionBefore)
{
    public ScoredNode Root => Nodes[0];

    /// <summary>Leaves without a score, the heaviest first.</summary>
    public IEnumerable<ScoredNode> Gaps => Nodes.Where(node => node.IsLeaf && node.Score is null).OrderByDescending(node => node.GlobalWeight);

    /// <summary>Those of an indicator.</summary>
    public IEnumerable<ScoredNode> GapsOf(string code) => LibraryTree.Below(Version, code) is var below ? Gaps.Where(gap => below.Contains(gap.It.Code)) : [];

    /// <summary>Leaves that moved the root, the strongest first.</summary>
    public IEnumerable<ScoredNode> Movers => Nodes.Where(node => node.IsLeaf && node.Contribution is not null and not 0).OrderByDescending(node => Math.Abs(node.Contribution!.Value));
}

/// <summary>One indicator, scored 0 to 100.</summary>
/// <param name="Depth">0 for the root.</param>
/// <param name="GlobalWeight">Its share of the root.</param>
/// <param name="Se">
/// Of the score. Answers to one survey come from the same people: their errors are added as if they always erred together,
/// those of different surveys by their squares. So it is never too small. Null where a part has none.
/// </param>
/// <param name="Coverage">Share by weight of the leaves below it that have data; 0..1.</param>
/// <param name="N">Answers and rows behind it.</param>
/// <param name="Own">Its own measure; null where it has none.</param>
/// <param name="Change">Of the score, on the leaves that both windows have.</param>
/// <param name="Contribution">Points of the root's change that come from it and what is below it.</param>
/// <param name="Target">For the org unit asked for, in the unit of <see cref="Own"/>, or as score.</param>
/// <param name="Standing">reached, missed (between threshold and target), below (past the threshold) or none.</param>
/// <param name="SurelyBelow">Whether its whole interval lies past the threshold.</param>
sealed record ScoredNode(
    Indicator It, int Depth, bool IsLeaf, double GlobalWeight, double? Score, double? Se, double Coverage, long N, Reading? Own,
    double? ScoreBefore, double CoverageBefore, Reading? OwnBefore, ScoreChange? Change, double? Contribution, double? Target, double? Threshold, string Standing, bool SurelyBelow)
{
    /// <summary>Too little behind it to conclude anything.</summary>
    public bool TooFew => N < Reading.Show;

    /// <summary>Why a leaf has no score.</summary>
    public string? Gap => !IsLeaf || Score is not null ? null : Own?.Gap ?? Reading.NoMeasure.Gap;
}

/// <param name="P">Two-sided; null where it cannot be tested.</param>
/// <param name="Significant">At 5 % after Benjamini-Hochberg over the tree; null where there are too few, or a part is no sample.</param>
sealed record ScoreChange(double Difference, double? Low, double? High, double? P, bool? Significant);
