using System.Net.Http.Json;
using System.Text.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Durability;

/// <summary>
/// Kill -9 under load. A process is the only thing that can be killed, so this test starts the real program, waits in real
/// time, and is the only one that does.
/// </summary>
[NonParallelizable]
public sealed class CrashTests
{
    const int RoundsInCi = 20;
    const int RoundsElsewhere = 3;
    const int Workers = 8;
    const int Seed = 20260311;

    [Test, CancelAfter(600_000)]
    public async Task A_killed_server_loses_nothing_it_acknowledged_and_doubles_nothing_that_was_repeated(CancellationToken ct)
    {
        var rounds = Environment.GetEnvironmentVariable("CI") == "true" ? RoundsInCi : RoundsElsewhere;
        var folder = Directory.CreateTempSubdirectory("cem-crash-");
        var address = ServerProcess.FreeAddress();
        var key = await ServerProcess.Run("keys", "create", "--name", "crash", "--scopes", "admin", "--data", folder.FullName);
        var ledger = new Ledger();
        using var crm = new Crm(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address }, key, ledger);
        var load = new Load(crm, Seed);
        var random = new Random(Seed);
        var mails = new HashSet<string>();

        var server = await ServerProcess.Start(folder.FullName, address);
        try
        {
            crm.SetUp();
            await load.Arrange(new Uri(await server.Printed));
            var work = load.Run(Workers);
            for (var round = 1; round <= rounds; round++)
            {
                await Grown(ledger, random.Next(20, 120), work, ct);
                // A kill at the instant of an answer would always hit the same moment of a commit.
                await Task.Delay(random.Next(15), ct);
                crm.SetDown();
                await server.Kill();
                using (var remains = new Remains(folder.FullName))
                {
                    Assert.That(ledger.Breaches.Concat(remains.Breaches(ledger)).Concat(mails.Except(remains.Mails()).Select(mail => $"mail {mail} is owed no more")), Is.Empty, $"after round {round}");
                    mails.UnionWith(remains.Mails());
                }
                server.Dispose();
                server = await ServerProcess.Start(folder.FullName, address);
                crm.SetUp();
            }
            load.Stop();
            await work;
            await Delivered(address, ct);
            await server.Kill();

            using var end = new Remains(folder.FullName);
            Assert.That(ledger.Breaches.Concat(end.Breaches(ledger)).Concat(end.BreachesOnceDelivered(ledger)), Is.Empty, "at the end");
            Assert.That(crm.Repeats, Is.Positive, "no kill hit a call");
            await TestContext.Out.WriteLineAsync($"{rounds} rounds{(rounds < RoundsInCi ? $" ({RoundsInCi} where CI=true)" : "")}, {ledger.Acknowledged} calls acknowledged, {crm.Repeats} repeated after a kill, {mails.Count} mails owed");
        }
        finally
        {
            server.Dispose();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Until so many more calls were acknowledged; at once when the load has failed.</summary>
    static async Task Grown(Ledger ledger, int calls, Task work, CancellationToken ct)
    {
        var wanted = ledger.Acknowledged + calls;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(int acknowledged)
        {
            if (acknowledged >= wanted)
                reached.TrySetResult();
        }
        ledger.Grew += Look;
        try
        {
            await (await Task.WhenAny(reached.Task, work)).WaitAsync(ct);
        }
        finally
        {
            ledger.Grew -= Look;
        }
    }

    /// <summary>Until the server says that nothing is owed any more.</summary>
    static async Task Delivered(Uri address, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = address };
        while (true)
        {
            var state = await http.GetFromJsonAsync<JsonElement>("/health/ready", ct);
            Assert.That(state.GetProperty("parked").GetInt32(), Is.Zero, "a delivery is parked");
            if (state.GetProperty("owedDeliveries").GetInt32() == 0 && state.GetProperty("owedMails").GetInt32() == 0)
                return;
            await Task.Delay(50, ct);
        }
    }
}
