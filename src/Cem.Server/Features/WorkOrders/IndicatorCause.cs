namespace Cem.Server.Features.WorkOrders;

/// <summary>An indicator below its threshold as the cause of a work order: <c>indicator:CODE</c> in place of a rule's code.</summary>
static class IndicatorCause
{
    const string Prefix = "indicator:";

    public static string Of(string indicator) => Prefix + indicator;

    /// <summary>The indicator's code; null for another cause.</summary>
    public static string? CodeOf(string cause) => cause.StartsWith(Prefix, StringComparison.Ordinal) ? cause[Prefix.Length..] : null;
}
