using Cem.Contracts.OperationalData;
using Cem.Kernel.Data;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// What is left to do once an import has ended, some thousand rows at a time: of one that was published the replaced
/// versions go, their ids pass to the new ones, and what sets surveys off is told; of one that was stopped every row goes.
/// Begun again after a crash it goes on where it was.
/// </summary>
static class Settlement
{
    const int MostRows = 4_000;
    const int MostFacts = 500;

    /// <summary>Settles an import that has ended.</summary>
    public static async Task Run(Db db, long importId, CancellationToken ct)
    {
        while (await db.Write(tx => Step(tx, importId), ct))
        {
        }
    }

    /// <summary>Takes back every row of an import that is to be begun again.</summary>
    public static async Task Undo(Db db, long importId, CancellationToken ct)
    {
        while (await db.Write(tx => tx.Find<Import>(Sql.FindOpen, new { Id = importId }) is { } import && TakeBack(tx, import), ct))
        {
        }
    }

    /// <summary>The oldest import that has ended and is not settled; null when there is none.</summary>
    public static long? Next(Db db) => db.Find<long?>(Sql.Next);

    static bool Step(Tx tx, long importId)
    {
        if (tx.Find<Import>(Sql.Find, new { Id = importId }) is not { } import)
            return false;
        var more = import.State == "done" ? Tidy(tx, import) || Tell(tx, import) : TakeBack(tx, import);
        if (!more)
            tx.Execute(Sql.Settle, new { import.Id });
        return more;
    }

    static bool Tidy(Tx tx, Import import)
    {
        var replaced = tx.Query<Replaced>(Sql.Replaced, new { import.Id, Most = MostRows });
        var (remove, inherit) = (tx.Prepare(Sql.Remove), tx.Prepare(Sql.Inherit));
        foreach (var row in replaced)
        {
            remove.Run(row.Id);
            inherit.Run(row.Id, row.SourceId, row.Key, import.Id);
        }
        return replaced.Count == MostRows;
    }

    static bool Tell(Tx tx, Import import)
    {
        if (!import.Triggers)
            return false;
        // Corrected rows have the ids of what they replaced by now, which are older.
        var events = tx.Query<Event>(Sql.Events, new { import.Id, After = Math.Max(import.FirstId, import.ToldTo), Most = MostFacts });
        foreach (var each in events)
            tx.Tell(new EventReceived(each.Id, each.Type));
        if (events.Count > 0)
            tx.Execute(Sql.NoteTold, new { import.Id, To = events[^1].Id });
        return events.Count == MostFacts;
    }

    static bool TakeBack(Tx tx, Import import) =>
        tx.Execute(Sql.RemoveMade, new { import.Id, import.FirstId, Most = MostRows }) == MostRows
        // The old versions come back only when no new one is left beside them.
        || tx.Execute(Sql.Restore, new { import.Id, Most = MostRows }) == MostRows;

    sealed record Import(long Id, string State, long FirstId, long ToldTo, bool Triggers);

    sealed record Replaced(long Id, long SourceId, string Key);

    sealed record Event(long Id, string Type);
}

file static class Sql
{
    public const string Next = """
        SELECT id FROM operational_data_imports WHERE settled = 0 AND state IN ('done', 'failed', 'cancelled') ORDER BY id LIMIT 1
        """;

    public const string Find = """
        SELECT i.id, i.state, i.first_id, i.told_to, COALESCE(s.definition ->> 'triggers', 0) AS triggers
        FROM operational_data_imports i JOIN operational_data_sources s ON s.id = i.source_id
        WHERE i.id = @Id AND i.settled = 0 AND i.state IN ('done', 'failed', 'cancelled')
        """;

    public const string FindOpen = "SELECT id, state, first_id, told_to, 0 AS triggers FROM operational_data_imports WHERE id = @Id AND open = 1";

    public const string Settle = "UPDATE operational_data_imports SET settled = 1, open = 0 WHERE id = @Id";

    public const string Replaced = "SELECT id, source_id, key FROM operational_data_rows WHERE replaced_by = @Id AND replaced_by <> 0 LIMIT @Most";

    public const string Remove = "DELETE FROM operational_data_rows WHERE id = @Id";

    public const string Inherit = """
        UPDATE operational_data_rows SET id = @Old WHERE source_id = @Source AND key = @Key AND import_id = @Import
        """;

    public const string Events = """
        SELECT id, type FROM operational_data_rows WHERE id > @After AND import_id = @Id AND type IS NOT NULL ORDER BY id LIMIT @Most
        """;

    public const string NoteTold = "UPDATE operational_data_imports SET told_to = @To WHERE id = @Id";

    public const string RemoveMade = """
        DELETE FROM operational_data_rows WHERE id IN (SELECT id FROM operational_data_rows WHERE id > @FirstId AND import_id = @Id ORDER BY id LIMIT @Most)
        """;

    public const string Restore = """
        UPDATE operational_data_rows SET replaced_by = 0
        WHERE id IN (SELECT id FROM operational_data_rows WHERE replaced_by = @Id AND replaced_by <> 0 LIMIT @Most)
        """;
}
