namespace Cem.Kernel.Html;

/// <summary>How a statistic is written.</summary>
public enum Unit
{
    /// <summary>As it is: points, means, indices.</summary>
    Plain,

    /// <summary>A share 0-1, shown as a percentage.</summary>
    Share
}

/// <summary>A statistic as people may see it: with its interval and n, and marked when there is too little behind it.</summary>
/// <param name="Value">Point estimate; null for none.</param>
/// <param name="Low">Lower end of the interval; null for none.</param>
/// <param name="High">Upper end of the interval; null for none.</param>
/// <param name="N">Number of answers behind it.</param>
public sealed record Estimate(double? Value, double? Low, double? High, long N)
{
    /// <summary>Below the minimum base: greyed, and called too few.</summary>
    public bool TooFew { get; init; }

    /// <summary>What it is made of; null for no link.</summary>
    public string? Href { get; init; }

    public Unit Unit { get; init; }

    /// <summary>Decimals shown.</summary>
    public int Decimals { get; init; } = 1;

    /// <summary>Whether it is a percentage, for templates.</summary>
    public bool IsShare => Unit == Unit.Share;

    public bool HasValue => Value is not null;

    public bool HasInterval => Low is not null && High is not null;
}

/// <summary>A change of a statistic as people may hear of it: only what is significant goes up or down.</summary>
/// <param name="Difference">Now minus then; null where one of them is missing.</param>
/// <param name="Significant">Whether it is told apart from chance; null where there are too few answers to say.</param>
/// <param name="Against">What it is compared with, in the reader's language: "previous 13 weeks".</param>
public sealed record Change(double? Difference, bool? Significant, string Against)
{
    public Unit Unit { get; init; }

    public int Decimals { get; init; } = 1;

    /// <summary>False where a rise is bad news, as with open work orders.</summary>
    public bool MoreIsBetter { get; init; } = true;

    public string? Href { get; init; }

    public bool IsShare => Unit == Unit.Share;

    public bool TooFew => Difference is null || Significant is null;

    public bool Up => Significant == true && Difference > 0;

    public bool Down => Significant == true && Difference < 0;

    /// <summary><c>good</c>, <c>bad</c> or, where nothing is certain, <c>none</c>.</summary>
    public string Tone => !Up && !Down ? "none" : Up == MoreIsBetter ? "good" : "bad";
}
