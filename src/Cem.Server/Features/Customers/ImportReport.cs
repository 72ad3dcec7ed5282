using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers;

/// <summary>What became of a file, as the API tells it.</summary>
/// <param name="Rejections">What was wrong, of the first hundred refused rows.</param>
/// <param name="RejectedRows">Where the refused rows can be had as a file, to be mended and sent again; null when there are none.</param>
/// <param name="Reason">Why the file was not taken to its end.</param>
sealed record ImportReport(
    Id Id, ImportKind Kind, ImportState State, long Read, long Created, long Changed, long Unchanged, long Rejected,
    IReadOnlyList<ImportReport.Entry> Rejections, string? RejectedRows, string? Reason, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    const int MostRows = 100;

    /// <param name="Line">In the file, the header being 1.</param>
    /// <param name="Field">The column; empty for the row as a whole.</param>
    internal sealed record Entry(int Line, string Field, string Code, string Reason);

    public static ImportReport Of(Db db, ImportRow row) => new(
        row.Id, row.Kind, row.State, row.RowsRead, row.RowsCreated, row.RowsChanged, row.RowsUnchanged, row.RowsRejected,
        [.. ImportLog.Rejected(db, row.Id, MostRows).SelectMany(rejected => rejected.Rejections.Select(rejection => new Entry(rejected.Line, rejection.Field, rejection.Code, rejection.En)))],
        row.RowsRejected == 0 ? null : $"/api/v1/imports/{row.Id}/rejected",
        row.Reason is null ? null : Json.Read<Say>(row.Reason).En, row.StartedAt, row.FinishedAt);
}
