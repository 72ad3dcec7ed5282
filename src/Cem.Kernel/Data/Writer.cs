#pragma warning disable RS0030 // connections live in this folder
using System.Collections.Concurrent;
using Cem.Kernel.Messaging;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cem.Kernel.Data;

/// <summary>
/// The only connection that writes and checkpoints. Work queues up while a commit is on its way to the disk, and what
/// has queued by then is run as one group and committed once, together with what follows from the facts it told: durable
/// and fast at the same time. A piece of work that fails leaves nothing and does not touch the others; the others may be run
/// a second time then, so that work changes nothing outside the database before its commit.
/// </summary>
sealed class Writer : IDisposable
{
    const int LongestQueue = 8192;

    const int InputOutput = 10;
    const int Corrupt = 11;
    const int Full = 13;

    readonly BlockingCollection<Work> queue = new(LongestQueue);
    readonly SqliteConnection connection;
    readonly TimeProvider clock;
    readonly Thread thread;
    readonly Tx tx;

    public Writer(SqliteConnection connection, TimeProvider clock, Ids ids, Facts facts)
    {
        this.connection = connection;
        this.clock = clock;
        Ids = ids;
        Facts = facts;
        tx = new Tx(connection, this);
        thread = new Thread(Run) { IsBackground = true, Name = "writer" };
        thread.Start();
    }

    public Ids Ids { get; }

    public Facts Facts { get; }

    /// <inheritdoc cref="Store.LargestGroup"/>
    public int LargestGroup { get; set; } = 512;

    /// <summary>Queues work; the task completes after the commit.</summary>
    /// <exception cref="Web.Problem">The queue is full: come back later (503).</exception>
    public Task<T> Enqueue<T>(Func<Tx, T> work, CancellationToken ct)
    {
        var item = new Work<T>(work, ct);
        return queue.TryAdd(item) ? item.Completion : throw Web.Problem.Busy();
    }

    /// <summary>Not the fault of the work that met it.</summary>
    public static bool IsTroubleOfTheDatabase(Exception fault) => fault is SqliteException { SqliteErrorCode: InputOutput or Corrupt or Full };

    void Run()
    {
        var group = new List<Work>(LargestGroup);
        while (!queue.IsCompleted)
        {
            group.Clear();
            try
            {
                group.Add(queue.Take());
            }
            catch (InvalidOperationException)
            {
                return;
            }
            Commit(group);
        }
    }

    void Commit(List<Work> group)
    {
        try
        {
            tx.Prepare("BEGIN IMMEDIATE").Run();
            Gather(group);
            if (!group.TrueForAll(LeavesNothingHalfDone))
                RunAnewUnderSavepoints(group);
            Facts.Conclude(tx);
            tx.Prepare("COMMIT").Run();
        }
#pragma warning disable CA1031 // whatever goes wrong outside a piece of work fails the group, and must not end the thread
        catch (Exception fault)
#pragma warning restore CA1031
        {
            RollBack();
            tx.Forget(default);
            foreach (var work in group)
                work.Fail(fault);
            return;
        }
        foreach (var action in tx.Conclude())
            action();
        foreach (var work in group)
            work.Complete();
    }

    /// <summary>
    /// Takes along what is queued now. What comes in from now on is the next group: were it taken along too, every caller
    /// would wait for the same commit, and nobody would prepare the next one meanwhile.
    /// </summary>
    void Gather(List<Work> group)
    {
        for (var more = Math.Min(LargestGroup - group.Count, queue.Count); more > 0 && queue.TryTake(out var next); more--)
            group.Add(next);
    }

    /// <summary>Runs the work; false where it failed and had changed something by then.</summary>
    bool LeavesNothingHalfDone(Work work)
    {
        var mark = tx.Marked;
        var changes = raw.sqlite3_total_changes(connection.Handle);
        tx.Now = clock.GetUtcNow();
        if (work.TryRun(tx))
            return true;
        tx.Forget(mark);
        return raw.sqlite3_total_changes(connection.Handle) == changes;
    }

    /// <summary>
    /// A savepoint keeps a copy of every page that is changed under it: they are spared as long as nothing has to be undone.
    /// </summary>
    void RunAnewUnderSavepoints(List<Work> group)
    {
        tx.Prepare("ROLLBACK").Run();
        tx.Forget(default);
        tx.Prepare("BEGIN IMMEDIATE").Run();
        foreach (var work in group)
        {
            var mark = tx.Marked;
            tx.Now = clock.GetUtcNow();
            tx.Prepare("SAVEPOINT work").Run();
            if (!work.TryRun(tx))
            {
                tx.Prepare("ROLLBACK TO work").Run();
                tx.Forget(mark);
            }
            tx.Prepare("RELEASE work").Run();
        }
    }

    void RollBack()
    {
        try
        {
            tx.Prepare("ROLLBACK").Run();
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back, as it does when the disk is full.
        }
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        connection.Dispose();
        queue.Dispose();
    }

    abstract class Work
    {
        public abstract bool TryRun(Tx tx);

        public abstract void Complete();

        public abstract void Fail(Exception fault);
    }

    sealed class Work<T>(Func<Tx, T> work, CancellationToken ct) : Work
    {
        readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? result;
        Exception? failure;

        public Task<T> Completion => done.Task;

        public override bool TryRun(Tx tx)
        {
            failure = null;
            try
            {
                ct.ThrowIfCancellationRequested();
                result = work(tx);
                return true;
            }
            catch (SqliteException fault) when (IsTroubleOfTheDatabase(fault))
            {
                // Not this work's fault: the whole group fails.
                throw;
            }
#pragma warning disable CA1031 // whatever the work throws belongs to its caller
            catch (Exception fault)
#pragma warning restore CA1031
            {
                failure = fault;
                return false;
            }
        }

        public override void Complete()
        {
            if (failure is null)
                done.TrySetResult(result!);
            else
                done.TrySetException(failure);
        }

        public override void Fail(Exception fault) => done.TrySetException(fault);
    }
}
