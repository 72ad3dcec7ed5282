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
}
