using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>One part of a whole.</summary>
/// <param name="Label">Name of the part.</param>
/// <param name="Count">How many are in it.</param>
/// <param name="Tone"><c>good</c>, <c>mid</c> or <c>bad</c> on the scale of scores.</param>
public sealed record DistributionPart(string Label, long Count, string Tone)
{
    public string? Href { get; init; }
}

/// <summary>How answers divide, as one stacked bar with its legend: promoters, passives, detractors.</summary>
/// <param name="Title">What is shown, for those who cannot see it.</param>
/// <param name="Parts">In the order of the bar, worst or best first.</param>
public sealed record DistributionBar(string Title, IReadOnlyList<DistributionPart> Parts) : IChart
{
    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var words = new Words(page, texts);
        var total = Parts.Sum(part => part.Count);
        var markup = new Markup().Open("div", ("class", "chart-distribution"));
        markup.Open("svg", ("class", "chart"), ("width", "100%"), ("height", 24), ("role", "group")).Element("title", Title);
        if (total == 0) markup.Leaf("rect", ("class", "part part-none"), ("width", "100%"), ("height", 24));
        var start = 0.0;
        foreach (var part in Parts.Where(part => part.Count > 0))
        {
            var share = part.Count / (double)total;
            markup.OpenLink(part.Href)
                .Element("title", $"{part.Label}: {words.Formats.Percent(share)}, {words.Get("n", ("count", part.Count))}")
                .Leaf("rect", ("class", "part part-" + part.Tone), ("x", Markup.Percent(start)), ("width", Markup.Percent(share)), ("height", 24));
            if (share >= 0.12)
                markup.Element("text", words.Formats.Percent(share), ("class", "part-text part-text-" + part.Tone), ("x", Markup.Percent(start + share / 2)), ("y", 16), ("text-anchor", "middle"));
            markup.Close();
            start += share;
        }
        markup.Close().Open("ul", ("class", "legend"));
        foreach (var part in Parts)
        {
            markup.Open("li").Open("svg", ("class", "swatch"), ("width", 10), ("height", 10), ("aria-hidden", "true"))
                .Leaf("rect", ("class", "part part-" + part.Tone), ("width", 10), ("height", 10), ("rx", 2)).Close()
                .Linked(part.Label, part.Href)
                .Element("span", total == 0 ? Formats.Nothing : $"{words.Formats.Percent(part.Count / (double)total)} ({words.Formats.Number(part.Count)})", ("class", "muted"))
                .Close();
        }
        return markup.Close().Close().Done();
    }
}
