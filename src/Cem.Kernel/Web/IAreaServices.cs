using Microsoft.Extensions.DependencyInjection;

namespace Cem.Kernel.Web;

/// <summary>What an area keeps in the container beyond its slices (state in memory, the types of its second axis); found by the scan.</summary>
public interface IAreaServices
{
    static abstract void Add(IServiceCollection services);
}
