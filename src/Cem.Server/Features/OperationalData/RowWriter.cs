using Cem.Kernel.Data;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// Writes rows: what is new is added, what is there and says the same is left, what says something else becomes another
/// version that replaces the old one when the import is published.
/// </summary>
sealed class RowWriter(DeclaredSource source, long importId, Db db, long scope, CompanyTime time)
{
    /// <summary>Refused rows that are kept to be given back; the others are only counted.</summary>
    public const int MostKept = 100_000;

    const long MostKeptBytes = 64 * 1024 * 1024;

    readonly HashSet<long>? known = scope == 0 ? null : [.. db.Query<long>(Sql.UnitsBelow, new { Scope = scope })];
    int kept;
    long keptBytes;
    int keptIgnored = -1;

    /// <summary>Forgets what an earlier try at the same file told, and notes its columns.</summary>
    public Task Begin(IReadOnlyList<string> header, CancellationToken ct) => db.Write(tx =>
    {
        tx.Execute(Sql.ForgetEarlierTry, new { Id = importId });
        tx.Execute(Sql.NoteHeader, new { Id = importId, Header = header.ToArray() });
    }, ct);

    /// <returns>False when the import was stopped; nothing is written then.</returns>
    public async Task<bool> Write(RowChunk rows, IReadOnlyList<string> ignored, long position, CancellationToken ct)
    {
        if (await db.Write(tx => Write(tx, rows, ignored, position), ct) is not { } counts)
            return false;
        kept += counts.Kept;
        keptBytes += counts.KeptBytes;
        keptIgnored = ignored.Count;
        return true;
    }

    Counts? Write(Tx tx, RowChunk rows, IReadOnlyList<string> ignored, long position)
    {
        if (tx.Single<string>(Sql.State, new { Id = importId }) != "running")
            return null;
        var counts = new Counts();
        var insert = tx.Prepare(Sql.Insert);
        var today = Day.Number(time.Today);
        foreach (var row in rows)
        {
            if (row.Resolved is not { } named)
                Reject(tx, rows, row, row.Errors, ref counts);
            else if (Insert(tx, insert, rows, row, named, today) == 1)
                counts.Created++;
            else
                Again(tx, insert, rows, row, named, today, ref counts);
        }
        tx.Execute(Sql.Count, new { Id = importId, Read = rows.Count, counts.Created, counts.Changed, counts.Unchanged, counts.Rejected, Position = position });
        if (ignored.Count != keptIgnored)
            tx.Execute(Sql.NoteIgnored, new { Id = importId, Ignored = ignored.ToArray() });
        return counts;
    }

    int Insert(Tx tx, Statement insert, RowChunk rows, ReadRow row, in Resolved named, int today) =>
        AddValues(insert.Bind().Add(tx.NewId()).Add(importId).Add(tx.Now.ToUnixTimeMilliseconds()).Add(source.Id).AddText(rows[row.Key]), rows, row, named, today).Run();

    static Statement.Binding AddValues(Statement.Binding binding, RowChunk rows, ReadRow row, in Resolved named, int today) => binding
        .Add(named.Account).Add(named.Contact).Add(named.OrgUnit).Add(row.Day is { } day ? Day.Number(day) : today).Add(row.At).Add(row.Type).Add(row.Touchpoint)
        .Add(row.Product).Add(row.Channel).AddText(rows[row.Numbers]).AddText(rows[row.Attributes]);

    /// <summary>
    /// A row whose key is known already. An account that has moved meanwhile changes nothing about what was; nor does the day
    /// on which a row without a period comes again.
    /// </summary>
    void Again(Tx tx, Statement insert, RowChunk rows, ReadRow row, in Resolved named, int today, ref Counts counts)
    {
        var current = AddValues(tx.Prepare(Sql.FindCurrent).Bind().Add(named.HasOwnUnit ? 1 : 0).Add(row.Day is null ? 0 : 1).Add(source.Id).AddText(rows[row.Key]), rows, row, named, today).Find(Current.Read);
        if (known?.Contains(current.OrgUnit) == false)
            Reject(tx, rows, row, [new("/key", "key-taken", ("A row with this key belongs to another part of the company.", "该键对应的记录属于公司其他组织单元。"))], ref counts);
        else if (current.SaysTheSame)
            counts.Unchanged++;
        else
        {
            counts.Changed++;
            if (current.Import == importId)
                AddValues(tx.Prepare(Sql.Change).Bind().Add(current.Id), rows, row, named, today).Run();
            else
            {
                tx.Prepare(Sql.Replace).Run(importId, current.Id);
                Insert(tx, insert, rows, row, named, today);
            }
        }
    }

    void Reject(Tx tx, RowChunk rows, ReadRow row, IReadOnlyList<FieldError> errors, ref Counts counts)
    {
        counts.Rejected++;
        var cells = rows[row.Raw];
        if (kept + counts.Kept == MostKept || keptBytes + counts.KeptBytes + cells.Length > MostKeptBytes)
            return;
        counts.Kept++;
        counts.KeptBytes += cells.Length;
        tx.Prepare(Sql.Reject).Bind().Add(importId).Add(row.Line).AddText(cells).Add(Json.Write(errors.Select(error => Rejection.Of(error, source.Definition)))).Run();
    }

    struct Counts
    {
        public int Created;
        public int Changed;
        public int Unchanged;
        public int Rejected;
        public int Kept;
        public long KeptBytes;
    }

    readonly record struct Current(long Id, long Import, long OrgUnit, bool SaysTheSame)
    {
        public static Current Read(Statement.Row row) => new(row.Number(0), row.Number(1), row.Number(2), row.Flag(3));
    }
}

file static class Sql
{
    public const string UnitsBelow = "SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope";

    public const string ForgetEarlierTry = "DELETE FROM operational_data_rejections WHERE import_id = @Id";

    public const string NoteHeader = "UPDATE operational_data_imports SET header = @Header WHERE id = @Id";

    public const string NoteIgnored = "UPDATE operational_data_imports SET ignored = @Ignored WHERE id = @Id";

    public const string State = "SELECT state FROM operational_data_imports WHERE id = @Id";

    // The values of a row come in the same order everywhere.
    public const string Insert = """
        INSERT INTO operational_data_rows (id, import_id, received_at, source_id, key, account_id, contact_id, org_unit_id, day, at, type, touchpoint, product, channel, numbers, attributes)
        VALUES (@Id, @Import, @Now, @Source, @Key, @Account, @Contact, @OrgUnit, @Day, @At, @Type, @Touchpoint, @Product, @Channel, @Numbers, @Attributes)
        ON CONFLICT DO NOTHING
        """;

    public const string FindCurrent = """
        WITH said (has_unit, has_day, source_id, key, account_id, contact_id, org_unit_id, day, at, type, touchpoint, product, channel, numbers, attributes) AS (
          VALUES (@HasUnit, @HasDay, @Source, @Key, @Account, @Contact, @OrgUnit, @Day, @At, @Type, @Touchpoint, @Product, @Channel, @Numbers, @Attributes))
        SELECT r.id, r.import_id, r.org_unit_id,
          r.account_id IS s.account_id AND r.contact_id IS s.contact_id AND (NOT s.has_unit OR r.org_unit_id = s.org_unit_id) AND (NOT s.has_day OR r.day = s.day)
          AND r.at IS s.at AND r.type IS s.type AND r.touchpoint IS s.touchpoint AND r.product IS s.product AND r.channel IS s.channel
          AND r.numbers = s.numbers AND r.attributes = s.attributes
        FROM said s JOIN operational_data_rows r ON r.source_id = s.source_id AND r.key = s.key AND r.replaced_by = 0
        """;

    public const string Replace = "UPDATE operational_data_rows SET replaced_by = @Import WHERE id = @Id";

    public const string Change = """
        WITH said (id, account_id, contact_id, org_unit_id, day, at, type, touchpoint, product, channel, numbers, attributes) AS (
          VALUES (@Id, @Account, @Contact, @OrgUnit, @Day, @At, @Type, @Touchpoint, @Product, @Channel, @Numbers, @Attributes))
        UPDATE operational_data_rows AS r
        SET account_id = s.account_id, contact_id = s.contact_id, org_unit_id = s.org_unit_id, day = s.day, at = s.at, type = s.type, touchpoint = s.touchpoint,
          product = s.product, channel = s.channel, numbers = s.numbers, attributes = s.attributes
        FROM said s
        WHERE r.id = s.id
        """;

    public const string Reject = "INSERT INTO operational_data_rejections (import_id, line, cells, errors) VALUES (@Import, @Line, @Cells, @Errors)";

    public const string Count = """
        UPDATE operational_data_imports
        SET rows_read = rows_read + @Read, rows_created = rows_created + @Created, rows_changed = rows_changed + @Changed, rows_unchanged = rows_unchanged + @Unchanged,
          rows_rejected = rows_rejected + @Rejected, bytes_read = @Position
        WHERE id = @Id
        """;
}
