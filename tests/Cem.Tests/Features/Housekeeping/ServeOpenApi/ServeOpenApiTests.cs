using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.ServeOpenApi;

public sealed class ServeOpenApiTests
{
    [Test]
    public async Task Every_route_of_the_api_is_in_the_document_with_a_summary_and_its_scopes()
    {
        await using var host = await CemHost.Run();

        var document = await (await host.Anonymous().GetAsync("/openapi/v1.json")).Json();

        Assert.That(document.GetProperty("openapi").GetString(), Does.StartWith("3.1"));
        var put = document.GetProperty("paths").GetProperty("/api/v1/org-units/{code}").GetProperty("put");
        Assert.That(put.GetProperty("summary").GetString(), Is.EqualTo("Put an org unit"));
        Assert.That(put.GetProperty("description").GetString(), Does.Contain("customers:write"));
        Assert.That(put.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("parent").GetString(), Is.EqualTo("hq"));
    }
}
