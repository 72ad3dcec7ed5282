using System.Globalization;

namespace Cem.Kernel.Web;

/// <summary>Revisions as entity tags: what a client read goes back in <c>If-Match</c>, so that nobody overwrites what they have not seen.</summary>
public static class ETags
{
    /// <summary><c>"7"</c>, quotes included.</summary>
    public static string Of(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>Whether the header lets a change of this revision pass: it is missing, <c>*</c>, or holds the revision's tag.</summary>
    public static bool Match(string? ifMatch, long revision) => string.IsNullOrWhiteSpace(ifMatch)
        || ifMatch.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag == Of(revision));
}
