using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Cem.Kernel.Html;

/// <summary>Static files with a hash of their content in the address, so that browsers may keep them for ever.</summary>
/// <param name="files">The web root.</param>
public sealed class Assets(IFileProvider files)
{
    readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary><c>app.css</c> as <c>/app.css?v=1f0c9a2b</c>. Read once: files change with the program only.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string Path(string name) => _paths.GetOrAdd(name, Hashed);

    string Hashed(string name)
    {
        var file = files.GetFileInfo(name);
        if (!file.Exists) throw new FileNotFoundException($"No static file \"{name}\" in the web root", name);
        using var content = file.CreateReadStream();
        return "/" + name + "?v=" + Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 5));
    }
}
