namespace Cem.Server.Features.Reports;

/// <summary>Chooses the comments that tell most.</summary>
static class Comments
{
    public const int Most = 5;
    const int MostGood = 2;

    /// <summary>A longer comment is cut here in a report; the answer itself keeps it whole.</summary>
    public const int Longest = 400;

    /// <summary>
    /// The worst scores first, the longest words within them, then the best; one of a response. Unhappy customers get the
    /// places that praise does not fill, and the other way round.
    /// </summary>
    public static IReadOnlyList<Comment> Telling(IEnumerable<Comment> comments)
    {
        var all = comments.GroupBy(comment => comment.ResponseId).Select(same => same.MaxBy(comment => comment.Text.Length)!).ToList();
        var worst = all.Where(comment => comment.Score is null or <= 8).OrderBy(comment => comment.Score ?? 7).ThenByDescending(comment => comment.Text.Length).ThenBy(comment => comment.ResponseId).ToList();
        var best = all.Where(comment => comment.Score >= 9).OrderByDescending(comment => comment.Score).ThenByDescending(comment => comment.Text.Length).ThenBy(comment => comment.ResponseId).ToList();
        var good = Math.Min(best.Count, Math.Max(MostGood, Most - worst.Count));
        return [.. worst.Take(Most - Math.Min(good, Most)).Concat(best.Take(good)).Select(comment => comment with { Text = Cut(comment.Text) })];
    }

    static string Cut(string text)
    {
        if (text.Length <= Longest)
            return text;
        // Half a surrogate pair is no text.
        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text[..end].TrimEnd() + "…";
    }
}
