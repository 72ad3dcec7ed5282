#pragma warning disable RS0030 // Dapper and connections live in this folder
using System.Diagnostics.CodeAnalysis;
using Cem.Kernel.Messaging;
using Dapper;
using MediatR;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Data;

/// <summary>
/// The inside of <see cref="Db.Write{T}"/>: everything done here is committed together, or not at all.
/// </summary>
public sealed class Tx : Session
{
    readonly Writer writer;
    readonly List<Told> told = [];
    int taken;
    List<Action>? afterCommit;

    internal Tx(SqliteConnection connection, Writer writer) : base(connection) => this.writer = writer;

    /// <summary>The instant of this write; the same for all of it.</summary>
    public DateTimeOffset Now { get; internal set; }

    public long NewId() => writer.Ids.Next();

    /// <summary>Runs a statement; returns the number of rows it changed.</summary>
    public int Execute([ConstantExpected] string sql, object? args = null) => Connection.Execute(sql, args);

    /// <summary>Writes a fact into this transaction; each of its handlers will see it exactly once in effect.</summary>
    public void Tell(INotification fact) => writer.Facts.Tell(this, fact);

    /// <summary>Owes a mail: it leaves after the commit, at least once, always with the same Message-ID.</summary>
    public void Send(Mail mail) => Outbox.Owe(this, mail);

    /// <summary>Runs after the commit, on the writing thread and in order; for state kept in memory. Must be short and must not throw.</summary>
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    /// <summary>
    /// Runs one item of a batch under a savepoint of its own. What it throws undoes that item alone, and is returned.
    /// </summary>
    public Web.Problem? Attempt(Action item) => UnderSavepoint<Web.Problem>(item);

    /// <summary>Like <see cref="Attempt"/>, whatever is thrown; only trouble of the database itself ends the whole write.</summary>
    internal Exception? TryUnderSavepoint(Action item) => UnderSavepoint<Exception>(item);

    TFault? UnderSavepoint<TFault>(Action item) where TFault : Exception
    {
        var mark = Marked;
        Prepare("SAVEPOINT item").Run();
        try
        {
            item();
            Prepare("RELEASE item").Run();
            return null;
        }
        catch (TFault fault) when (!Writer.IsTroubleOfTheDatabase(fault))
        {
            Prepare("ROLLBACK TO item").Run();
            Prepare("RELEASE item").Run();
            Forget(mark);
            return fault;
        }
    }

    internal void Remember(Told fact) => told.Add(fact);

    internal bool HasTold => taken < told.Count;

    /// <summary>What was told and nobody has taken yet, oldest first; null when there is no more.</summary>
    internal Told? TakeTold() => taken < told.Count ? told[taken++] : null;

    /// <summary>How far this write has come, for <see cref="Forget"/>.</summary>
    internal (int Actions, int Told, int Taken) Marked => (afterCommit?.Count ?? 0, told.Count, taken);

    /// <summary>Forgets what was put down since the mark, and that something was taken: it was undone.</summary>
    internal void Forget((int Actions, int Told, int Taken) mark)
    {
        if (afterCommit is { } actions && actions.Count > mark.Actions)
            actions.RemoveRange(mark.Actions, actions.Count - mark.Actions);
        told.RemoveRange(mark.Told, told.Count - mark.Told);
        taken = mark.Taken;
    }

    /// <summary>Ends a commit: what is to be done now that it is on disk.</summary>
    internal IReadOnlyList<Action> Conclude()
    {
        var actions = afterCommit;
        afterCommit = null;
        Forget(default);
        return actions ?? [];
    }
}
