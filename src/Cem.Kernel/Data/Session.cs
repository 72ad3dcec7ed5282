#pragma warning disable RS0030 // Dapper and connections live in this folder
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Data;

/// <summary>
/// Reading over one connection. Columns meet record members by name (snake_case to PascalCase); parameters are the
/// members of an anonymous object, <c>@Name</c>.
/// </summary>
public abstract class Session
{
    internal Session(SqliteConnection connection) => Connection = connection;

    internal SqliteConnection Connection { get; }

    /// <summary>A statement that stays prepared for the life of the connection: for inner loops and hot paths.</summary>
    public Statement Prepare([ConstantExpected] string sql) => ((PreparedConnection)Connection).Prepared(sql);

    public IReadOnlyList<T> Query<T>([ConstantExpected] string sql, object? args = null) =>
        Connection.Query<T>(sql, args).AsList();

    /// <summary>The one row, or default when there is none.</summary>
    public T? Find<T>([ConstantExpected] string sql, object? args = null) =>
        Connection.QuerySingleOrDefault<T>(sql, args);

    /// <summary>The one row, which must be there (counts, sums).</summary>
    public T Single<T>([ConstantExpected] string sql, object? args = null) => Connection.QuerySingle<T>(sql, args);

    /// <summary>Rows one by one, for what is too much to hold; valid inside the session only.</summary>
    public IEnumerable<T> Stream<T>([ConstantExpected] string sql, object? args = null) =>
        Connection.Query<T>(sql, args, buffered: false);
}

/// <summary>Several queries over one snapshot of the database.</summary>
public sealed class Reader : Session
{
    internal Reader(SqliteConnection connection) : base(connection)
    {
    }
}
