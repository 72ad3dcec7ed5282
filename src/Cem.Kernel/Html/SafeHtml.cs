namespace Cem.Kernel.Html;

/// <summary>
/// Markup that a template writes as it is. The only way round escaping, so that every place that makes some can be
/// found: charts, components and helpers of the kernel. Never made from what a person typed.
/// </summary>
public sealed class SafeHtml(string markup)
{
    public static SafeHtml Empty { get; } = new("");

    public override string ToString() => markup;
}
