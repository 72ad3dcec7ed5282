using Cem.Kernel.Security;
using Microsoft.AspNetCore.Http;

namespace Cem.Kernel.Web;

/// <summary>One way of telling who is asking: an API key, a session.</summary>
public interface ICallerSource
{
    /// <summary>Which doors it is for: the API or the pages.</summary>
    bool ForApi { get; }

    /// <summary>The caller, or null when the request carries no valid proof.</summary>
    Caller? Find(HttpContext context);
}
