using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.ShowDocs;

public sealed class ShowDocsTests
{
    [Test]
    public async Task The_page_lists_each_call_in_both_languages()
    {
        await using var host = await CemHost.Run();

        var english = await host.Anonymous().GetStringAsync("/docs?lang=en");
        var chinese = await host.Anonymous().GetStringAsync("/docs?lang=zh-CN");

        Assert.That(english, Does.Contain("PUT /api/v1/org-units/{code}").And.Contain("Rules for every call"));
        Assert.That(chinese, Does.Contain("PUT /api/v1/org-units/{code}").And.Contain("通用规则"));
    }
}
