using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.WatchFolder;

public sealed class WatchFolderTests
{
    const string Content = "account,week,seats,hours\nacme,2026-03-02,10,1.5\nnobody,2026-03-02,1,\n";

    [Test]
    public async Task A_file_is_taken_moves_to_done_and_has_its_refused_rows_beside_it()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await host.Settle();
        var folder = Folder(host, "usage");
        Drop(folder, "week 10.csv", Content);

        await host.Settle();

        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 hours 1.5", "acme 20260302 seats 10" }));
        Assert.That(Directory.GetFiles(folder), Is.Empty);
        var done = Names(folder, "done");
        Assert.That(done, Has.Count.EqualTo(2));
        Assert.That(done[0], Does.EndWith("-week 10.csv"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "done", done[1])), Does.Contain("3,account,There is no account 'nobody'.,nobody,2026-03-02,1,"));
        var listed = await (await desk.Api.GetAsync("/api/v1/operational-data/usage/imports")).Json();
        Assert.That(listed.GetProperty("items")[0].GetProperty("origin").GetString(), Is.EqualTo("folder"));
    }

    [Test]
    public async Task A_file_that_cannot_be_taken_moves_to_failed_with_the_reason()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        Drop(Folder(host, "usage"), "a.csv", "account,week\n");
        Drop(Folder(host, "usage"), "b.xlsx", "");
        Drop(Folder(host, "unknown"), "c.csv", Content);
        await (await desk.Api.PostAsync("/api/v1/operational-data/tickets:retire", null)).Json();
        Drop(Folder(host, "tickets"), "d.csv", Content);

        await host.Settle();

        foreach (var (source, name, words) in new[] { ("usage", "a.csv", "The column 'seats' is missing."), ("usage", "b.xlsx", "packed ones .gz"), ("unknown", "c.csv", "No source is declared"), ("tickets", "d.csv", "retired") })
        {
            var failed = Names(Folder(host, source), "failed");
            var report = failed.Single(file => file.EndsWith($"-{name}.report.txt", StringComparison.Ordinal));
            Assert.That(failed, Has.Some.EndsWith("-" + name));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder(host, source), "failed", report)), Does.Contain(words));
        }
        Assert.That(desk.Metrics(), Is.Empty);
    }

    [Test]
    public async Task A_file_that_is_still_written_or_not_meant_yet_is_left_alone()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var folder = Folder(host, "usage");
        await File.WriteAllTextAsync(Path.Combine(folder, "fresh.csv"), Content);
        Drop(folder, ".hidden.csv", Content);
        Drop(folder, "coming.csv.part", Content);

        await host.Settle();

        Assert.That(desk.Metrics(), Is.Empty);
        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Every_source_has_its_folder_and_the_oldest_file_is_taken_first()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await host.Settle();
        var folder = Folder(host, "usage");
        Drop(folder, "a-newer.csv", Content.Replace(",10,", ",12,", StringComparison.Ordinal), minutes: 1);
        Drop(folder, "b-older.csv", Content, minutes: 5);

        await host.Settle();

        Assert.That(Directory.Exists(Path.Combine(host.DataFolder, "drop", "tickets")));
        Assert.That(desk.Metrics(), Does.Contain("acme 20260302 seats 12"));
    }

    static string Folder(CemHost host, string source) => Directory.CreateDirectory(Path.Combine(host.DataFolder, "drop", source)).FullName;

    static void Drop(string folder, string name, string content, int minutes = 1)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-minutes));
    }

    static List<string> Names(string folder, string part) => [.. Directory.GetFiles(Path.Combine(folder, part)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
