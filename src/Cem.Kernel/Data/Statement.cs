#pragma warning disable RS0030 // connections live in this folder
using System.Globalization;
using Cem.Kernel.Time;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Data;

/// <summary>
/// A prepared statement. Its parameters are bound by position, in the order in which their names first stand in the
/// SQL; nulls, integers, doubles, strings, ids, instants and days are taken.
/// </summary>
public sealed class Statement
{
    readonly SqliteCommand command;

    internal Statement(SqliteConnection connection, string sql)
    {
        command = PreparedConnection.Apart(connection, sql);
        foreach (var name in Parameters(sql))
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
    }

    /// <summary>Runs it; returns the number of rows changed.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, or default when there is no row or it is null.</summary>
    public T? Value<T>(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        var value = command.ExecuteScalar();
        return value is null or DBNull ? default : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>The first row, read by position, or default when there is none.</summary>
    /// <param name="read">Reads it; the row is valid inside only.</param>
    public T? Find<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(new Row(reader)) : default;
    }

    void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != command.Parameters.Count)
            throw new ArgumentException($"The statement has {command.Parameters.Count} parameters, {values.Length} were given: {command.CommandText}");
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
                DateOnly day => Day.Number(day),
                Id id => id.Value,
                var value => value,
            };
    }

    /// <summary>A row of the answer; columns count from 0.</summary>
    public readonly struct Row
    {
        readonly SqliteDataReader reader;

        internal Row(SqliteDataReader reader) => this.reader = reader;

        public long Number(int column) => reader.GetInt64(column);

        public long? NumberOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

        public string Text(int column) => reader.GetString(column);

        public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    static List<string> Parameters(string sql)
    {
        var names = new List<string>();
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] == '\'')
            {
                i = sql.IndexOf('\'', i + 1);
                continue;
            }
            if (sql[i] != '@')
                continue;
            var end = i + 1;
            while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
                end++;
            if (sql[i..end] is var name && !names.Contains(name))
                names.Add(name);
            i = end - 1;
        }
        return names;
    }
}
