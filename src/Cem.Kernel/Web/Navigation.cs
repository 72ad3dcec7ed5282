using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;

namespace Cem.Kernel.Web;

/// <summary>A page's place in the workbench; a slice names it in <see cref="Routes.Navigation"/>.</summary>
/// <param name="Section">
/// The area whose entry in the main navigation it stands under; the entry's label is the text <c>section</c> of that area, the
/// page's own label the text <c>navigation</c> of its slice.
/// </param>
/// <param name="Order">Place among all pages; a section stands where its first page does.</param>
/// <param name="Roles">Who sees it.</param>
public sealed record NavigationItem(string Section, int Order, string Href, Roles Roles);

/// <summary>The workbench's navigation, put together from what the slices say of themselves.</summary>
sealed class Navigation(IEnumerable<Navigation.Placed> items, Texts texts)
{
    readonly Placed[] items = [.. items.OrderBy(placed => placed.Item.Order)];

    /// <summary>One entry a section, leading to its first page that the caller may see.</summary>
    public IReadOnlyList<NavigationEntry> Main(Caller caller, string path)
    {
        var here = Current(caller, path)?.Item.Section;
        return [.. For(caller).GroupBy(placed => placed.Item.Section).Select(section => new NavigationEntry(
            texts.For(caller.Language, section.Key)["section"], section.First().Item.Href, section.Key == here))];
    }

    /// <summary>The pages of the section the caller is in; empty where it has but one.</summary>
    public IReadOnlyList<NavigationEntry> Tabs(Caller caller, string path)
    {
        if (Current(caller, path) is not { } current)
            return [];
        var tabs = For(caller).Where(placed => placed.Item.Section == current.Item.Section).ToList();
        return tabs.Count < 2 ? [] : [.. tabs.Select(placed => new NavigationEntry(
            texts.For(caller.Language, placed.Scope)["navigation"], placed.Item.Href, placed == current))];
    }

    IEnumerable<Placed> For(Caller caller) => items.Where(placed => caller.Is(placed.Item.Roles));

    Placed? Current(Caller caller, string path) => For(caller)
        .Where(placed => path == placed.Item.Href || path.StartsWith(placed.Item.Href.TrimEnd('/') + "/", StringComparison.Ordinal) && placed.Item.Href != "/")
        .MaxBy(placed => placed.Item.Href.Length);

    /// <param name="Scope">The slice, whose texts hold the label.</param>
    public sealed record Placed(NavigationItem Item, string Scope);
}
