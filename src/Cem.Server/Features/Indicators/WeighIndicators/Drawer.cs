using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Statistics;
using Cem.Kernel.Text;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators.WeighIndicators;

/// <summary>What was tried: the weights asked for, and for entropy the branches it looks at.</summary>
sealed record Trial(Request Asked, Spread? Spread);

/// <param name="Paired">Whether comparisons in pairs are chosen.</param>
/// <param name="Verdict">What the trial came to, in a sentence; null where nothing was tried.</param>
/// <param name="Consistent">Whether it can be saved.</param>
/// <param name="Spread">For entropy: the scores of each branch.</param>
sealed record View(
    Form Form, string Revision, bool Paired, string Code, string Title, string Path, IReadOnlyList<NavigationEntry> Trail, bool Alone, string First, IReadOnlyList<Option> Methods, IReadOnlyList<ChildLine> Children, IReadOnlyList<PairLine> Pairs,
    IReadOnlyList<Option> Scale, string? Verdict, bool Consistent, IReadOnlyList<SpreadLine> Spread, string? LeftOut);

/// <param name="Field">Name of its input.</param>
/// <param name="Share">Of its siblings' weight, as it is.</param>
/// <param name="Tried">As it would be; null where nothing was tried.</param>
sealed record ChildLine(string Code, string Name, string Field, double Share, double? Tried);

/// <param name="Field">Name of its input.</param>
/// <param name="Label">First compared with second.</param>
sealed record PairLine(string Field, string Label);

/// <summary>A branch with the scores of the family, in the order of the children.</summary>
sealed record SpreadLine(string Branch, IReadOnlyList<double> Scores);

/// <summary>Draws the form of a family's weights and what a trial came to.</summary>
sealed class Drawer(Caller caller, Texts texts, CompanyTime time)
{
    readonly ScopedTexts words = texts.For(caller.Language, "Indicators/WeighIndicators");
    readonly Formats formats = Formats.For(caller.Language);

    public DateOnly FirstDay(Family family) => LibraryStore.FirstDay(family.Version, time.Today);

    public View Draw(Family family, Form form, Trial? trial)
    {
        var (tried, verdict, consistent) = trial is null ? (null, null, true) : Judge(family, trial);
        var all = family.Children.Sum(child => child.Weight);
        var title = words.Get("title", ("name", family.Parent.Name.In(caller.Language)));
        return new View(
            form, form.Value("revision"), form.Value("method") == "ahp", family.Parent.Code, title, $"/indicators/{Uri.EscapeDataString(family.Parent.Code)}/weights",
            [new NavigationEntry(words["section"], "/indicators"), new NavigationEntry(family.Parent.Name.In(caller.Language), $"/indicators/{Uri.EscapeDataString(family.Parent.Code)}/edit"), new NavigationEntry(words["weights"], "", Current: true)],
            family.Children.Count < 2, FirstDay(family).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [.. Enum.GetValues<WeightingMethod>().Select(method => new Option(WeightForm.Name(method), words["method." + WeightForm.Name(method)]))],
            [.. family.Children.Index().Select(pair => new ChildLine(pair.Item.Code, Name(pair.Item), WeightForm.Weight(pair.Index), all > 0 ? pair.Item.Weight / all : 0, tried?[pair.Index]))],
            [.. WeightForm.Pairs(family).Select(pair => new PairLine(WeightForm.Pair(pair.I, pair.J), words.Get("pair", ("one", Name(family.Children[pair.I])), ("other", Name(family.Children[pair.J])))))],
            [.. WeightForm.Scale.Select(choice => new Option(choice, words["scale." + choice]))], verdict, consistent,
            [.. trial?.Spread is { } spread ? spread.Branches.Zip(spread.Rows, (branch, row) => new SpreadLine(branch, row)) : []],
            trial?.Spread is { LeftOut: > 0 } some ? words.Get("leftOut", ("count", some.LeftOut)) : null);
    }

    (IReadOnlyList<double> Weights, string Verdict, bool Consistent) Judge(Family family, Trial trial)
    {
        if (trial.Asked.Weighting is not { Matrix: { } matrix } weighting)
        {
            var given = family.Children.Select(child => trial.Asked.Weights[child.Code]).ToList();
            return given.Sum() is > 0 and var sum ? ([.. given.Select(weight => weight / sum)], words["verdict.manual"], true) : (given, words["verdict.zero"], false);
        }
        if (weighting.Method == WeightingMethod.Entropy)
            return (Entropy.Weights([.. matrix.Select(row => row.ToArray())]), words.Get("verdict.entropy", ("count", matrix.Count)), true);
        var square = new double[matrix.Count, matrix.Count];
        for (var i = 0; i < matrix.Count; i++)
            for (var j = 0; j < matrix.Count; j++)
                square[i, j] = matrix[i][j];
        var result = PairwiseWeights.Solve(square);
        var ratio = formats.Number(result.Ratio, 3);
        if (result.Consistent)
            return (result.Weights, words.Get("verdict.consistent", ("ratio", ratio)), true);
        var (one, other) = WeightForm.Pairs(family).MaxBy(pair => Math.Abs(Math.Log(square[pair.I, pair.J] * result.Weights[pair.J] / result.Weights[pair.I])));
        return (result.Weights, words.Get("verdict.inconsistent", ("ratio", ratio), ("one", Name(family.Children[one])), ("other", Name(family.Children[other])),
            ("times", formats.Number(result.Weights[one] / result.Weights[other], 1))), false);
    }

    string Name(Indicator it) => it.Name.In(caller.Language);
}
