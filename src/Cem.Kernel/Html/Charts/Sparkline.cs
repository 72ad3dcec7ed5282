using System.Globalization;
using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>A line the size of a word: the course of a figure, nothing else.</summary>
/// <param name="Title">What is shown, for those who cannot see it.</param>
/// <param name="Values">In order; null leaves a gap.</param>
public sealed record Sparkline(string Title, IReadOnlyList<double?> Values) : IChart
{
    const double Width = 96, Height = 24;

    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var known = Values.OfType<double>().ToList();
        var (low, high) = known.Count == 0 ? (0, 1) : (known.Min(), known.Max());
        var span = Math.Max(high - low, 1e-9);
        var markup = new Markup().Open("svg", ("class", "chart chart-spark"), ("width", Width), ("height", Height), ("viewBox", "0 0 96 24"), ("role", "img"))
            .Element("title", Title);
        var path = "";
        var gap = true;
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i] is { } value)
                path += string.Create(CultureInfo.InvariantCulture, $"{(gap ? 'M' : 'L')}{X(i):0.#} {Y(value):0.#}");
            gap = Values[i] is null;
        }
        if (path.Length > 0) markup.Leaf("path", ("class", "line"), ("d", path));
        if (Values.Count > 0 && Values[^1] is { } last) markup.Leaf("circle", ("cx", X(Values.Count - 1)), ("cy", Y(last)), ("r", 2.5));
        return markup.Close().Done();

        double X(int i) => 4 + (Width - 8) * (Values.Count < 2 ? 1 : i / (double)(Values.Count - 1));
        double Y(double value) => high - low < 1e-9 ? Height / 2 : Height - 4 - (Height - 8) * (value - low) / span;
    }
}
