using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.OfferSetUp;

public sealed class OfferSetUpTests
{
    [Test]
    public async Task The_first_start_prints_the_link_alone_on_standard_output_and_later_ones_do_not()
    {
        await using var host = await CemHost.Run();

        var first = await Serve(host);
        await host.SignedIn(Cem.Kernel.Security.Roles.Viewer);
        var later = await Serve(host);

        Assert.That(first.Output, Does.Match("^http://127\\.0\\.0\\.1:5080/set-up/[0-9a-z]{32}\\s*$"));
        Assert.That(first.Error, Does.Contain("http://127.0.0.1:5080"));
        Assert.That(later.Output, Is.Empty);
    }

    static async Task<(string Output, string Error)> Serve(CemHost host)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunVerb(host.Services, new CommandLine.Request("serve", new Dictionary<string, string>(), []), output, error, CancellationToken.None);
        Assert.That(code, Is.Zero);
        return (output.ToString(), error.ToString());
    }
}
