namespace Cem.Tests.Testing;

/// <summary>
/// The folder <c>shared</c> beside the repository, with figures from independent software. Where it is missing a test
/// is ignored with the reason, or fails when <c>CI=true</c>: there nothing may be left out.
/// </summary>
internal static class SharedFiles
{
    /// <summary>The folder, or null: <c>CEM_SHARED</c> if set, else <c>../shared</c> of the repository.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of a file of the folder.</summary>
    public static string PathTo(params string[] parts)
    {
        if (Folder is { } folder) return Path.Combine([folder, .. parts]);
        throw LeftOut.Because("The folder ../shared beside the repository is missing (or set CEM_SHARED to it).");
    }

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CEM_SHARED") is { Length: > 0 } set) return Directory.Exists(set) ? set : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "CemMonolith.sln"))) continue;
            var shared = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
            return Directory.Exists(shared) ? shared : null;
        }
        return null;
    }
}
