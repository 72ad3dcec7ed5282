namespace Cem.Kernel.Html;

/// <summary>A tree as a list: each item before what lies below it, set in by its depth.</summary>
public static class Outline
{
    /// <param name="roots">What stands at the top, in order.</param>
    /// <param name="below">What lies directly below an item, in order.</param>
    public static IEnumerable<(T Item, int Depth)> Of<T>(IEnumerable<T> roots, Func<T, IEnumerable<T>> below)
    {
        return At(roots, 0);

        IEnumerable<(T, int)> At(IEnumerable<T> items, int depth) => items.SelectMany(item => At(below(item), depth + 1).Prepend((item, depth)));
    }

    /// <summary>The white space before an item, of a width that a list of choices keeps.</summary>
    public static string Indent(int depth) => new('\u2003', depth);
}
