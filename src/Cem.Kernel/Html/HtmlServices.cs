using System.Reflection;
using Cem.Kernel.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Html;

/// <summary>Registers what makes pages and mails.</summary>
public static class HtmlServices
{
    /// <summary>Adds <see cref="Texts"/>, <see cref="Assets"/> <see cref="Templates"/> and <see cref="MailTemplates"/>, read once from the assemblies.</summary>
    /// <param name="overrides">Folder of the installation's own templates; it need not exist.</param>
    /// <param name="assemblies">Where texts and templates are embedded, besides the kernel.</param>
    public static IServiceCollection AddHtml(this IServiceCollection services, string? overrides, params IReadOnlyList<Assembly> assemblies) => services
        .AddSingleton(_ => Texts.Load(assemblies))
        .AddSingleton(provider => new Assets(provider.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider))
        .AddSingleton(provider => Templates.Load(assemblies, overrides,
            provider.GetRequiredService<Texts>(), provider.GetRequiredService<Assets>(), provider.GetRequiredService<ILogger<Templates>>()))
        .AddSingleton<MailTemplates>();
}
