using System.Net;

namespace Cem.Server.Features.Housekeeping;

/// <summary>Whether a call comes from this machine, where the people who look after it are let see more.</summary>
static class Loopback
{
    public static bool Is(HttpContext context) =>
        context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress);
}
