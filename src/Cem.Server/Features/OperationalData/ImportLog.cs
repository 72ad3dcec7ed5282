using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

enum ImportState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>How a file came.</summary>
enum ImportOrigin
{
    Api,
    Page,
    Folder,
}

/// <summary>The record of imports: seen by those whose org unit holds the one they were made for.</summary>
static class ImportLog
{
    /// <summary>Records a file; where nothing else runs for its source and it is not to wait, it begins at once.</summary>
    /// <param name="bytes">Its size as far as it is known.</param>
    /// <exception cref="Problem">503: the source is busy with another file.</exception>
    public static long Add(Tx tx, Caller caller, long source, ImportOrigin origin, ImportState state, string? fileName, long? bytes)
    {
        var id = tx.NewId();
        tx.Execute(Sql.Add, new { Id = id, Source = source, Origin = Stored(origin), FileName = fileName, MadeBy = caller.Name, caller.OrgUnit, Bytes = bytes, tx.Now });
        if (state == ImportState.Running && !Begin(tx, id, source))
            throw Problem.Busy();
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "import.started", new Id(id).ToString(), Json.Write(new { origin = Stored(origin), fileName })));
        return id;
    }

    /// <summary>Opens an import that waits: from here on nothing of it is seen until it is closed. False where another is open for the source, or it no longer waits.</summary>
    public static bool Begin(Tx tx, long id, long source) =>
        !tx.Single<bool>(Sql.IsOpen, new { Source = source }) && tx.Execute(Sql.Begin, new { Id = id, FirstId = tx.NewId() }) == 1;

    /// <summary>Ends an import that is under way without its rows; false where it has ended already. Its rows are still to be taken back.</summary>
    public static bool Stop(Tx tx, long id, ImportState state, Say? reason) =>
        tx.Execute(Sql.Stop, new { Id = id, State = Stored(state), Reason = reason is null ? null : Json.Write(reason), tx.Now }) == 1;

    /// <summary>Makes everything it brought visible at once; false where it was stopped meanwhile.</summary>
    public static bool Publish(Tx tx, long id) => tx.Execute(Sql.Publish, new { Id = id, tx.Now }) == 1;

    public static ImportRow? Find(Db db, Caller caller, long id) => db.Find<ImportRow>(Sql.Find, new { Id = id, caller.OrgUnit });

    /// <exception cref="Problem">404: there is none, or it belongs to another source.</exception>
    public static ImportRow Get(Db db, Caller caller, string? source, long id) =>
        Find(db, caller, id) is { } found && (source is null || found.Source == source) ? found : throw NotFound();

    /// <summary>The latest ones, newest first.</summary>
    /// <param name="source">Null for all sources.</param>
    public static IReadOnlyList<ImportRow> Latest(Db db, Caller caller, string? source, long before, int most) =>
        db.Query<ImportRow>(Sql.Latest, new { caller.OrgUnit, Source = source, Before = before, Most = most });

    /// <summary>Refused rows in the order of the file.</summary>
    public static IReadOnlyList<RejectedRow> Rejected(Db db, long id, int most) => db.Query<RejectedRow>(Sql.Rejected, new { Id = id, After = -1, Most = most });

    /// <inheritdoc cref="Rejected"/>
    /// <param name="after">The line to go on after.</param>
    public static IReadOnlyList<RejectedRow> RejectedAfter(Db db, long id, long after, int most) => db.Query<RejectedRow>(Sql.Rejected, new { Id = id, After = after, Most = most });

    public static Problem NotFound() => Problem.NotFound("import-not-found", ("There is no such import.", "该导入不存在。"));

    public static string Stored<TEnum>(TEnum value) where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <param name="Reason">Why it failed, as JSON in both languages.</param>
sealed record ImportRow(
    Id Id, string Source, string NameEn, string NameZh, ImportState State, ImportOrigin Origin, string? FileName, string MadeBy, string[] Header, string[] Ignored, long? BytesTotal,
    long BytesRead, long RowsRead, long RowsCreated, long RowsChanged, long RowsUnchanged, long RowsRejected, string? Reason, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Of its state, for a pill.</summary>
    public string Tone => State switch { ImportState.Done => "done", ImportState.Failed => "late", ImportState.Cancelled => "", _ => "active" };
}

sealed record RejectedRow(long Line, string[] Cells, string Errors)
{
    public IReadOnlyList<Rejection> Rejections => Json.Read<IReadOnlyList<Rejection>>(Errors);
}

/// <summary>One thing wrong with a row, as kept.</summary>
/// <param name="Field">The column; empty for the row as a whole.</param>
sealed record Rejection(string Field, string Code, string En, string Zh)
{
    public Say Say => (En, Zh);

    public static Rejection Of(FieldError error, SourceDefinition source) => new(Column(error.Pointer, source), error.Code, error.Message.En, error.Message.Zh);

    /// <summary>Where a pointer to something named stands in the file.</summary>
    static string Column(string pointer, SourceDefinition source) => pointer switch
    {
        "/account" => source.Of(FieldRole.Account)?.Column ?? "",
        "/contact" => source.Of(FieldRole.Contact)?.Column ?? "",
        "/orgUnit" => source.Of(FieldRole.OrgUnit)?.Column ?? "",
        "/touchpoint" => source.Of(FieldRole.Touchpoint)?.Column ?? "",
        "/key" => source.Key[0],
        _ => pointer,
    };
}

file static class Sql
{
    const string Select = """
        SELECT i.id, s.code AS source, s.name_en, s.name_zh, i.state, i.origin, i.file_name, i.made_by, i.header, i.ignored, i.bytes_total, i.bytes_read, i.rows_read,
          i.rows_created, i.rows_changed, i.rows_unchanged, i.rows_rejected, i.reason, i.started_at, i.finished_at
        FROM operational_data_imports i
        JOIN operational_data_sources s ON s.id = i.source_id
        WHERE (i.org_unit_id = @OrgUnit OR i.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))

        """;

    public const string Find = Select + "AND i.id = @Id";

    public const string Latest = Select + "AND (@Source IS NULL OR s.code = @Source) AND i.id < @Before ORDER BY i.id DESC LIMIT @Most";

    public const string Add = """
        INSERT INTO operational_data_imports (id, source_id, state, origin, file_name, made_by, org_unit_id, bytes_total, started_at)
        VALUES (@Id, @Source, 'waiting', @Origin, @FileName, @MadeBy, @OrgUnit, @Bytes, @Now)
        """;

    public const string IsOpen = "SELECT EXISTS (SELECT 1 FROM operational_data_imports WHERE source_id = @Source AND open = 1)";

    public const string Begin = """
        UPDATE operational_data_imports
        SET state = 'running', open = 1, first_id = @FirstId, rows_read = 0, rows_created = 0, rows_changed = 0, rows_unchanged = 0, rows_rejected = 0, bytes_read = 0
        WHERE id = @Id AND state = 'waiting'
        """;

    public const string Stop = """
        UPDATE operational_data_imports
        SET state = @State, reason = @Reason, finished_at = @Now, settled = 1 - open
        WHERE id = @Id AND state IN ('waiting', 'running')
        """;

    public const string Publish = """
        UPDATE operational_data_imports SET state = 'done', open = 0, finished_at = @Now WHERE id = @Id AND state = 'running'
        """;

    public const string Rejected = """
        SELECT line, cells, errors FROM operational_data_rejections WHERE import_id = @Id AND line > @After ORDER BY line LIMIT @Most
        """;
}
