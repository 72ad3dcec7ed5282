using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Cem.Kernel.Web;

/// <summary>
/// Where a list goes on: the sort key of the last item given, opaque outside. Lists page by key, never by offset, so
/// that they stay stable while rows arrive.
/// </summary>
public static class Cursor
{
    public const int DefaultLimit = 50;
    public const int LargestLimit = 200;

    public static string Of<TKey>(TKey key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <returns>The key, or default where there is no cursor.</returns>
    /// <exception cref="Problem">400: it is not one of ours.</exception>
    public static TKey? Read<TKey>(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return default;
        try
        {
            return JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception fault) when (fault is JsonException or FormatException or DecoderFallbackException)
        {
            throw Problem.Malformed("cursor", "cursor", ("This cursor is not one of ours; start again without it.", "游标无效，请去掉后重新开始。"));
        }
    }

    /// <summary>The limit asked for, between 1 and 200; 50 where nothing is said.</summary>
    public static int Limit(int? asked) => asked switch
    {
        null => DefaultLimit,
        >= 1 and <= LargestLimit => asked.Value,
        _ => throw Problem.Malformed("limit", "limit", ($"limit is between 1 and {LargestLimit}.", $"limit 须在 1 到 {LargestLimit} 之间。")),
    };

    /// <summary>
    /// Cuts one item too many, read to learn whether there are more, off a page.
    /// </summary>
    /// <param name="rows">At most <paramref name="limit"/> + 1 rows.</param>
    public static Listing<T> Page<T, TKey>(IReadOnlyList<T> rows, int limit, Func<T, TKey> key) => rows.Count > limit
        ? new Listing<T>([.. rows.Take(limit)], Of(key(rows[limit - 1])))
        : new Listing<T>(rows, null);
}

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, string? Next)
{
    public Listing<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Next);
}
