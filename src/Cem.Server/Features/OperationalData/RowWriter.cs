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

    const long MostKeptCharacters = 64 * 1024 * 1024;
    const int LongestKeptCell = 2_000;

    readonly HashSet<long>? known = scope == 0 ? null : [.. db.Query<long>(Sql.UnitsBelow, new { Scope = scope })];
    int kept;
    long keptCharacters;
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
        keptCharacters += counts.KeptCharacters;
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
                Reject(tx, row, row.Errors, ref counts);
            else if (Insert(tx, insert, row, named, today) == 1)
                counts.Created++;
            else
                Again(tx, insert, row, named, today, ref counts);
        }
        tx.Execute(Sql.Count, new { Id = importId, Read = rows.Count, counts.Created, counts.Changed, counts.Unchanged, counts.Rejected, Position = position });
        if (ignored.Count != keptIgnored)
            tx.Execute(Sql.NoteIgnored, new { Id = importId, Ignored = ignored.ToArray() });
        return counts;
    }

    int Insert(Tx tx, Statement insert, ReadRow row, in Resolved named, int today) => insert.Run(
        tx.NewId(), source.Id, row.Key, named.Account, named.Contact, named.OrgUnit, row.Day is { } day ? Day.Number(day) : today, row.At, row.Type, row.Touchpoint,
        row.Product, row.Channel, row.Numbers, row.Attributes, importId, tx.Now);

    /// <summary>A row whose key is known already.</summary>
    void Again(Tx tx, Statement insert, ReadRow row, in Resolved named, int today, ref Counts counts)
    {
        var current = tx.Prepare(Sql.FindCurrent).Find(Current.Read, source.Id, row.Key)!;
        if (known?.Contains(current.OrgUnit) == false)
        {
            Reject(tx, row, [new("/key", "key-taken", ("A row with this key belongs to another part of the company.", "该键对应的记录属于公司其他组织单元。"))], ref counts);
            return;
        }
        if (current.Says(row, named))
        {
            counts.Unchanged++;
            return;
        }
        if (current.Import == importId)
            tx.Prepare(Sql.Change).Run(named.Account, named.Contact, named.OrgUnit, row.Day is { } day ? Day.Number(day) : today, row.At, row.Type, row.Touchpoint, row.Product, row.Channel, row.Numbers, row.Attributes, current.Id);
        else
        {
            tx.Prepare(Sql.Replace).Run(importId, current.Id);
            Insert(tx, insert, row, named, today);
        }
        counts.Changed++;
    }

    void Reject(Tx tx, ReadRow row, IReadOnlyList<FieldError> errors, ref Counts counts)
    {
        counts.Rejected++;
        var characters = row.Raw.Sum(cell => (long)Math.Min(cell.Length, LongestKeptCell));
        if (kept + counts.Kept == MostKept || keptCharacters + counts.KeptCharacters + characters > MostKeptCharacters)
            return;
        counts.Kept++;
        counts.KeptCharacters += characters;
        tx.Prepare(Sql.Reject).Run(importId, row.Line,
            Json.Write(row.Raw.Select(cell => cell.Length <= LongestKeptCell ? cell : cell[..LongestKeptCell] + "…")), Json.Write(errors.Select(error => Rejection.Of(error, source.Definition))));
    }

    struct Counts
    {
        public int Created;
        public int Changed;
        public int Unchanged;
        public int Rejected;
        public int Kept;
        public long KeptCharacters;
    }

    sealed record Current(
        long Id, long Import, long? Account, long? Contact, long OrgUnit, long Day, long? At, string? Type, string? Touchpoint, string? Product, string? Channel, string Numbers, string Attributes)
    {
        public static Current Read(Statement.Row row) => new(
            row.Number(0), row.Number(1), row.NumberOrNull(2), row.NumberOrNull(3), row.Number(4), row.Number(5), row.NumberOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9),
            row.TextOrNull(10), row.Text(11), row.Text(12));

        /// <summary>An account that has moved meanwhile changes nothing about what was; nor does the day on which a row without a period comes again.</summary>
        public bool Says(ReadRow row, in Resolved named) =>
            Account == named.Account && Contact == named.Contact && (!named.HasOwnUnit || OrgUnit == named.OrgUnit) && (row.Day is not { } day || Day == Kernel.Time.Day.Number(day))
            && At == row.At && Type == row.Type && Touchpoint == row.Touchpoint && Product == row.Product && Channel == row.Channel && Numbers == row.Numbers && Attributes == row.Attributes;
    }
}

file static class Sql
{
    public const string UnitsBelow = "SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope";

    public const string ForgetEarlierTry = "DELETE FROM operational_data_rejections WHERE import_id = @Id";

    public const string NoteHeader = "UPDATE operational_data_imports SET header = @Header WHERE id = @Id";

    public const string NoteIgnored = "UPDATE operational_data_imports SET ignored = @Ignored WHERE id = @Id";

    public const string State = "SELECT state FROM operational_data_imports WHERE id = @Id";

    public const string Insert = """
        INSERT INTO operational_data_rows (id, source_id, key, account_id, contact_id, org_unit_id, day, at, type, touchpoint, product, channel, numbers, attributes, import_id, received_at)
        VALUES (@Id, @Source, @Key, @Account, @Contact, @OrgUnit, @Day, @At, @Type, @Touchpoint, @Product, @Channel, @Numbers, @Attributes, @Import, @Now)
        ON CONFLICT DO NOTHING
        """;

    public const string FindCurrent = """
        SELECT id, import_id, account_id, contact_id, org_unit_id, day, at, type, touchpoint, product, channel, numbers, attributes
        FROM operational_data_rows WHERE source_id = @Source AND key = @Key AND replaced_by = 0
        """;

    public const string Replace = "UPDATE operational_data_rows SET replaced_by = @Import WHERE id = @Id";

    public const string Change = """
        UPDATE operational_data_rows
        SET account_id = @Account, contact_id = @Contact, org_unit_id = @OrgUnit, day = @Day, at = @At, type = @Type, touchpoint = @Touchpoint, product = @Product,
          channel = @Channel, numbers = @Numbers, attributes = @Attributes
        WHERE id = @Id
        """;

    public const string Reject = "INSERT INTO operational_data_rejections (import_id, line, cells, errors) VALUES (@Import, @Line, @Cells, @Errors)";

    public const string Count = """
        UPDATE operational_data_imports
        SET rows_read = rows_read + @Read, rows_created = rows_created + @Created, rows_changed = rows_changed + @Changed, rows_unchanged = rows_unchanged + @Unchanged,
          rows_rejected = rows_rejected + @Rejected, bytes_read = @Position
        WHERE id = @Id
        """;
}
