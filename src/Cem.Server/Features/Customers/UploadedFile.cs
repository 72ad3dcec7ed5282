using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers;

/// <summary>Where an uploaded file lies until it has been taken.</summary>
static class UploadedFile
{
    public static string Path(Settings settings, long importId)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(settings.DataFolder, "imports"));
        return System.IO.Path.Combine(folder.FullName, $"{new Id(importId)}.csv");
    }
}
