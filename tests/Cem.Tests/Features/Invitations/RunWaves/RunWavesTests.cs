using Cem.Server.Features.Invitations.StartWave;
using Cem.Tests.Features.Invitations.StartWave;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.RunWaves;

public sealed class RunWavesTests
{
    [Test]
    public async Task A_wave_over_many_accounts_goes_on_after_a_failure_and_asks_each_contact_once()
    {
        await using var host = await CemHost.Run();
        var programme = await Programme.Start(host);
        await programme.Survey("relation", "relationship");
        for (var i = 0; i < 60; i++)
        {
            await programme.Account($"a{i}");
            await programme.Contact($"c{i}", $"a{i}");
        }
        await host.Send(new Request("relation", ["user"], ""));
        // The second piece breaks, as a crash in the middle of it would.
        await host.Store.Write(tx => tx.Execute("""
            CREATE TRIGGER crash BEFORE INSERT ON invitations_invitations WHEN (SELECT COUNT(*) FROM invitations_invitations) = 55
            BEGIN SELECT RAISE(ABORT, 'crash'); END
            """));
        Assert.That(async () => await host.Settle(), Throws.Exception);
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM invitations_invitations")), Is.EqualTo(50));

        await host.Store.Write(tx => tx.Execute("DROP TRIGGER crash"));
        await host.Settle();

        Assert.That(programme.Mails().Select(mail => mail.ToAddress).Distinct().Count(), Is.EqualTo(60));
        Assert.That(programme.Mails(), Has.Count.EqualTo(60));
        Assert.That(host.Store.Read(reader => reader.Single<State>("SELECT state AS name, contacts, asked, suppressed FROM invitations_waves")), Is.EqualTo(new State("done", 60, 60, 0)));
    }

    [Test]
    public async Task A_second_wave_meets_the_relationship_clock()
    {
        await using var host = await CemHost.Run();
        var programme = await StartWaveTests.Arrange(host);
        await programme.Cell("relation", "review", trigger: "year.over");
        await host.Send(new Request("relation", ["user"], "west"));
        await host.Settle();
        await host.Send(new Request("relation", ["user"], "west"));
        await host.Settle();

        Assert.That(host.Store.Read(reader => reader.Query<string?>("SELECT reason FROM invitations_v_invitations ORDER BY id")), Is.EqualTo((string?[])[null, "clock-relationship"]));
        Assert.That(host.Store.Read(reader => reader.Query<string?>("SELECT DISTINCT touchpoint FROM invitations_v_invitations")), Is.EqualTo((string?[])["review"]));
    }

    sealed record State(string Name, int Contacts, int Asked, int Suppressed);
}
