#pragma warning disable RS0030 // connections live in this folder
using System.Globalization;
using System.Text;
using Cem.Kernel.Time;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cem.Kernel.Data;

/// <summary>
/// A prepared statement, run without ADO.NET, which costs more than what SQLite does for a row. Its parameters are bound by
/// position, in the order in which their names first stand in the SQL; nulls, integers, booleans, doubles, strings, bytes,
/// ids, instants and days are taken.
/// </summary>
public sealed class Statement : IDisposable
{
    const int Persistent = 1;
    const int OnTheStack = 512;

    readonly sqlite3 database;
    readonly sqlite3_stmt statement;
    readonly string sql;
    readonly int parameters;
    readonly bool reads;

    internal Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        this.sql = sql;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, Persistent, out statement), database);
        parameters = raw.sqlite3_bind_parameter_count(statement);
        reads = raw.sqlite3_stmt_readonly(statement) != 0;
    }

    /// <summary>Begins to bind it one value at a time, for the few paths where boxing each of them would be felt.</summary>
    public Binding Bind() => new(this);

    /// <summary>Runs it; returns the number of rows changed.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return RunBound();
    }

    int RunBound()
    {
        try
        {
            while (Step())
            {
                // What a statement returns is of no interest here.
            }
            return reads ? 0 : raw.sqlite3_changes(database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first column of the first row, or default when there is no row or it is null.</summary>
    public T? Value<T>(params ReadOnlySpan<object?> values) => Find(static row => row.Value<T>(), values);

    /// <summary>The first row, read by position, or default when there is none.</summary>
    /// <param name="read">Reads it; the row is valid inside only.</param>
    public T? Find<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return FindBound(read);
    }

    T? FindBound<T>(Func<Row, T> read)
    {
        try
        {
            return Step() ? read(new Row(statement)) : default;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>All rows, each read by position.</summary>
    /// <inheritdoc cref="Find{T}"/>
    public List<T> List<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            var rows = new List<T>();
            while (Step())
                rows.Add(read(new Row(statement)));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    /// <summary>Whether there is a row.</summary>
    bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, database);
        return code == raw.SQLITE_ROW;
    }

    void Bind(ReadOnlySpan<object?> values)
    {
        CheckCount(values.Length);
        for (var i = 0; i < values.Length; i++)
            SqliteException.ThrowExceptionForRC(Bind(i + 1, values[i]), database);
    }

    void CheckCount(int given)
    {
        if (given != parameters)
            throw new ArgumentException($"The statement has {parameters} parameters, {given} were given: {sql}");
    }

    int Bind(int position, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, position),
        string text => BindText(position, text),
        long number => raw.sqlite3_bind_int64(statement, position, number),
        int number => raw.sqlite3_bind_int64(statement, position, number),
        bool flag => raw.sqlite3_bind_int64(statement, position, flag ? 1 : 0),
        DateTimeOffset instant => raw.sqlite3_bind_int64(statement, position, instant.ToUnixTimeMilliseconds()),
        DateOnly day => raw.sqlite3_bind_int64(statement, position, Day.Number(day)),
        Id id => raw.sqlite3_bind_int64(statement, position, id.Value),
        double number => raw.sqlite3_bind_double(statement, position, number),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, position, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, position, bytes),
        _ => throw new ArgumentException($"A {value.GetType()} cannot be bound: {sql}"),
    };

    int BindText(int position, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= OnTheStack ? stackalloc byte[OnTheStack] : new byte[most];
        return BindText(position, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    // Bytes that are none would be bound as null.
    int BindText(int position, ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? raw.sqlite3_bind_text(statement, position, "") : raw.sqlite3_bind_text(statement, position, utf8);

    /// <summary>Values bound one after the other, by the same rules; ends with running the statement.</summary>
    public ref struct Binding
    {
        readonly Statement statement;
        int bound;

        internal Binding(Statement statement) => this.statement = statement;

        public Binding Add(long? number) => Added(number is { } value
            ? raw.sqlite3_bind_int64(statement.statement, bound + 1, value)
            : raw.sqlite3_bind_null(statement.statement, bound + 1));

        public Binding Add(string? text) => Added(text is null ? raw.sqlite3_bind_null(statement.statement, bound + 1) : statement.BindText(bound + 1, text));

        public Binding AddText(ReadOnlySpan<byte> utf8) => Added(statement.BindText(bound + 1, utf8));

        /// <inheritdoc cref="Statement.Run(ReadOnlySpan{object?})"/>
        public readonly int Run()
        {
            statement.CheckCount(bound);
            return statement.RunBound();
        }

        /// <inheritdoc cref="Statement.Find{T}(Func{Row, T}, ReadOnlySpan{object?})"/>
        public readonly T? Find<T>(Func<Row, T> read)
        {
            statement.CheckCount(bound);
            return statement.FindBound(read);
        }

        Binding Added(int code)
        {
            SqliteException.ThrowExceptionForRC(code, statement.database);
            bound++;
            return this;
        }
    }

    /// <summary>A row of the answer; columns count from 0.</summary>
    public readonly struct Row
    {
        readonly sqlite3_stmt statement;

        internal Row(sqlite3_stmt statement) => this.statement = statement;

        public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

        public long Number(int column) => raw.sqlite3_column_int64(statement, column);

        public bool Flag(int column) => Number(column) != 0;

        public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

        public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

        public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

        internal T? Value<T>()
        {
            object? value = raw.sqlite3_column_type(statement, 0) switch
            {
                raw.SQLITE_INTEGER => Number(0),
                raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, 0),
                raw.SQLITE_TEXT => Text(0),
                raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, 0).ToArray(),
                _ => null,
            };
            return value is null ? default : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture);
        }
    }
}
