using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData.WatchFolder;

/// <summary>
/// Looks for files in the drop folder, one folder for each source, and lists them to be taken. A file counts as whole when
/// nobody has written to it for ten seconds; names that begin with a dot or end in .part or .tmp are left alone.
/// </summary>
sealed class Watch(Db db, LiveImports live, Settings settings) : IJob
{
    const int MostSources = 10_000;
    const int LongestName = 200;

    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    static readonly string[] Unfinished = [".part", ".tmp"];

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<bool> Run(CancellationToken ct)
    {
        var sources = SourceStore.After(db, "", MostSources);
        foreach (var source in sources.Where(source => !source.Retired))
            Directory.CreateDirectory(DropFolder.Of(settings, source.Code));
        if (!Directory.Exists(DropFolder.Root(settings)))
            return false;
        var found = false;
        foreach (var folder in Directory.EnumerateDirectories(DropFolder.Root(settings)))
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(IsWhole).OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal).ToList())
                found |= await Take(file, sources.FirstOrDefault(source => source.Code == Path.GetFileName(folder)), ct);
        return found;
    }

    async Task<bool> Take(FileInfo file, DeclaredSource? source, CancellationToken ct)
    {
        if (live.Holds(file.FullName))
            return false;
        Say? refusal = source is null ? ("No source is declared under the name of this folder.", "没有与此文件夹同名的数据源。")
            : source.Retired ? ("The source is retired and takes no more files.", "该数据源已停用，不再接收文件。")
            : FileName.Read(file.Name) is null ? ("A file is called .csv, .tsv, .txt, .ndjson or .jsonl, packed ones .gz after that.", "文件扩展名须为 .csv、.tsv、.txt、.ndjson 或 .jsonl，压缩文件再加 .gz。")
            : file.Name.Length > LongestName ? ("The name of the file is too long.", "文件名过长。")
            : file.Length > RowImport.LargestFile ? ("The file is larger than 2 GB.", "文件超过 2 GB。")
            : null;
        if (refusal is { } reason)
        {
            await DropFolder.Fail(file.FullName, new Id(await db.Write(tx => tx.NewId(), ct)).ToString(), reason, ct);
            return true;
        }
        return await db.Write(tx =>
        {
            if (tx.Single<bool>(Sql.IsListed, new { Source = source!.Id, file.Name }))
                return false;
            ImportLog.Add(tx, Caller.System, source.Id, ImportOrigin.Folder, ImportState.Waiting, file.Name, file.Length);
            return true;
        }, ct);
    }

    /// <summary>Real time: a file does not know by which clock the server goes.</summary>
    static bool IsWhole(FileInfo file) =>
        !file.Name.StartsWith('.') && !Unfinished.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && !file.Attributes.HasFlag(FileAttributes.ReparsePoint)
        && (TimeProvider.System.GetUtcNow() - file.LastWriteTimeUtc).Duration() >= Quiet;
}

file static class Sql
{
    public const string IsListed = """
        SELECT EXISTS (SELECT 1 FROM operational_data_imports
          WHERE source_id = @Source AND origin = 'folder' AND file_name = @Name AND state IN ('waiting', 'running') AND settled = 0)
        """;
}
