namespace Cem.Kernel.Html.Charts;

/// <summary>A picture of numbers, drawn on the server as SVG that reads well in light and dark, on paper and aloud.</summary>
public interface IChart
{
    /// <summary>The <c>svg</c> element, its numbers written for the reader of the page.</summary>
    SafeHtml Draw(RenderContext page);
}
