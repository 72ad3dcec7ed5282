#pragma warning disable RS0030 // connections live in this folder
using System.Collections.Concurrent;
using System.Reflection;
using Cem.Kernel.Messaging;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Data;

/// <summary>
/// The database file: one writing connection, a pool of read-only ones, and a lock that keeps every other process from
/// writing to it.
/// </summary>
public sealed class Store : IDisposable
{
    static Store()
    {
        // Each connection is used by one thread at a time, and nobody asks how much memory SQLite has taken: the locks and
        // counters for both cost several percent of a write. Possible before the first connection only.
        SQLitePCL.Batteries_V2.Init();
        SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_config(OneThreadAConnection), null);
        SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_config(MemoryStatistics, 0), null);
        DapperTypes.Register();
    }

    const int OneThreadAConnection = 2;
    const int MemoryStatistics = 9;

    readonly ConcurrentBag<SqliteConnection> idle = [];
    readonly FileStream guard;
    readonly string readOnly;
    readonly Writer writer;

    /// <exception cref="StoreInUseException">Another process has the file open for writing.</exception>
    /// <exception cref="InvalidDataException">The schema cannot be brought forward; see <see cref="Migrator"/>.</exception>
    public Store(string file, TimeProvider clock, Facts facts, params IEnumerable<Assembly> schemas)
    {
        File = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        guard = Lock(File + ".lock");
        Migrator.Migrate(File, schemas);
        readOnly = new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        writer = new Writer(OpenForWriting(File), clock, new Ids(clock), facts);
    }

    public string File { get; }

    public Ids Ids => writer.Ids;

    /// <summary>How many pieces of work one commit takes at most; 1 commits each by itself.</summary>
    public int LargestGroup
    {
        get => writer.LargestGroup;
        set => writer.LargestGroup = value;
    }

    /// <summary>Runs the work on the writing connection and completes after the commit: what is acknowledged is on disk.</summary>
    public Task<T> Write<T>(Func<Tx, T> work, CancellationToken ct = default) => writer.Enqueue(work, ct);

    public Task Write(Action<Tx> work, CancellationToken ct = default) => Write(tx =>
    {
        work(tx);
        return true;
    }, ct);

    /// <summary>Reads from one snapshot; never waits for the writer.</summary>
    public T Read<T>(Func<Reader, T> work)
    {
        if (!idle.TryTake(out var connection))
            connection = Open(readOnly, "PRAGMA query_only=1; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;");
        try
        {
            var reader = new Reader(connection);
            // Through ADO.NET these two would take longer than most queries.
            reader.Prepare("BEGIN").Run();
            var result = work(reader);
            reader.Prepare("COMMIT").Run();
            idle.Add(connection);
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A consistent copy of the whole database in a new file; the server goes on meanwhile.</summary>
    public void CopyTo(string file)
    {
        using var connection = Open(readOnly, "");
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @File";
        command.Parameters.AddWithValue("@File", file);
        command.ExecuteNonQuery();
    }

    /// <summary>What SQLite finds wrong with the file; empty when it is sound.</summary>
    public IReadOnlyList<string> FindFaults() => Read(reader =>
        (IReadOnlyList<string>)[.. reader.Query<string>("PRAGMA integrity_check").Where(line => line != "ok")]);

    /// <summary>
    /// Puts a copy in the place of the database file; what was there is kept beside it. No server may run meanwhile.
    /// </summary>
    /// <returns>Where the replaced file is kept, or null when there was none.</returns>
    /// <exception cref="StoreInUseException">A server runs on the file.</exception>
    /// <exception cref="InvalidDataException">The copy is not a sound database of this program.</exception>
    public static string? Replace(string file, string copy)
    {
        CheckCopy(copy);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var held = Lock(file + ".lock");
        System.IO.File.Copy(copy, file + ".restoring", overwrite: true);
        string? kept = null;
        if (System.IO.File.Exists(file))
        {
            using (var connection = OpenForWriting(file))
                Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            kept = Enumerable.Range(1, int.MaxValue).Select(number => $"{file}.before-restore-{number}").First(name => !System.IO.File.Exists(name));
            System.IO.File.Move(file, kept);
        }
        System.IO.File.Delete(file + "-wal");
        System.IO.File.Delete(file + "-shm");
        System.IO.File.Move(file + ".restoring", file);
        return kept;
    }

    static void CheckCopy(string copy)
    {
        if (!System.IO.File.Exists(copy))
            throw new InvalidDataException($"There is no file {copy}.");
        try
        {
            using var connection = Open(new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString(), "");
            var reader = new Reader(connection);
            if (reader.Single<int>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'kernel_schema_journal'") == 0)
                throw new InvalidDataException($"{copy} is not a database of this program.");
            if (reader.Query<string>("PRAGMA integrity_check") is not ["ok"])
                throw new InvalidDataException($"{copy} is damaged.");
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"{copy} cannot be read as a database: {fault.Message}", fault);
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        foreach (var connection in idle)
            connection.Dispose();
        guard.Dispose();
    }

    internal static SqliteConnection OpenForWriting(string file) => Open(
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString(),
        // WAL: readers and the writer do not wait for each other. FULL: a commit is on disk when it returns, also when
        // the power fails. A checkpoint every 32 MB writes a page that many commits change once; a commit that moves pages
        // looks through the whole cache, so that a small one is the faster one.
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;");

    internal static SqliteConnection Open(string connectionString, string pragmas)
    {
        var connection = new PreparedConnection(connectionString);
        connection.Open();
        if (pragmas.Length > 0)
            Run(connection, pragmas);
        return connection;
    }

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    static FileStream Lock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StoreInUseException(file);
        }
    }
}

/// <summary>Another process works on the data folder.</summary>
public sealed class StoreInUseException(string file)
    : IOException($"Another process works on this data folder (it holds {file}). Stop it first.");
