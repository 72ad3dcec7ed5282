using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData.RunImports;

/// <summary>
/// Takes the files that were uploaded, one after the other, whether or not somebody watches, and looks after what a crash left
/// behind: a file that lies here is taken again from its beginning, one that was streamed in has failed, and what either had
/// brought is taken back.
/// </summary>
sealed class Run(Db db, LiveImports live, CompanyTime time, Settings settings) : IJob
{
    static readonly Say CutOff = ("The server stopped while the file came in; nothing of it was taken. Send it again.", "文件传输期间服务器停止，未导入任何内容，请重新发送。");
    static readonly Say Gone = ("The uploaded file is gone. Upload it again.", "上传的文件已不存在，请重新上传。");

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    async Task<bool> IJob.Run(CancellationToken ct) => await CleanUp(ct) || await TakeNext(ct);

    async Task<bool> CleanUp(CancellationToken ct)
    {
        if (db.Query<Running>(Sql.Running).FirstOrDefault(import => !live.Has(import.Id)) is { } dead)
        {
            if (dead.Origin == "api")
                await db.Write(tx => ImportLog.Stop(tx, dead.Id, ImportState.Failed, CutOff), ct);
            else
            {
                await Settlement.Undo(db, dead.Id, ct);
                await db.Write(tx => tx.Execute(Sql.WaitAgain, new { dead.Id }), ct);
            }
            return true;
        }
        if (Settlement.Next(db) is not { } ended || live.Has(ended))
            return false;
        await Settlement.Run(db, ended, ct);
        return true;
    }

    async Task<bool> TakeNext(CancellationToken ct)
    {
        if (db.Find<Waiting>(Sql.Next) is not { } next)
            return false;
        var path = next.Origin == "folder" ? DropFolder.PathOf(settings, next.Source, next.FileName) : UploadedFile.Path(settings, next.Id);
        using var entered = live.Enter(next.Id, path);
        if (!await db.Write(tx => ImportLog.Begin(tx, next.Id, next.SourceId), ct))
            return false;
        await Take(next, path, ct);
        if (next.Origin == "folder")
            await DropFolder.Finish(db, settings, ImportLog.Get(db, Caller.System, null, next.Id), CancellationToken.None);
        else
            File.Delete(path);
        return true;
    }

    async Task Take(Waiting import, string path, CancellationToken ct)
    {
        if (!File.Exists(path) || FileName.Read(import.FileName) is not { } kind)
        {
            await db.Write(tx => ImportLog.Stop(tx, import.Id, ImportState.Failed, Gone), ct);
            await Settlement.Run(db, import.Id, ct);
            return;
        }
        await using var file = File.OpenRead(path);
        await new RowImport(db, SourceStore.Get(db, import.Source), import.Id, import.OrgUnitId, time).Run(file, kind.Format, kind.Packed, mayGoOn: true, ct);
    }

    sealed record Running(long Id, string Origin);

    sealed record Waiting(long Id, long SourceId, string Source, string Origin, string FileName, long OrgUnitId);
}

file static class Sql
{
    public const string Running = "SELECT id, origin FROM operational_data_imports WHERE state = 'running' AND settled = 0 ORDER BY id";

    public const string WaitAgain = "UPDATE operational_data_imports SET state = 'waiting', open = 0 WHERE id = @Id AND state = 'running'";

    public const string Next = """
        SELECT i.id, i.source_id, s.code AS source, i.origin, i.file_name, i.org_unit_id
        FROM operational_data_imports i
        JOIN operational_data_sources s ON s.id = i.source_id
        WHERE i.state = 'waiting' AND i.settled = 0
          AND NOT EXISTS (SELECT 1 FROM operational_data_imports o WHERE o.source_id = i.source_id AND o.open = 1)
        ORDER BY i.id LIMIT 1
        """;
}
