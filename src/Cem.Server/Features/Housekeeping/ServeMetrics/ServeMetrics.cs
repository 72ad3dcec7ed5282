using System.Globalization;
using System.Text;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.ServeMetrics;

/// <summary>
/// What the framework and this server measure, in the Prometheus text format, to callers on this machine. Names and route
/// templates only: nothing of any customer.
/// </summary>
[Access(Anyone = true)]
sealed record Request : IRequest;

sealed class Module : Routes
{
    public Module() =>
        Get("/metrics", (HttpContext context, Meters meters) => Loopback.Is(context)
                ? Results.Text(Write(meters.Snapshot()), "text/plain; version=0.0.4; charset=utf-8")
                : throw Problem.NotFound("not-found", ("There is nothing at this address.", "该地址不存在。")))
            .Sends<Request>();

    static string Write(IEnumerable<Meters.Series> all)
    {
        var text = new StringBuilder();
        foreach (var metric in all.GroupBy(series => series.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("# TYPE ").Append(metric.Key).Append(' ').Append(metric.First().Kind).Append('\n');
            foreach (var series in metric)
                text.Append(series.Name).Append(series.Suffix).Append(series.Labels).Append(' ').Append(series.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
        return text.ToString();
    }
}

sealed class MetricsServices : IAreaServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<Meters>();
    }
}
