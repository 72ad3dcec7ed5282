using Cem.Contracts.Access;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.RecordAudit;

public sealed class RecordAuditTests
{
    [Test]
    public async Task What_was_told_is_written_down_once_with_the_time_of_the_deed()
    {
        await using var host = await CemHost.Run();
        await host.Store.Write(tx => tx.Tell(new Audited(tx.Now, 7, "Key", "setting.changed", "company.colour", """{"to":"#123456"}""")));
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        await host.Settle();
        await host.Settle();

        var row = host.Store.Read(reader => reader.Single<Row>("SELECT at, actor_kind, actor_id, action, subject, detail FROM access_audit"));
        Assert.That(row, Is.EqualTo(new Row(CemHost.Start, "key", 7, "setting.changed", "company.colour", """{"to":"#123456"}""")));
    }

    [Test]
    public async Task The_trail_can_be_neither_changed_nor_cut()
    {
        await using var host = await CemHost.Run();
        await host.Store.Write(tx => tx.Tell(new Audited(tx.Now, 0, "system", "key.made", "x")));
        await host.Settle();

        Assert.That(() => host.Store.Write(tx => tx.Execute("UPDATE access_audit SET action = 'nothing'")), Throws.Exception.With.Message.Contains("append-only"));
        Assert.That(() => host.Store.Write(tx => tx.Execute("DELETE FROM access_audit")), Throws.Exception.With.Message.Contains("append-only"));
    }

    sealed record Row(DateTimeOffset At, string ActorKind, long ActorId, string Action, string Subject, string? Detail);
}
