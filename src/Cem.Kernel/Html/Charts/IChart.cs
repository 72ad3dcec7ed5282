using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>
/// A picture of numbers, drawn on the server: fluid SVG with text of constant size, so that it reads the same on a phone,
/// a wide screen and paper, in light and dark. Colours come from classes of <c>app.css</c>; every mark says its numbers
/// aloud and leads to what it is made of.
/// </summary>
public interface IChart
{
    /// <summary>The chart as markup, its numbers written for the reader of the page.</summary>
    SafeHtml Draw(RenderContext page, Texts texts);
}
