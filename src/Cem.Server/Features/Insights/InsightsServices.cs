using Cem.Kernel.Web;

namespace Cem.Server.Features.Insights;

/// <summary>The state this area keeps in memory, and who reads it.</summary>
sealed class InsightsServices : IAreaServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ScoreColumns>();
        services.AddSingleton<CustomerBase>();
        services.AddSingleton<ScoreReader>();
        services.AddScoped<Wordings>();
    }
}
