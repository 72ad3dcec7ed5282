using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>One point of a quadrant chart.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="X">Position across.</param>
/// <param name="Y">Position up.</param>
public sealed record QuadrantPoint(string Name, double X, double Y)
{
    /// <summary>Number in the dot, the same as in the list beside the chart; null for a small dot without one.</summary>
    public int? Number { get; init; }

    public double? XLow { get; init; }

    public double? XHigh { get; init; }

    public double? YLow { get; init; }

    public double? YHigh { get; init; }

    public string? Href { get; init; }

    /// <summary><c>good</c> or <c>bad</c> for the corners that say so, else <c>none</c>.</summary>
    public string Tone { get; init; } = "none";
}

/// <summary>Names of the four corners, in the reader's language.</summary>
public sealed record Corners(string TopLeft, string TopRight, string BottomLeft, string BottomRight);

/// <summary>Points on two measures, divided by a line on each into four named corners.</summary>
/// <param name="Title">What is shown, for those who cannot see it.</param>
/// <param name="XLine">Where the upright line stands.</param>
/// <param name="YLine">Where the level line lies.</param>
public sealed record QuadrantChart(string Title, IReadOnlyList<QuadrantPoint> Points, double XLine, double YLine, Corners Corners) : IChart
{
    const double Top = 24, Bottom = 404, Height = 440;

    public string XLabel { get; init; } = "";

    public string YLabel { get; init; } = "";

    public Unit XUnit { get; init; }

    public Unit YUnit { get; init; }

    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var words = new Words(page, texts);
        var across = Scale.Around(Points.SelectMany(p => new double?[] { p.X, p.XLow, p.XHigh }).Append(XLine));
        var up = Scale.Around(Points.SelectMany(p => new double?[] { p.Y, p.YLow, p.YHigh }).Append(YLine));
        var markup = new Markup();
        markup.Open("svg", ("class", "chart chart-quadrant"), ("width", "100%"), ("height", Height), ("role", "group")).Element("title", Title)
            .Element("desc", string.Join("; ", Points.Select(p => Say(words, p))));
        markup.Leaf("rect", ("class", "frame"), ("x", "0"), ("y", Top), ("width", "100%"), ("height", Bottom - Top));
        Grid(markup, across, up, words);
        Corner(markup, Corners.TopLeft, "40", Top + 20, "start");
        Corner(markup, Corners.TopRight, "98.5%", Top + 20, "end");
        Corner(markup, Corners.BottomLeft, "40", Bottom - 10, "start");
        Corner(markup, Corners.BottomRight, "98.5%", Bottom - 10, "end");
        foreach (var point in Points) Point(markup, across, up, words, point);
        markup.Element("text", YLabel, ("class", "axis-name"), ("x", "0"), ("y", 14))
            .Element("text", XLabel, ("class", "axis-name"), ("x", "100%"), ("y", Height - 4), ("text-anchor", "end"));
        return markup.Close().Done();
    }

    void Grid(Markup markup, Scale across, Scale up, Words words)
    {
        var x = X(across, XLine);
        var y = Y(up, YLine);
        markup.Leaf("line", ("class", "axis"), ("x1", x), ("x2", x), ("y1", Top), ("y2", Bottom))
            .Leaf("line", ("class", "axis"), ("x1", "0"), ("x2", "100%"), ("y1", y), ("y2", y));
        foreach (var tick in across.Ticks)
            markup.Element("text", words.Value(tick, XUnit, XUnit == Unit.Share ? 0 : across.Decimals), ("class", "tick"), ("x", X(across, tick)), ("y", Bottom + 15), ("text-anchor", "middle"));
        foreach (var tick in up.Ticks)
            markup.Element("text", words.Value(tick, YUnit, YUnit == Unit.Share ? 0 : up.Decimals), ("class", "tick"), ("x", "4"), ("y", Y(up, tick) + 4));
    }

    static void Corner(Markup markup, string name, string x, double y, string anchor) =>
        markup.Element("text", name, ("class", "corner"), ("x", x), ("y", y), ("text-anchor", anchor));

    void Point(Markup markup, Scale across, Scale up, Words words, QuadrantPoint point)
    {
        var (x, y) = (X(across, point.X), Y(up, point.Y));
        // Of a cloud of dots the tab key reaches those with a number, which head the list beside it.
        markup.OpenLink(point.Href, "mark mark-" + point.Tone, tabbed: point.Number is not null).Element("title", Say(words, point));
        if (point is { XLow: { } xLow, XHigh: { } xHigh })
            markup.Leaf("line", ("class", "whisker"), ("x1", X(across, xLow)), ("x2", X(across, xHigh)), ("y1", y), ("y2", y));
        if (point is { YLow: { } yLow, YHigh: { } yHigh })
            markup.Leaf("line", ("class", "whisker"), ("x1", x), ("x2", x), ("y1", Y(up, yLow)), ("y2", Y(up, yHigh)));
        markup.Leaf("circle", ("cx", x), ("cy", y), ("r", point.Number is null ? 4.5 : 10));
        if (point.Number is { } number)
            markup.Element("text", words.Formats.Number(number), ("class", "dot-text"), ("x", x), ("y", y + 4), ("text-anchor", "middle"));
        markup.Close();
    }

    string Say(Words words, QuadrantPoint p) =>
        $"{p.Name}: {XLabel} {words.Value(p.X, XUnit, 1)}, {YLabel} {words.Value(p.Y, YUnit, 1)}";

    // Room on every side, so that no dot touches the frame.
    static string X(Scale scale, double value) => Markup.Percent(0.08 + 0.88 * scale.At(value));

    static double Y(Scale scale, double value) => Bottom - 28 - (Bottom - Top - 56) * scale.At(value);
}
