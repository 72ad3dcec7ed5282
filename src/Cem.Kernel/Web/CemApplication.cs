using System.Reflection;
using Carter;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Web;

/// <summary>Puts the host together: everything of the kernel, and whatever the scan finds in the features.</summary>
public static class CemApplication
{
    /// <param name="contracts">The assembly with the facts and questions.</param>
    /// <param name="features">The assembly with the slices.</param>
    /// <param name="adjust">For tests: a clock of their own, a test server.</param>
    public static WebApplication Build(Settings settings, Assembly contracts, Assembly features, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = "wwwroot", ApplicationName = features.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            foreach (var url in settings.Urls.Split(';'))
                Listen(kestrel, url);
            LocalSocket.Listen(kestrel, settings.SocketFile);
        });
        Directory.CreateDirectory(settings.DataFolder);
        AddLogging(builder);
        builder.Services.AddSingleton(settings);
        AddKernel(builder.Services, settings, contracts, features);
        AddFeatures(builder.Services, features);
        adjust?.Invoke(builder);
        var app = builder.Build();
        Use(app, settings);
        return app;
    }

    static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.Host == "localhost")
            kestrel.ListenLocalhost(address.Port);
        else if (System.Net.IPAddress.TryParse(address.Host, out var ip))
            kestrel.Listen(ip, address.Port);
        else
            kestrel.ListenAnyIP(address.Port);
    }

    static void AddLogging(WebApplicationBuilder builder)
    {
        // Messages go to standard error; standard output is for data.
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }

    static void AddKernel(IServiceCollection services, Settings settings, Assembly contracts, Assembly features)
    {
        services.AddSingleton<ServerClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<ServerClock>());
        services.AddSingleton(new Facts([contracts], [features]));
        services.AddSingleton(provider => new Store(settings.DatabaseFile, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Facts>(), features));
        services.AddScoped<Db>();
        services.AddScoped<RetryKey>();
        services.AddScoped<CallerContext>();
        services.AddScoped(provider => provider.GetRequiredService<CallerContext>().Caller);
        services.AddSingleton(provider => new CompanyTime(provider.GetRequiredService<TimeProvider>(), settings.TimeZone, settings.WorkingHours));
        services.AddSingleton<FormTokens>();
        // Each route bounds its own body.
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = long.MaxValue);

        services.AddHtml(Path.Combine(settings.DataFolder, "templates"), features);
        services.AddSingleton<CompanyProfile>();
        services.AddSingleton<PageContext>();
        services.AddSingleton<Stencils>();
        services.AddSingleton<IErrorPage, PlainErrorPage>();

        services.AddSingleton<Dispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
        services.AddSingleton<JobRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddSingleton<IMailTransport>(settings.Mail.Host is null ? new FileTransport(settings.OutboxFolder, settings.Mail) : new SmtpTransport(settings.Mail));

        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LogBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthoriseBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidateBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RetryBehaviour<,>));

        services.AddRouting();
        services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        services.Configure<Microsoft.AspNetCore.Routing.RouteOptions>(routes => routes.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        services.AddSingleton<RateLimits>();
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    static void AddFeatures(IServiceCollection services, Assembly features)
    {
        var types = features.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false, ContainsGenericParameters: false }).ToList();
        services.AddCarter(options => options.OpenApi.Enabled = false, configurator: carter => carter.WithModules([.. types.Where(type => type.IsAssignableTo(typeof(Routes)))]));
        var modules = types.Where(type => type.IsAssignableTo(typeof(Routes))).Select(type => (Routes)Activator.CreateInstance(type)!).ToList();
        services.AddSingleton(provider => new Navigation(
            modules.SelectMany(module => module.Navigation.Select(item => new Navigation.Placed(item, RequestName.Of(module.GetType())))),
            provider.GetRequiredService<Text.Texts>()));
        foreach (var type in types)
            foreach (var role in type.GetInterfaces().Where(i => i.IsGenericType))
                if (role.GetGenericTypeDefinition() is var open && open == typeof(IRequestHandler<,>))
                    services.AddScoped(role, type);
                // Once: a validator compiles its rules when it is made.
                else if (open == typeof(IValidator<>))
                    services.AddSingleton(role, type);
        services.AddSingleton(new JobList([typeof(Outbox), typeof(Retention), .. types.Where(type => type.IsAssignableTo(typeof(IJob)))]));
        foreach (var warmUp in types.Where(type => type.IsAssignableTo(typeof(IWarmUp))))
            services.AddTransient(typeof(IWarmUp), warmUp);
        services.AddHostedService<WarmUps>();
        foreach (var verb in types.Where(type => type.IsAssignableTo(typeof(IVerb))))
            services.AddScoped(typeof(IVerb), verb);
        foreach (var source in types.Where(type => type.IsAssignableTo(typeof(ICallerSource))))
        {
            services.AddSingleton(source);
            services.AddSingleton(typeof(ICallerSource), provider => provider.GetRequiredService(source));
        }
        foreach (var area in types.Where(type => type.IsAssignableTo(typeof(IAreaServices))))
            area.GetMethod(nameof(IAreaServices.Add), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [services]);
    }

    /// <summary>Addresses with a content hash never change their content.</summary>
    static void KeepForEver(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";

    static void Use(WebApplication app, Settings settings)
    {
        app.Use(LocalSocket.Answer);
        Proxies.Use(app, settings);
        app.Use(SecurityHeaders.Apply);
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = KeepForEver });
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<RateLimits>().Apply);
        app.UseMiddleware<GateMiddleware>();
        app.MapCarter();
    }
}

/// <summary>Runs the warmUps before the first request is answered.</summary>
sealed class WarmUps(IEnumerable<IWarmUp> warmUps) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var warmUp in warmUps)
            warmUp.Run();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
