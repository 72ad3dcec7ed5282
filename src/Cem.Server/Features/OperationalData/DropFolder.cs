using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// <c>drop/{source}/</c> in the data folder, for systems that can only write files. A file stays where it is until it has been
/// taken; then it moves to <c>done</c> or <c>failed</c> beside it, with a report where there is something to say.
/// </summary>
static class DropFolder
{
    public static string Root(Settings settings) => Path.Combine(settings.DataFolder, "drop");

    public static string Of(Settings settings, string source) => Path.Combine(Root(settings), source);

    public static string PathOf(Settings settings, string source, string name) => Path.Combine(Of(settings, source), name);

    /// <summary>Puts the file of an import that has ended away.</summary>
    public static async Task Finish(Db db, Settings settings, ImportRow import, CancellationToken ct)
    {
        var path = PathOf(settings, import.Source, import.FileName!);
        if (!File.Exists(path))
            return;
        if (import.State != ImportState.Done)
        {
            await Fail(path, import.Id.ToString(), import.Reason is { } reason ? Json.Read<Say>(reason) : ("The import was stopped.", "导入已停止。"), ct);
            return;
        }
        var done = Beside(path, "done", import.Id.ToString());
        if (import.RowsRejected > 0)
            await using (var report = File.Create(done + ".rejected.csv"))
                await RejectedFile.Write(db, import, settings.Language, report);
        File.Move(path, done, overwrite: true);
    }

    /// <summary>Puts a file away that could not be taken, with the reason in both languages.</summary>
    /// <param name="mark">Keeps files of the same name apart.</param>
    public static async Task Fail(string path, string mark, Say reason, CancellationToken ct)
    {
        var failed = Beside(path, "failed", mark);
        await File.WriteAllTextAsync(failed + ".report.txt", $"{reason.En}\n{reason.Zh}\n", ct);
        File.Move(path, failed, overwrite: true);
    }

    static string Beside(string path, string folder, string mark) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, folder)).FullName, $"{mark}-{Path.GetFileName(path)}");
}
