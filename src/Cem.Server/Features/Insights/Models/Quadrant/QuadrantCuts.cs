namespace Cem.Server.Features.Insights.Models.Quadrant;

/// <summary>Reads where the lines lie: <c>mean</c> (default) or <c>median</c> of the attributes, in any wording, or fixed targets as <c>{performance, importance}</c> or as <c>performanceCut</c> and <c>importanceCut</c>.</summary>
internal static class QuadrantCuts
{
    public static readonly string[] Fields = ["cuts", "performanceCut", "importanceCut"];

    public static (double Performance, double Importance)? Read(ModelInput read, IReadOnlyList<QuadrantPoint> points)
    {
        var lines = Lines(read, points);
        double? performance = read.NumberOrNull("performanceCut") ?? lines?.Performance, importance = read.NumberOrNull("importanceCut") ?? lines?.Importance;
        return (performance, importance) is ({ } x, { } y) ? (x, y) : null;
    }

    static (double Performance, double Importance)? Lines(ModelInput read, IReadOnlyList<QuadrantPoint> points)
    {
        if (!read.Has("cuts")) return QuadrantMath.Cuts(points, median: false);
        if (read.IsObject("cuts"))
        {
            var cuts = read.Object("cuts", "performance", "importance");
            var means = QuadrantMath.Cuts(points, median: false);
            return (cuts.NumberOrNull("performance") ?? means?.Performance, cuts.NumberOrNull("importance") ?? means?.Importance) is ({ } x, { } y) ? (x, y) : null;
        }
        var wording = read.Text("cuts");
        if (wording.StartsWith("median", StringComparison.Ordinal)) return QuadrantMath.Cuts(points, median: true);
        if (wording.StartsWith("mean", StringComparison.Ordinal)) return QuadrantMath.Cuts(points, median: false);
        throw read.Refuse("cuts", ModelRefusal.OutOfRange, "cuts is \"mean\", \"median\" or {\"performance\": x, \"importance\": y}.");
    }
}
