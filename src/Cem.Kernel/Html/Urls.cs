using System.Text;

namespace Cem.Kernel.Html;

/// <summary>Addresses inside the server: a path and a query.</summary>
public static class Urls
{
    /// <summary>Path and encoded query; parameters without a value are left out.</summary>
    public static string Build(string path, IEnumerable<KeyValuePair<string, string>> query)
    {
        var url = new StringBuilder(path);
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in query)
        {
            if (string.IsNullOrEmpty(value)) continue;
            url.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return url.ToString();
    }

    /// <summary>The query with some parameters set anew, all values of a name replaced; an empty value takes it out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> With(
        this IEnumerable<KeyValuePair<string, string>> query, params IReadOnlyList<KeyValuePair<string, string>> changes) =>
        query.Where(q => changes.All(c => c.Key != q.Key)).Concat(changes);

    /// <summary>Whether an address stays on this server, so that a form may send people back to it.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
