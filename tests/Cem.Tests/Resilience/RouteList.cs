using System.Text.RegularExpressions;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Resilience;

/// <summary>One route of the server.</summary>
/// <param name="Access">Null where it says nothing of it.</param>
/// <param name="ProvesItself">Its form carries a secret of its own in place of the session's token.</param>
/// <param name="BodyLimit">In bytes; null for the usual one.</param>
sealed partial record ServerRoute(string Method, string Path, AccessAttribute? Access, bool ProvesItself, long? BodyLimit, string? Example, bool HasSummary)
{
    /// <summary>An id of the right form that belongs to nothing.</summary>
    public static readonly string UnknownId = new Id(1).ToString();

    public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal) || Path.StartsWith("/openapi/", StringComparison.Ordinal);

    public bool IsSafe => Method == "GET";

    /// <summary>Every route, from the server's own table. Each GET also answers HEAD, from the same endpoint data.</summary>
    public static IReadOnlyList<ServerRoute> All(CemHost host) => [.. Endpoints(host).Where(route => route.Method != "HEAD")];

    /// <summary>The HEAD twins of the GET routes.</summary>
    public static IReadOnlyList<ServerRoute> Heads(CemHost host) => [.. Endpoints(host).Where(route => route.Method == "HEAD")];

    static IEnumerable<ServerRoute> Endpoints(CemHost host) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(Of).OrderBy(route => route.ToString(), StringComparer.Ordinal);

    /// <summary>The path with a value for each parameter.</summary>
    public string With(Func<string, string> value) => Parameter().Replace(Path, match => Uri.EscapeDataString(value(match.Groups[1].Value)));

    /// <summary>The path with values that belong to nothing.</summary>
    public string OfNothing() => With(name => name == "id" ? UnknownId : "nothing");

    public override string ToString() => $"{Method} {Path}";

    static ServerRoute Of(RouteEndpoint endpoint) => new(
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "ANY",
        "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
        endpoint.Metadata.GetMetadata<AccessAttribute>(),
        endpoint.Metadata.GetMetadata<OwnFormToken>() is not null,
        endpoint.Metadata.GetMetadata<BodyLimit>()?.Bytes,
        endpoint.Metadata.GetMetadata<RequestExample>()?.Json,
        endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>() is not null);

    [GeneratedRegex(@"\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
