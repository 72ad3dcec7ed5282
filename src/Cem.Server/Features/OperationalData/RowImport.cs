using Cem.Contracts.OperationalData;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// Takes one file for a declared source: reads the next chunk of rows while the last one is being written, so that neither
/// waits, and keeps nobody else from writing. Nothing of it is visible until all of it is; what stops it takes it back.
/// </summary>
/// <param name="importId">An import that has begun.</param>
/// <param name="scope">The org unit in whose name the rows are put.</param>
sealed class RowImport(Db db, DeclaredSource source, long importId, long scope, CompanyTime time)
{
    /// <summary>The most bytes of a file, packed or not.</summary>
    public const long LargestFile = 2L * 1024 * 1024 * 1024;

    // Rows of one day lie in as many places of the indexes as there are accounts: pages that many rows touch are written once
    // a chunk. The writer is held for a sixth of a second.
    const int MostRows = 16_000;
    const int RowsLookedUp = 1_000;
    const int MostText = 4 * 1024 * 1024;

    readonly References references = new(db, scope);
    readonly RowWriter writer = new(source, importId, db, scope, time);
    long readTo;

    /// <param name="mayGoOn">Whether the file lies here and is taken again when the server stopped in the middle.</param>
    /// <returns>How it ended.</returns>
    public async Task<ImportOutcome> Run(Stream content, FileFormat format, bool gzip, bool mayGoOn, CancellationToken ct)
    {
        try
        {
            return await Close(new(await Take(content, format, gzip, ct) ? ImportState.Done : ImportState.Cancelled, null, null));
        }
        catch (Problem problem)
        {
            return await Close(new(ImportState.Failed, problem.Errors.Count > 0 ? Join(problem.Errors) : problem.Say, problem));
        }
        catch (InvalidDataException)
        {
            var reason = Unreadable();
            return await Close(new(ImportState.Failed, reason, Problem.Rule("", "unreadable-file", reason)));
        }
        catch (IOException broken)
        {
            return await Close(new(ImportState.Failed, ("The file broke off while it came in; nothing of it was taken. Send it again.", "文件传输中断，未导入任何内容，请重新发送。"), broken));
        }
        catch (OperationCanceledException) when (mayGoOn)
        {
            throw;
        }
        catch (OperationCanceledException gone)
        {
            return await Close(new(ImportState.Cancelled, null, gone));
        }
        catch
        {
            await Close(new(ImportState.Failed, ("Something went wrong on our side; nothing of the file was taken.", "服务器内部出错，未导入任何内容。"), null));
            throw;
        }
    }

    async Task<ImportOutcome> Close(ImportOutcome outcome)
    {
        var published = await db.Write(tx =>
        {
            if (outcome.State != ImportState.Done || !ImportLog.Publish(tx, importId))
            {
                ImportLog.Stop(tx, importId, outcome.State == ImportState.Done ? ImportState.Cancelled : outcome.State, outcome.Reason);
                return false;
            }
            tx.Tell(new OperationalDataImported(importId, source.Code));
            return true;
        }, CancellationToken.None);
        await Settlement.Run(db, importId, CancellationToken.None);
        return outcome.State == ImportState.Done && !published ? new(ImportState.Cancelled, null, null) : outcome;
    }

    /// <returns>False when the import was stopped from elsewhere.</returns>
    async Task<bool> Take(Stream content, FileFormat format, bool gzip, CancellationToken ct)
    {
        await using var unpacked = gzip ? new BoundedGzipStream(content, LargestFile) : null;
        await using var counted = gzip ? null : new CountedStream(content);
        using var file = await RowFile.Open((Stream?)unpacked ?? counted!, format, source.Definition, ct);
        await writer.Begin(file.Header, ct);
        var reader = new RowReader(source.Definition, source.Code, SourceStore.Slots(db, source.Id), time);
        var writing = Task.FromResult(true);
        try
        {
            // One is read while the other is written.
            var (chunk, other) = (new RowChunk(), new RowChunk());
            for (var more = true; more; (chunk, other) = (other, chunk))
            {
                more = await ReadChunk(file, reader, chunk, ct);
                var (ignored, position) = (file.Ignored, unpacked?.PackedBytes ?? counted!.BytesRead);
                if (!await writing)
                    return false;
                writing = writer.Write(chunk, ignored, position, ct);
            }
            return await writing;
        }
        finally
        {
            // What was queued must have ended before the import is closed.
            await writing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <returns>Whether there may be more.</returns>
    async Task<bool> ReadChunk(RowFile file, RowReader reader, RowChunk chunk, CancellationToken ct)
    {
        chunk.Clear();
        while (chunk.Count < MostRows && chunk.Texts.WrittenCount < MostText)
        {
            // What some rows name is known to those that come after them, which need not be kept as they stand.
            var from = chunk.Count;
            var more = await ReadSome(file, reader, chunk, from + RowsLookedUp, ct);
            references.Resolve(chunk.Skip(from));
            if (!more)
                return false;
        }
        return true;
    }

    async Task<bool> ReadSome(RowFile file, RowReader reader, RowChunk chunk, int to, CancellationToken ct)
    {
        while (chunk.Count < to && chunk.Texts.WrittenCount < MostText)
        {
            if (!await file.Next(ct))
                return false;
            var row = reader.Read(file, chunk);
            readTo = row.Line;
            // Another's row may be found under its key only when it is written.
            if (row.Errors.Count == 0 && (scope != 0 || !references.Knows(row)))
                reader.Keep(file, row);
        }
        return true;
    }

    Say Unreadable() => (
        $"The file cannot be read after line {readTo}: a line is too long, holds too many columns, or the packed file is damaged, joined of several, or unpacks to too much. Is a quotation mark missing? Nothing of it was taken.",
        $"文件在第 {readTo} 行之后无法读取：行过长、列过多，或压缩文件已损坏、由多个文件拼接而成、解压后过大。是否缺少引号？未导入任何内容。");

    static Say Join(IReadOnlyList<FieldError> errors) => (
        string.Join(" ", errors.Select(error => error.Message.En)), string.Join("", errors.Select(error => error.Message.Zh)));
}

/// <summary>How an import ended.</summary>
/// <param name="Fault">What a caller that waits for it is told.</param>
sealed record ImportOutcome(ImportState State, Say? Reason, Exception? Fault);
