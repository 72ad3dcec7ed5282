using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access;

/// <summary>What the slices of this area share in the container.</summary>
sealed class AccessServices : IAreaServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(PasswordStrength.Default);
        services.AddSingleton<Passwords>();
        services.AddSingleton<KeyMemory>();
    }
}
