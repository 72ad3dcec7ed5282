using System.IO.Compression;
using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.UploadOperationalData;

public sealed class UploadOperationalDataTests
{
    const string File = "account,week,seats,hours\nacme,2026-03-02,10,1.5\n";

    [Test]
    public async Task A_file_is_taken_behind_the_page_and_listed()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);

        var sent = await person.Upload(Desk.Usage, File);
        await host.Settle();
        var page = await person.Open("/data/imports");

        Assert.That((int)sent.StatusCode, Is.EqualTo(302));
        Assert.That(desk.Metrics(), Has.Count.EqualTo(2));
        Assert.That(page.QuerySelector("#imports tbody tr")!.TextContent, Does.Contain("Usage").And.Contain("usage.csv").And.Contain("done"));
        Assert.That(Directory.GetFiles(Path.Combine(host.DataFolder, "imports")), Is.Empty);
    }

    [Test]
    public async Task A_form_may_hold_a_file_of_more_than_a_hundred_megabytes()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        // Blank lines are passed over.
        var file = new byte[150_000_000];
        Array.Fill(file, (byte)'\n');
        Encoding.UTF8.GetBytes(File, file.AsSpan(file.Length - File.Length));

        var sent = await person.Upload(Desk.Usage, file);
        await host.Settle();

        Assert.That((int)sent.StatusCode, Is.EqualTo(302));
        Assert.That(desk.Metrics(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Packed_ndjson_is_known_by_its_name()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("""{"account": "acme", "week": "2026-03-02", "seats": 7}"""));

        await person.Upload(Desk.Usage, packed.ToArray(), "usage.ndjson.gz");
        await host.Settle();

        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 seats 7" }));
    }

    [TestCase("", "usage.csv", "Choose a source.")]
    [TestCase("usage", null, "Choose a file that is not empty.")]
    [TestCase("usage", "usage.xlsx", "packed ones .gz")]
    public async Task What_cannot_be_taken_is_said_on_the_form(string source, string? name, string words)
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);

        var answer = await person.Upload(source, name is null ? null : Encoding.UTF8.GetBytes(File), name ?? "");

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(words == "Choose a source." ? "source" : words));
    }

    [Test]
    public async Task Without_a_source_the_page_says_what_to_do()
    {
        await using var host = await CemHost.Run();
        using var person = await host.SignedIn(Roles.CxManager, language: "zh-CN");

        var page = await person.Open("/data/imports");

        Assert.That(page.QuerySelector(".empty")!.TextContent, Does.Contain("请先新建数据源"));
    }
}
