using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>
/// One step of a curve through few levels, such as a mood from -2 to 2: the point in the middle, lines to the borders where
/// the curve goes on. Steps of the same width, set side by side without a gap, make the whole curve.
/// </summary>
/// <param name="Title">What is shown, for those who cannot see it.</param>
/// <param name="Value">Null for a gap.</param>
/// <param name="Before">The level of the step before; null where the curve begins here.</param>
/// <param name="After">The level of the step after; null where it ends here.</param>
public sealed record LevelCurve(string Title, double? Value, double? Before, double? After) : IChart
{
    const double Height = 72, Margin = 10;

    public double Least { get; init; } = -2;

    public double Most { get; init; } = 2;

    /// <summary><c>good</c>, <c>bad</c> or <c>none</c>.</summary>
    public string Tone { get; init; } = "none";

    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var markup = new Markup().Open("svg", ("class", "chart chart-level"), ("width", "100%"), ("height", Height), ("role", "img")).Element("title", Title)
            .Leaf("line", ("class", "grid"), ("x1", "0%"), ("x2", "100%"), ("y1", Y((Least + Most) / 2)), ("y2", Y((Least + Most) / 2)));
        if (Value is { } value)
        {
            // Half way to its neighbour, a straight line is half way between the two levels.
            if (Before is { } before) markup.Leaf("line", ("class", "line"), ("x1", "0%"), ("y1", Y((before + value) / 2)), ("x2", "50%"), ("y2", Y(value)));
            if (After is { } after) markup.Leaf("line", ("class", "line"), ("x1", "50%"), ("y1", Y(value)), ("x2", "100%"), ("y2", Y((value + after) / 2)));
            markup.Open("g", ("class", "mark mark-" + Tone)).Leaf("circle", ("cx", "50%"), ("cy", Y(value)), ("r", 5)).Close();
        }
        return markup.Close().Done();
    }

    double Y(double level) => Margin + (Height - 2 * Margin) * (Most - level) / (Most - Least);
}
