using Cem.Server.Features.Housekeeping.LoadSample;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.LoadSample;

/// <summary>The whole load is walked by the browser tests, which begin with <c>demo</c> on an empty folder.</summary>
public sealed class LoadSampleTests
{
    [Test]
    public void Every_date_is_moved_so_that_the_sample_ends_on_the_day_it_is_loaded()
    {
        var files = SampleFiles.Open(new DateOnly(2030, 1, 15));

        var last = files.Lines("events.ndjson").Last();
        var account = files.Rows("accounts.csv").Single(row => row["externalId"] == "acct-017");

        Assert.That(last, Does.Match("\"occurredAt\":\"2030-01-1[0-4]T"));
        Assert.That(account["renewalDate"], Is.EqualTo("2030-03-16"), "the story account renews 60 days later");
    }

    [Test]
    public async Task A_folder_that_holds_another_company_is_left_alone()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Cem.Kernel.Security.Roles.Administrator);

        Assert.That(async () => await host.RunVerb("demo"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("holds another company"));
    }
}
