using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>What became of a file, as the API tells it.</summary>
/// <param name="Share">How much of the file has been read, 0 to 1; null where its size is not known.</param>
/// <param name="IgnoredColumns">Columns of the file that the source does not declare.</param>
/// <param name="Rejections">What was wrong, of the first hundred refused rows.</param>
/// <param name="RejectedRows">Where the refused rows can be had as a file, to be mended and sent again; null when there are none.</param>
/// <param name="Reason">Why the file was not taken; nothing of it is then.</param>
sealed record ImportReport(
    Id Id, string Source, ImportState State, ImportOrigin Origin, string? FileName, double? Share, long Read, long Created, long Changed, long Unchanged, long Rejected,
    IReadOnlyList<string> IgnoredColumns, IReadOnlyList<ImportReport.Entry> Rejections, string? RejectedRows, string? Reason, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    const int MostRows = 100;

    /// <param name="Line">In the file, the first being 1.</param>
    /// <param name="Field">The column; empty for the row as a whole.</param>
    internal sealed record Entry(long Line, string Field, string Code, string Reason);

    public static ImportReport Of(Db db, ImportRow row) => new(
        row.Id, row.Source, row.State, row.Origin, row.FileName, row.State == ImportState.Done ? 1 : row.BytesTotal is > 0 and var total ? Math.Min(1, (double)row.BytesRead / total) : null,
        row.RowsRead, row.RowsCreated, row.RowsChanged, row.RowsUnchanged, row.RowsRejected, row.Ignored,
        [.. ImportLog.Rejected(db, row.Id, MostRows).SelectMany(rejected => rejected.Rejections.Select(rejection => new Entry(rejected.Line, rejection.Field, rejection.Code, rejection.En)))],
        row.RowsRejected == 0 ? null : $"/api/v1/operational-data/{row.Source}/imports/{row.Id}/rejected",
        row.Reason is null ? null : Json.Read<Say>(row.Reason).En, row.StartedAt, row.FinishedAt);
}
