using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Quadrant;

/// <summary>Which attributes to keep, to raise, to improve first and second: satisfaction against influence.</summary>
internal sealed class QuadrantModel : IModel
{
    public string Name => "quadrant";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. QuadrantData.Fields, .. QuadrantCuts.Fields, "target"]);
        var target = read.Number("target", 0, 100, 100);
        var data = QuadrantData.Read(read);
        var cuts = QuadrantCuts.Read(read, data.Points);
        var points = data.Points;
        List<string> names = [.. points.Select(point => point.Name)];
        QuadrantArea? Area(QuadrantPoint point) => cuts is { } lines && point is { Performance: { } x, Importance: { } y } ? QuadrantMath.Area(x, y, lines) : null;
        List<QuadrantPoint> first = [.. points.Where(point => Area(point) == QuadrantArea.ImproveFirst).OrderByDescending(point => point.Importance * (target - point.Performance)).ThenBy(point => point.Name, StringComparer.Ordinal)];
        var figures = new JsonObject
        {
            ["performance"] = Wire.Named(names, i => Wire.Number(points[i].Performance)),
            ["importance"] = Wire.Named(names, i => Wire.Number(points[i].Importance)),
            ["performanceCut"] = Wire.Number(cuts?.Performance),
            ["importanceCut"] = Wire.Number(cuts?.Importance),
            ["quadrant"] = Wire.Named(names, i => Area(points[i])?.Chinese()),
            ["order"] = Wire.Texts(first.Select(point => point.Name)),
            ["unplaced"] = Wire.Texts(points.Where(point => !point.Placed).Select(point => point.Name)),
            ["borderline"] = Wire.Texts(names.Where((_, i) => Crosses(data.Performance[i], cuts?.Performance) || Crosses(data.Importance[i], cuts?.Importance))),
        };
        if (data.R2 is { } r2)
        {
            figures["r2"] = Wire.Number(r2);
            figures["performanceInterval"] = Wire.Named(names, i => Limits(data.Performance[i]));
            figures["importanceInterval"] = Wire.Named(names, i => Limits(data.Importance[i]));
        }
        var warnings = data.Warnings;
        if (points.Count(point => point.Placed) < 4) warnings.Add(read.Words.Say($"Fewer than four attributes: the lines say little.", $"指标少于四个，分割线意义有限。"));
        if (points.Any(point => !point.Placed)) warnings.Add(read.Words.Say($"Attributes without satisfaction or influence are not placed.", $"缺少满意度或影响力的指标未放置。"));
        var sentence = first.Count > 0
            ? read.Words.Say($"Improve first: {string.Join(", ", first.Select(point => point.Name))}.", $"优先改进：{string.Join("、", first.Select(point => point.Name))}。")
            : read.Words.Say($"Nothing of high influence is rated low.", $"没有高影响力低满意度的指标。");
        return new(data.N, data.Excluded, data.Method, warnings, sentence, figures);
    }

    static bool Crosses(Interval? interval, double? line) => interval is { } i && i.Lower < line && line < i.Upper;

    static JsonArray? Limits(Interval? interval) => interval is { } i ? Wire.Numbers([i.Lower, i.Upper]) : null;
}
