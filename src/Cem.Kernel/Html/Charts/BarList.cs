using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>One bar.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Its length; null for no bar.</param>
public sealed record Bar(string Label, double? Value)
{
    public string? Href { get; init; }

    /// <summary>Something beside the value, such as n.</summary>
    public string Note { get; init; } = "";
}

/// <summary>A few named amounts, longest or first on top.</summary>
/// <param name="Title">What is shown, for those who cannot see it.</param>
public sealed record BarList(string Title, IReadOnlyList<Bar> Bars) : IChart
{
    public Unit Unit { get; init; }

    public int Decimals { get; init; }

    /// <summary>Value of a full bar; the longest where null.</summary>
    public double? Full { get; init; }

    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var words = new Words(page, texts);
        var full = Math.Max(Full ?? Bars.Max(bar => bar.Value) ?? 1, 1e-12);
        var markup = new Markup().Open("table", ("class", "table chart-bars")).Element("caption", Title, ("class", "visually-hidden")).Open("tbody");
        foreach (var bar in Bars)
        {
            markup.Open("tr").Open("th", ("scope", "row"), ("class", "name")).Linked(bar.Label, bar.Href).Close()
                .Open("td", ("class", "axis-cell")).Open("svg", ("class", "chart"), ("width", "100%"), ("height", 20), ("aria-hidden", "true"))
                .Leaf("rect", ("class", "bar"), ("y", 5), ("height", 10), ("rx", 2), ("width", Markup.Percent(Math.Clamp((bar.Value ?? 0) / full, 0, 1))))
                .Close().Close()
                .Element("td", words.Value(bar.Value, Unit, Decimals), ("class", "num"));
            if (Bars.Any(b => b.Note.Length > 0)) markup.Element("td", bar.Note, ("class", "num muted"));
            markup.Close();
        }
        return markup.Close().Close().Done();
    }
}
