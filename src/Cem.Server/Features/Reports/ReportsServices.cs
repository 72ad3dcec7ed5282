using Cem.Kernel.Web;

namespace Cem.Server.Features.Reports;

sealed class ReportsServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services
        .AddScoped<ReportComposer>()
        .AddScoped<ReportPress>()
        .AddScoped<ReportReaders>()
        .AddSingleton<ReportViews>();
}
