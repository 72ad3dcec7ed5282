using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;

namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>Everything that follows from an estimated path model, as figures by the names of items and constructs.</summary>
internal sealed class PathResults
{
    const double LargestHtmt = 0.90;

    const double LargestVif = 5;

    readonly PathModel _model;
    readonly ItemData _data;
    readonly PathEstimate _estimate;
    readonly Matrix<double> _correlations;
    readonly (int Smallest, int Largest)? _scale;
    readonly List<string> _names;
    readonly double[][] _loadings;
    readonly double[][] _weights;
    readonly Matrix<double> _total;
    readonly bool[,] _effects;
    readonly List<ConstructIndex> _indices;

    /// <param name="correlations">Of the items, also where the model was estimated from raw ones.</param>
    public PathResults(PathModel model, ItemData data, PathEstimate estimate, Matrix<double> correlations, bool standardised, (int Smallest, int Largest)? scale)
    {
        (_model, _data, _estimate, _correlations, _scale) = (model, data, estimate, correlations, scale);
        _names = [.. model.Constructs.Select(construct => construct.Name)];
        _effects = model.Effects();
        double Sd(int item) => data.Sd(item);
        // Weights for standardised items, whatever the model was estimated from.
        var own = Matrix<double>.Build.Dense(estimate.Weights.RowCount, estimate.Weights.ColumnCount, (i, k) => standardised ? estimate.Weights[i, k] : estimate.Weights[i, k] * Sd(i));
        var loadings = correlations * own;
        _loadings = [.. model.Constructs.Select((construct, k) => construct.Items.Select(item => loadings[item, k]).ToArray())];
        _weights = [.. model.Constructs.Select((construct, k) => construct.Items.Select(item => own[item, k]).ToArray())];
        var identity = Matrix<double>.Build.DenseIdentity(_names.Count);
        _total = (identity - estimate.Coefficients).Inverse() - identity;
        _indices = scale is { } s ? [.. model.Constructs.Select((construct, k) => ConstructIndex.Of(data, construct, _weights[k], s.Smallest, s.Largest))] : [];
    }

    public JsonObject ToJson(PathBootstrap? bootstrap, int seed)
    {
        var figures = new JsonObject
        {
            ["weights"] = ByItem((k, i) => _estimate.Weights[_model.Constructs[k].Items[i], k]),
            ["loadings"] = ByItem((k, i) => _loadings[k][i]),
            ["paths"] = ByPath((from, to) => _estimate.Coefficients[from, to]),
            ["r2"] = ByEffect(k => _estimate.R2[k]),
            ["r2Adj"] = ByEffect(k => 1 - (1 - _estimate.R2[k]) * (_data.N - 1) / (_data.N - _model.Predecessors(k).Length - 1)),
            ["total"] = ByEffectPair((from, to) => _total[from, to]),
            ["indirect"] = ByEffectPair((from, to) => _total[from, to] - _estimate.Coefficients[from, to]),
            ["reliability"] = Wire.Named(_names, k => Reliability(k)),
            ["lvCorrelations"] = ByPair((a, b) => _estimate.Correlations[a, b]),
            ["htmt"] = ByPair(Htmt),
            ["innerVif"] = Vif(),
            ["rounds"] = _estimate.Rounds,
        };
        if (_scale is not null)
        {
            figures["index0100"] = Wire.Named(_names, k => new JsonObject
            {
                ["index"] = Wire.Number(_indices[k].Index),
                ["sd"] = Wire.Number(_indices[k].Sd),
                ["normalisedUnstandardisedWeights"] = Wire.Named([.. Items(k)], _indices[k].Weights),
            });
            figures["totalUnstandardised"] = ByEffectPair((from, to) => _total[from, to] * _indices[to].Sd / _indices[from].Sd);
        }
        if (bootstrap is not null) figures["bootstrap"] = Bootstrap(bootstrap, seed);
        return figures;
    }

    public IEnumerable<string> Warnings(Words words)
    {
        for (var a = 0; a < _names.Count; a++)
            for (var b = a + 1; b < _names.Count; b++)
                if (Htmt(a, b) is > LargestHtmt and var htmt)
                    yield return words.Say($"{_names[a]} and {_names[b]} are hardly told apart (HTMT {htmt:0.000}).", $"{_names[a]} 与 {_names[b]} 难以区分（HTMT {htmt:0.000}）。");
        for (var k = 0; k < _names.Count; k++)
        {
            foreach (var (from, vif) in Vifs(k))
                if (vif > LargestVif) yield return words.Say($"{_names[from]} overlaps with the other causes of {_names[k]} (VIF {vif:0.0}).", $"{_names[from]} 与 {_names[k]} 的其他前因重叠（VIF {vif:0.0}）。");
            foreach (var (item, loading) in Items(k).Zip(_loadings[k]))
                if (loading < 0) yield return words.Say($"{item} loads negatively on {_names[k]} ({loading:0.00}): it may be reversed.", $"{item} 在 {_names[k]} 上载荷为负（{loading:0.00}），可能为反向题。");
        }
    }

    public string Sentence(Words words)
    {
        var strongest = _model.Paths.MaxBy(path => Math.Abs(_estimate.Coefficients[path.From, path.To]));
        var value = _estimate.Coefficients[strongest.From, strongest.To];
        return words.Say($"The strongest path leads from {_names[strongest.From]} to {_names[strongest.To]} ({value:0.00}); association, not cause.", $"最强路径为 {_names[strongest.From]} → {_names[strongest.To]}（{value:0.00}）；为相关而非因果。");
    }

    JsonObject Bootstrap(PathBootstrap bootstrap, int seed)
    {
        List<string> paths = [.. _model.Paths.Select(path => Arrow(path.From, path.To))];
        double Estimate(int i) => _estimate.Coefficients[_model.Paths[i].From, _model.Paths[i].To];
        return new()
        {
            ["resamples"] = bootstrap.Resamples,
            ["skipped"] = bootstrap.Skipped,
            ["seed"] = seed,
            ["pathSe"] = Wire.Named(paths, bootstrap.Se),
            ["pathCi95"] = Wire.Named(paths, i => bootstrap.Intervals[i] is { } interval ? Wire.Numbers([interval.Lower, interval.Upper]) : null),
            ["pathT"] = Wire.Named(paths, i => Wire.Number(bootstrap.Se[i] > 0 ? Estimate(i) / bootstrap.Se[i] : null)),
        };
    }

    JsonObject Reliability(int k)
    {
        int[] items = [.. _model.Constructs[k].Items];
        var block = Matrix<double>.Build.Dense(items.Length, items.Length, (i, j) => _correlations[items[i], items[j]]);
        var reliability = PathQuality.Of(_loadings[k], _weights[k], block);
        return new()
        {
            ["ave"] = Wire.Number(reliability.Ave),
            ["dgRho"] = Wire.Number(reliability.RhoC),
            ["cronbachAlpha"] = Wire.Number(reliability.Alpha),
            ["rhoA"] = Wire.Number(reliability.RhoA),
        };
    }

    double Htmt(int a, int b) => PathQuality.Htmt(_correlations, _model.Constructs[a].Items, _model.Constructs[b].Items);

    JsonObject Vif()
    {
        var map = new JsonObject();
        for (var k = 0; k < _names.Count; k++)
            if (_model.Predecessors(k).Length > 0)
                map[_names[k]] = new JsonObject(Vifs(k).Select(vif => KeyValuePair.Create(_names[vif.From], Wire.Number(vif.Vif))));
        return map;
    }

    // The diagonal of the inverse correlation matrix of a construct's causes.
    IEnumerable<(int From, double Vif)> Vifs(int k)
    {
        var before = _model.Predecessors(k);
        if (before.Length == 0) return [];
        var inverse = Matrix<double>.Build.Dense(before.Length, before.Length, (i, j) => _estimate.Correlations[before[i], before[j]]).Inverse();
        return before.Select((from, i) => (from, inverse[i, i]));
    }

    IEnumerable<string> Items(int k) => _model.Constructs[k].Items.Select(item => _data.Names[item]);

    string Arrow(int from, int to) => $"{_names[from]}->{_names[to]}";

    JsonObject ByItem(Func<int, int, double> value) => Wire.Named(_names, k => Wire.Named([.. Items(k)], i => Wire.Number(value(k, i))));

    JsonObject ByPath(Func<int, int, double> value) =>
        new(_model.Paths.Select(path => KeyValuePair.Create(Arrow(path.From, path.To), Wire.Number(value(path.From, path.To)))));

    JsonObject ByEffect(Func<int, double> value) =>
        new(Enumerable.Range(0, _names.Count).Where(k => _model.Predecessors(k).Length > 0).Select(k => KeyValuePair.Create(_names[k], Wire.Number(value(k)))));

    JsonObject ByEffectPair(Func<int, int, double> value) =>
        new(Pairs(_names.Count).Where(pair => _effects[pair.A, pair.B]).Select(pair => KeyValuePair.Create(Arrow(pair.A, pair.B), Wire.Number(value(pair.A, pair.B)))));

    JsonObject ByPair(Func<int, int, double> value) =>
        new(Pairs(_names.Count).Where(pair => pair.A < pair.B).Select(pair => KeyValuePair.Create($"{_names[pair.A]}|{_names[pair.B]}", Wire.Number(value(pair.A, pair.B)))));

    static IEnumerable<(int A, int B)> Pairs(int count) => Enumerable.Range(0, count).SelectMany(_ => Enumerable.Range(0, count), (a, b) => (a, b));
}
