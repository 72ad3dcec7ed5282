using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.ServeMetrics;

public sealed class ServeMetricsTests
{
    [Test]
    public async Task Metrics_are_prometheus_text_by_route_template()
    {
        await using var host = await CemHost.Run();
        await host.Anonymous().GetAsync("/health/live");

        var text = await host.Local().GetStringAsync("/metrics");

        Assert.That(text, Does.Contain("# TYPE http_server_request_duration summary"));
        Assert.That(text, Does.Contain("http_route=\"/health/live\""));
        Assert.That((await host.Anonymous().GetAsync("/metrics")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
    }
}
