using Cem.Kernel.Security;
using Cem.Server.Features.Customers;
using Cem.Server.Features.Customers.ImportCustomers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ImportCustomers;

public sealed class CutOffTests
{
    [Test]
    public async Task An_import_whose_server_went_down_is_marked_failed_by_the_next_one()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.CustomersWrite)).PlantTree();
        // What a crash in the middle of a stream leaves behind.
        var id = await host.Store.Write(tx => ImportLog.Add(tx, Caller.System, ImportKind.Accounts, ImportState.Running, null, null));

        await host.Restart();
        await host.Settle();

        var api = await host.WithKey(Scopes.CustomersWrite);
        var report = await api.Got($"/api/v1/imports/{new Cem.Kernel.Data.Id(id)}");
        Assert.That(report.GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(report.GetProperty("reason").GetString(), Does.Contain("Send it again"));
    }

    [Test]
    public async Task An_import_that_is_being_sent_is_left_alone()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.CustomersWrite)).PlantTree();
        using var slow = new SlowFile("externalId,name,orgUnit\na1,One,hq\n");

        var import = host.Send(new Request(ImportKind.Accounts, slow));
        await slow.Asked;
        await host.Settle();
        slow.Go();

        Assert.That((await import).State, Is.EqualTo(ImportState.Done));
    }

    /// <summary>A file that comes only when it is told to.</summary>
    sealed class SlowFile(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => asked.Task;

        public void Go() => go.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            asked.TrySetResult();
            await go.Task;
            return Read(buffer.Span);
        }
    }
}
