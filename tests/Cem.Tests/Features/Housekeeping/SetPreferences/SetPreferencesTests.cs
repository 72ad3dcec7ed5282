using System.Net;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.SetPreferences;

public sealed class SetPreferencesTests
{
    [Test]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var host = await CemHost.Run();

        var answer = await host.Anonymous().PostAsync("/preferences", new FormUrlEncodedContent([new("language", "en")]));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<html"));
    }

    [Test]
    public async Task The_theme_carries_the_companys_colour()
    {
        await using var host = await CemHost.Run();

        var css = await host.Anonymous().GetAsync("/theme.css");

        Assert.That(css.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/css"));
        Assert.That(css.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
    }
}
