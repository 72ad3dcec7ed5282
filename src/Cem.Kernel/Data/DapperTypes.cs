#pragma warning disable RS0030 // the one place that may see Dapper
using System.Data;
using System.Globalization;
using Cem.Kernel.Time;
using Dapper;

namespace Cem.Kernel.Data;

/// <summary>
/// How .NET values meet SQLite's: instants are unix milliseconds, days yyyymmdd, ids 64-bit integers, lists of strings
/// JSON. The numeric handlers let positional records take what SQLite returns as Int64 or, for an empty expression, as
/// nothing at all.
/// </summary>
static class DapperTypes
{
    internal static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Add(value => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture)), value => value.ToUnixTimeMilliseconds());
        Add(value => Day.FromNumber(Convert.ToInt32(value, CultureInfo.InvariantCulture)), value => Day.Number(value));
        Add(value => new Id(Convert.ToInt64(value, CultureInfo.InvariantCulture)), value => value.Value);
        Add(value => System.Text.Json.JsonSerializer.Deserialize<string[]>((string)value) ?? [], value => System.Text.Json.JsonSerializer.Serialize(value, Json.Stored));
        Read(value => Convert.ToInt32(value, CultureInfo.InvariantCulture));
        Read(value => Convert.ToInt64(value, CultureInfo.InvariantCulture));
        Read(value => Convert.ToBoolean(value, CultureInfo.InvariantCulture));
        Read(value => Convert.ToDouble(value, CultureInfo.InvariantCulture));
        Read(value => Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }

    static void Add<T>(Func<object, T> parse, Func<T, object> write)
    {
        // Without this Dapper keeps its own mapping and writes dates as text.
        SqlMapper.RemoveTypeMap(typeof(T));
        if (typeof(T).IsValueType)
            SqlMapper.RemoveTypeMap(typeof(Nullable<>).MakeGenericType(typeof(T)));
        SqlMapper.AddTypeHandler(new Handler<T>(parse, write));
    }

    static void Read<T>(Func<object, T> parse) => SqlMapper.AddTypeHandler(new Handler<T>(parse, value => value!));

    sealed class Handler<T>(Func<object, T> parse, Func<T, object> write) : SqlMapper.TypeHandler<T>
    {
        public override T? Parse(object value) => parse(value);

        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : write(value);
    }
}
