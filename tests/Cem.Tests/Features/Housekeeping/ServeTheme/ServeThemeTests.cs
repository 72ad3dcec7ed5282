using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.ServeTheme;

public sealed class ServeThemeTests
{
    [Test]
    public async Task The_theme_carries_the_companys_colour()
    {
        await using var host = await CemHost.Run();

        var css = await host.Anonymous().GetAsync("/theme.css");

        Assert.That(css.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/css"));
        Assert.That(css.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
    }
}
