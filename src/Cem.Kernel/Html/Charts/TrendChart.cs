using System.Globalization;
using System.Text;
using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>One period of a trend.</summary>
/// <param name="Label">Short, for the axis: "W09", "Mar".</param>
/// <param name="Name">In full: "23 Feb – 1 Mar 2026".</param>
/// <param name="Estimate">The figure of the period; without a value the line has a gap.</param>
public sealed record TrendPoint(string Label, string Name, Estimate Estimate)
{
    /// <summary><c>good</c> or <c>bad</c> where the period differs significantly, else <c>none</c>.</summary>
    public string Tone { get; init; } = "none";
}

/// <summary>A figure over time with its interval as a band and the number of answers as bars below.</summary>
/// <param name="Title">What is shown, for those who cannot see it.</param>
/// <param name="Points">Periods in order.</param>
public sealed record TrendChart(string Title, IReadOnlyList<TrendPoint> Points) : IChart
{
    const double Top = 12, Bottom = 176, Base = 214, Height = 236, Inset = 0.06;

    /// <summary>The least value the figure can have, such as −100.</summary>
    public double? Least { get; init; }

    /// <summary>The greatest value the figure can have.</summary>
    public double? Most { get; init; }

    /// <summary>A target, drawn as a line.</summary>
    public double? Target { get; init; }

    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var words = new Words(page, texts);
        var unit = Points.Count > 0 ? Points[0].Estimate.Unit : Unit.Plain;
        var scale = Scale.Around(Points.SelectMany(p => new[] { p.Estimate.Value, p.Estimate.Low, p.Estimate.High }).Append(Target), Least, Most);
        var markup = new Markup();
        markup.Open("svg", ("class", "chart chart-trend"), ("width", "100%"), ("height", Height), ("role", "group"))
            .Element("title", Title).Element("desc", Describe(words));
        foreach (var tick in scale.Ticks)
        {
            var y = Y(scale, tick);
            markup.Leaf("line", ("class", tick == 0 && scale.Low < 0 ? "axis" : "grid"), ("x1", "0"), ("x2", "100%"), ("y1", y), ("y2", y))
                .Element("text", words.Value(tick, unit, unit == Unit.Share ? 0 : scale.Decimals), ("class", "tick"), ("x", "0"), ("y", y - 3));
        }
        if (Target is { } target)
            markup.Leaf("line", ("class", "target"), ("x1", "0"), ("x2", "100%"), ("y1", Y(scale, target)), ("y2", Y(scale, target)));
        DrawLines(markup, scale);
        DrawPeriods(markup, scale, words);
        return markup.Close().Done();
    }

    // Lines and band are stretched with the width; strokes keep theirs (vector-effect in app.css).
    void DrawLines(Markup markup, Scale scale)
    {
        markup.Open("svg", ("class", "plot"), ("width", "100%"), ("height", Height), ("viewBox", $"0 0 1000 {Height.ToString(CultureInfo.InvariantCulture)}"), ("preserveAspectRatio", "none"), ("aria-hidden", "true"));
        foreach (var run in Runs())
        {
            if (run.All(i => Points[i].Estimate.HasInterval))
                markup.Leaf("path", ("class", "band"), ("d", Path(run.Select(i => (X(i), Y(scale, Points[i].Estimate.High!.Value)))
                    .Concat(run.Reverse().Select(i => (X(i), Y(scale, Points[i].Estimate.Low!.Value))))) + "Z"));
            markup.Leaf("path", ("class", "line"), ("d", Path(run.Select(i => (X(i), Y(scale, Points[i].Estimate.Value!.Value))))));
        }
        markup.Close();
    }

    void DrawPeriods(Markup markup, Scale scale, Words words)
    {
        var most = Math.Max(1, Points.Select(p => p.Estimate.N).DefaultIfEmpty().Max());
        var every = (Points.Count + 11) / 12;
        for (var i = 0; i < Points.Count; i++)
        {
            var (point, x) = (Points[i], Markup.Percent(X(i)));
            markup.OpenLink(point.Estimate.Href, "mark mark-" + (point.Estimate.TooFew ? "few" : point.Tone))
                .Element("title", $"{point.Name}: {words.Say(point.Estimate)}");
            var bar = point.Estimate.N * 22.0 / most;
            markup.Leaf("line", ("class", "hit"), ("x1", x), ("x2", x), ("y1", Top), ("y2", Base))
                .Leaf("line", ("class", "count-bar"), ("x1", x), ("x2", x), ("y1", Base), ("y2", Base - bar));
            if (point.Estimate.Value is { } value)
                markup.Leaf("circle", ("cx", x), ("cy", Y(scale, value)), ("r", 3.5));
            markup.Close();
            // Counted from the last period, which is the one people look for; every second label leaves a phone.
            var fromEnd = Points.Count - 1 - i;
            if (fromEnd % every == 0)
                markup.Element("text", point.Label, ("class", fromEnd / every % 2 == 0 ? "label" : "label minor"), ("x", fromEnd == 0 ? "100%" : x), ("y", Height - 6), ("text-anchor", fromEnd == 0 ? "end" : "middle"));
        }
    }

    /// <summary>Stretches of neighbouring periods that have a value.</summary>
    IEnumerable<int[]> Runs()
    {
        var run = new List<int>();
        for (var i = 0; i <= Points.Count; i++)
        {
            if (i < Points.Count && Points[i].Estimate.HasValue) run.Add(i);
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }
    }

    string Describe(Words words) =>
        string.Join("; ", Points.TakeLast(13).Select(p => $"{p.Name}: {words.Say(p.Estimate)}"));

    double X(int i) => Points.Count < 2 ? 0.5 : Inset + (1 - Inset - 0.02) * i / (Points.Count - 1);

    static double Y(Scale scale, double value) => Bottom - (Bottom - Top) * scale.At(value);

    static string Path(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x * 1000:0.#} {y:0.#}");
        return path.ToString();
    }
}
