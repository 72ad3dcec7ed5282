using Cem.Kernel.Data;

namespace Cem.Kernel.Web;

/// <summary>Where an uploaded file lies until it has been taken, whichever area takes it.</summary>
public static class UploadedFile
{
    public static string Path(Settings settings, long importId) => In(settings, $"{new Id(importId)}.file");

    /// <summary>A fresh name for a file that is still on its way.</summary>
    public static string Arriving(Settings settings) => In(settings, $"{Guid.NewGuid():N}.part");

    /// <summary>Puts it where the import looks for it, inside the write that lists the import.</summary>
    /// <param name="lies">Where it lies, before and after: the write may run a second time, with another id.</param>
    public static void Move(ref string lies, Settings settings, long importId)
    {
        var path = Path(settings, importId);
        File.Move(lies, path);
        lies = path;
    }

    static string In(Settings settings, string name) =>
        System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(settings.DataFolder, "imports")).FullName, name);
}
