using System.Net.Http.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.ChangeWorkOrder;

public sealed class ChangeWorkOrderTests
{
    [Test]
    public async Task What_is_named_changes_and_the_rest_stays()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();

        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/work-orders/{id}") { Content = JsonContent.Create(new { priority = "low" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        await (await desk.Api.SendAsync(request)).Json();

        var order = await desk.Read(id);
        Assert.That((order.GetProperty("priority").GetString(), order.GetProperty("requiredAction").GetString()), Is.EqualTo(("low", "Call them.")));
    }

    [TestCase("""{"priority": "urgent"}""", "/priority")]
    [TestCase("""{"dueAt": "2020-01-01T00:00:00Z"}""", "/dueAt")]
    public async Task What_makes_no_sense_is_refused(string body, string pointer)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();

        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/work-orders/{id}") { Content = new StringContent(body, null, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        var answer = await desk.Api.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"pointer\":\"{pointer}\""));
    }
}
