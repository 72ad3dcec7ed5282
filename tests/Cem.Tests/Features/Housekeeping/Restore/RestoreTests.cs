using Cem.Kernel.Data;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.Restore;

public sealed class RestoreTests
{
    [Test]
    public async Task A_running_server_keeps_its_file()
    {
        await using var host = await CemHost.Run();
        var file = Path.Combine(host.DataFolder, "copy.db");
        await host.RunVerb("backup", file);

        Assert.That(async () => await host.RunVerb("restore", file), Throws.TypeOf<StoreInUseException>());
    }

    [Test]
    public async Task A_file_that_is_no_back_up_is_refused()
    {
        await using var host = await CemHost.Run();
        var file = Path.Combine(host.DataFolder, "notes.txt");
        await File.WriteAllTextAsync(file, "not a database, but long enough to look at");

        Assert.That(async () => await host.RunVerb("restore", file), Throws.TypeOf<InvalidDataException>());
    }
}
