namespace Cem.Server.Features.Insights.Models.Quadrant;

/// <summary>An attribute with its satisfaction (0-100) and its influence; null where unknown.</summary>
internal sealed record QuadrantPoint(string Name, double? Performance, double? Importance)
{
    public bool Placed => Performance is not null && Importance is not null;
}

/// <summary>One of the four areas, by what it calls for.</summary>
internal enum QuadrantArea
{
    /// <summary>优势保持: high satisfaction, high influence.</summary>
    Keep,

    /// <summary>价值提升: high satisfaction, low influence.</summary>
    RaiseValue,

    /// <summary>优先改进: low satisfaction, high influence.</summary>
    ImproveFirst,

    /// <summary>其次改进: low satisfaction, low influence.</summary>
    ImproveSecond,
}

/// <summary>Satisfaction-influence quadrant (Martilla and James 1977).</summary>
internal static class QuadrantMath
{
    // A point on a line counts as high, in spite of rounding.
    const double OnTheLine = 1e-12;

    /// <summary>The lines through the means, or the medians, of the placed points; null without any.</summary>
    public static (double Performance, double Importance)? Cuts(IReadOnlyList<QuadrantPoint> points, bool median)
    {
        List<double> performance = [.. points.Where(point => point.Placed).Select(point => point.Performance!.Value)];
        List<double> importance = [.. points.Where(point => point.Placed).Select(point => point.Importance!.Value)];
        if (performance.Count == 0) return null;
        return median ? (Median(performance), Median(importance)) : (performance.Average(), importance.Average());
    }

    /// <summary>Where a placed point lies.</summary>
    public static QuadrantArea Area(double performance, double importance, (double Performance, double Importance) cuts) =>
        (performance >= cuts.Performance - OnTheLine, importance >= cuts.Importance - OnTheLine) switch
        {
            (true, true) => QuadrantArea.Keep,
            (true, false) => QuadrantArea.RaiseValue,
            (false, true) => QuadrantArea.ImproveFirst,
            _ => QuadrantArea.ImproveSecond,
        };

    /// <summary>The name on the wire, as the model's source has it.</summary>
    public static string Chinese(this QuadrantArea area) => area switch
    {
        QuadrantArea.Keep => "优势保持",
        QuadrantArea.RaiseValue => "价值提升",
        QuadrantArea.ImproveFirst => "优先改进",
        _ => "其次改进",
    };

    static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
