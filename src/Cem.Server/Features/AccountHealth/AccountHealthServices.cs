using Cem.Kernel.Web;

namespace Cem.Server.Features.AccountHealth;

/// <summary>Who reads, keeps and words the health of accounts.</summary>
sealed class AccountHealthServices : IAreaServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<KnownUsage>();
        services.AddScoped<HealthReader>();
        services.AddScoped<HealthKeeper>();
        services.AddScoped<HealthStates>();
        services.AddScoped<HealthWords>();
    }
}
