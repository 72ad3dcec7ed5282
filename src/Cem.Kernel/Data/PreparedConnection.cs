#pragma warning disable RS0030, CA2100 // connections live in this folder; every SQL is a constant
using System.Data;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Data;

/// <summary>
/// A connection that keeps what it has prepared. Dapper makes a command a call, and SQLite would read the SQL anew each
/// time, which takes longer than most of our queries run. Used by one thread at a time.
/// </summary>
sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);

    // By reference: every SQL is a literal, and reading through it would take as long as running it.
    readonly Dictionary<string, Statement> statements = new(ReferenceEqualityComparer.Instance);

    public override SqliteCommand CreateCommand() => new Lent(this) { Transaction = Transaction };

    /// <summary>The statement of that text, for work without ADO.NET.</summary>
    public Statement Prepared(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements[sql] = statement = new Statement(this, sql);
        return statement;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in statements.Values)
                statement.Dispose();
            foreach (var command in kept.Values)
                command.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>The prepared command of that text, or null while it is being read from.</summary>
    Kept? Find(string sql)
    {
        if (!kept.TryGetValue(sql, out var command))
            kept[sql] = command = new Kept(sql, this);
        return command.IsBusy ? null : command;
    }

    /// <summary>Stays with the connection.</summary>
    sealed class Kept(string sql, SqliteConnection connection) : SqliteCommand(sql, connection)
    {
        public bool IsBusy => DataReader is not null;

        public Kept As(SqliteCommand lent)
        {
            Transaction = lent.Transaction;
            Parameters.Clear();
            foreach (SqliteParameter parameter in lent.Parameters)
                Parameters.Add(parameter);
            return this;
        }
    }

    /// <summary>What a caller fills in, runs once and throws away.</summary>
    sealed class Lent(PreparedConnection owner) : SqliteCommand(null, owner)
    {
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) =>
            owner.Find(CommandText) is { } command ? command.As(this).ExecuteReader(behavior) : base.ExecuteReader(behavior);

        public override int ExecuteNonQuery() =>
            owner.Find(CommandText) is { } command ? command.As(this).ExecuteNonQuery() : base.ExecuteNonQuery();

        public override object? ExecuteScalar() =>
            owner.Find(CommandText) is { } command ? command.As(this).ExecuteScalar() : base.ExecuteScalar();
    }
}
