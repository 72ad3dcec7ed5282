using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers;

enum ImportState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>The record of imports: seen by those whose org unit holds the one they were made for.</summary>
static class ImportLog
{
    /// <param name="bytes">Size of the file where it lies in the data folder.</param>
    public static long Add(Tx tx, Caller caller, ImportKind kind, ImportState state, string? fileName, long? bytes)
    {
        var id = tx.NewId();
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "import.started", new Id(id).ToString(), Json.Write(new { kind = Stored(kind), fileName })));
        tx.Execute(Sql.Add, new { Id = id, Kind = Stored(kind), State = Stored(state), FileName = fileName, MadeBy = caller.Name, caller.OrgUnit, Bytes = bytes, tx.Now });
        return id;
    }

    /// <summary>Ends an import that is under way; one that was cancelled stays so.</summary>
    public static void Finish(Tx tx, long id, ImportState state, Say? reason) =>
        tx.Execute(Sql.Finish, new { Id = id, State = Stored(state), Reason = reason is null ? null : Json.Write(reason), tx.Now });

    public static ImportRow? Find(Db db, Caller caller, long id) => db.Find<ImportRow>(Sql.Find, new { Id = id, caller.OrgUnit });

    /// <summary>The latest ones, newest first.</summary>
    public static IReadOnlyList<ImportRow> Latest(Db db, Caller caller, int most) => db.Query<ImportRow>(Sql.Latest, new { caller.OrgUnit, Most = most });

    /// <summary>Refused rows in the order of the file.</summary>
    public static IReadOnlyList<RejectedRow> Rejected(Db db, long id, int most) => db.Query<RejectedRow>(Sql.Rejected, new { Id = id, Most = most });

    public static Problem NotFound() => Problem.NotFound("import-not-found", ("There is no such import.", "该导入不存在。"));

    static string Stored<TEnum>(TEnum value) where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <param name="Reason">Why it failed, as JSON in both languages.</param>
sealed record ImportRow(
    Id Id, ImportKind Kind, ImportState State, string? FileName, string MadeBy, string[] Header, long? BytesTotal, long BytesRead,
    long RowsRead, long RowsCreated, long RowsChanged, long RowsUnchanged, long RowsRejected, string? Reason, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Of its state, for a pill.</summary>
    public string Tone => State switch { ImportState.Done => "done", ImportState.Failed => "late", ImportState.Cancelled => "", _ => "active" };
}

sealed record RejectedRow(int Line, string[] Cells, string Errors)
{
    public IReadOnlyList<Rejection> Rejections => Json.Read<IReadOnlyList<Rejection>>(Errors);
}

file static class Sql
{
    const string Select = """
        SELECT i.id, i.kind, i.state, i.file_name, i.made_by, i.header, i.bytes_total, i.bytes_read, i.rows_read, i.rows_created,
          i.rows_changed, i.rows_unchanged, i.rows_rejected, i.reason, i.started_at, i.finished_at
        FROM customers_imports i
        WHERE (i.org_unit_id = @OrgUnit OR i.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))

        """;

    public const string Find = Select + "AND i.id = @Id";

    public const string Latest = Select + "ORDER BY i.id DESC LIMIT @Most";

    public const string Add = """
        INSERT INTO customers_imports (id, kind, state, file_name, made_by, org_unit_id, bytes_total, started_at)
        VALUES (@Id, @Kind, @State, @FileName, @MadeBy, @OrgUnit, @Bytes, @Now)
        """;

    public const string Finish = """
        UPDATE customers_imports SET state = @State, reason = @Reason, finished_at = @Now WHERE id = @Id AND state IN ('waiting', 'running')
        """;

    public const string Rejected = "SELECT line, cells, errors FROM customers_import_rejections WHERE import_id = @Id ORDER BY line LIMIT @Most";
}
