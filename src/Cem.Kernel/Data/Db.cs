using System.Diagnostics.CodeAnalysis;

namespace Cem.Kernel.Data;

/// <summary>
/// The database as a slice sees it. Writing takes the retry key of the request along, so that a repeated call finds
/// the stored answer in the same transaction that would have repeated the effect.
/// </summary>
public sealed class Db(Store store, Web.RetryKey retry)
{
    /// <inheritdoc cref="Store.Write{T}"/>
    public Task<T> Write<T>(Func<Tx, T> work, CancellationToken ct = default) =>
        store.Write(retry.Covers<T>() ? tx => retry.Once(tx, work) : work, ct);

    public Task Write(Action<Tx> work, CancellationToken ct = default) => store.Write(work, ct);

    /// <summary>Several queries over one snapshot.</summary>
    public T Read<T>(Func<Reader, T> work) => store.Read(work);

    public IReadOnlyList<T> Query<T>([ConstantExpected] string sql, object? args = null) =>
        store.Read(reader => reader.Query<T>(sql, args));

    /// <summary>The one row, or default when there is none.</summary>
    public T? Find<T>([ConstantExpected] string sql, object? args = null) =>
        store.Read(reader => reader.Find<T>(sql, args));

    /// <summary>The one row, which must be there (counts, sums).</summary>
    public T Single<T>([ConstantExpected] string sql, object? args = null) =>
        store.Read(reader => reader.Single<T>(sql, args));
}
