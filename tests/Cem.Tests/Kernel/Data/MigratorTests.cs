using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Tests.Kernel.Data;

public sealed class MigratorTests
{
    DirectoryInfo folder = null!;

    string File => Path.Combine(folder.FullName, "cem.db");

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("cem-migrate-");

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public void A_new_file_gets_every_script_and_a_second_start_none()
    {
        var first = Migrator.Migrate(File, typeof(Program).Assembly);
        var second = Migrator.Migrate(File, typeof(Program).Assembly);

        Assert.That(first, Has.Member("Data/0001_kernel.sql").And.Member("Customers/0001_customers.sql"));
        Assert.That(second, Is.Empty);
        Assert.That(folder.GetFiles("*.before-upgrade-*"), Is.Empty, "there was nothing to back up");
    }

    [Test]
    public void Before_an_upgrade_the_file_is_copied()
    {
        Migrator.Migrate(File);
        Migrator.Migrate(File, typeof(Program).Assembly);

        Assert.That(folder.GetFiles("*.before-upgrade-1"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_script_that_changed_after_it_ran_stops_the_start()
    {
        using (var store = new Store(File, TimeProvider.System, new Facts([], [])))
            await store.Write(tx => tx.Execute("UPDATE kernel_schema_journal SET hash = 'other'"));

        Assert.That(() => Migrator.Migrate(File), Throws.TypeOf<InvalidDataException>().With.Message.Contains("Data/0001_kernel.sql"));
    }

    [Test]
    public async Task A_file_of_a_newer_version_stops_the_start()
    {
        using (var store = new Store(File, TimeProvider.System, new Facts([], [])))
            await store.Write(tx => tx.Execute("INSERT INTO kernel_schema_journal (name, hash, applied_at) VALUES ('Data/0999_future.sql', 'x', 0)"));

        Assert.That(() => Migrator.Migrate(File), Throws.TypeOf<InvalidDataException>().With.Message.Contains("newer version"));
    }
}
