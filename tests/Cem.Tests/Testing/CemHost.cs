using System.Net;
using System.Net.Http.Headers;
using Cem.Contracts;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Cem.Tests.Testing;

/// <summary>
/// The real host on a data folder of its own, copied from one that was migrated once. Nothing happens behind a test's
/// back: the clock stands still, and what was told is delivered, and jobs run, in <see cref="Settle"/>.
/// </summary>
sealed class CemHost : IAsyncDisposable
{
    /// <summary>A Wednesday morning in Shanghai.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 11, 2, 0, 0, TimeSpan.Zero);

    static readonly Lazy<string> Template = new(MakeTemplate);

    readonly Func<WebApplication> build;
    readonly DirectoryInfo folder;
    WebApplication app;
    int people;
    int addresses;

    CemHost(Func<WebApplication> build, DirectoryInfo folder, ManualClock clock)
    {
        this.build = build;
        app = build();
        this.folder = folder;
        Clock = clock;
    }

    public ManualClock Clock { get; }

    public IServiceProvider Services => app.Services;

    public Store Store => Services.GetRequiredService<Store>();

    public string DataFolder => folder.FullName;

    /// <param name="adjust">Changes to the container, such as a mail transport that fails.</param>
    /// <param name="settings">Lines of <c>appsettings.json</c>, as JSON.</param>
    public static async Task<CemHost> Run(Action<IServiceCollection>? adjust = null, string timeZone = "Asia/Shanghai", string? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("cem-test-");
        File.Copy(Template.Value, Path.Combine(folder.FullName, "cem.db"));
        if (settings is not null)
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), settings);
        var clock = new ManualClock(Start);
        var host = new CemHost(() => Build(folder.FullName, clock, adjust, timeZone), folder, clock);
        await host.app.StartAsync();
        return host;
    }

    /// <summary>Stops the server and starts another on the same data folder; clients and browsers of the old one are of no more use.</summary>
    public async Task Restart()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        app = build();
        await app.StartAsync();
    }

    /// <summary>A client without any proof of who it is.</summary>
    public HttpClient Anonymous() => Client();

    /// <summary>A client on the server's own machine.</summary>
    public HttpClient Local() => new(app.GetTestServer().CreateHandler(context => context.Connection.RemoteIpAddress = IPAddress.Loopback)) { BaseAddress = new Uri("http://localhost") };

    /// <summary>A client with a fresh API key.</summary>
    public async Task<HttpClient> WithKey(params string[] scopes)
    {
        var client = Client();
        var made = await Send(new Server.Features.Access.CreateKey.Request("test", scopes));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Key);
        return client;
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    /// <param name="address">The IP address it calls from; null for one of its own.</param>
    public Browser Browser(string? address = null) => new(this, address);

    /// <summary>
    /// A browser in which a new user of this role is signed in: made by the server, signed in by a one-time link through the
    /// public door.
    /// </summary>
    /// <param name="role">One role.</param>
    /// <param name="orgUnitCode">An org unit that is there; null for the whole company.</param>
    public async Task<Browser> SignedIn(Roles role, string? orgUnitCode = null, string language = Languages.English)
    {
        var number = Interlocked.Increment(ref people);
        var link = await Send(new AskSignInLink($"person{number}@example.com", $"Person {number}",
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(role.ToString()), orgUnitCode, language));
        var browser = Browser();
        browser.UserId = link.UserId;
        using var answer = await browser.Post(link.Path);
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), "the link did not sign in");
        return browser;
    }

    /// <summary>Sends a request as the server itself, past the web.</summary>
    public async Task<T> Send<T>(IRequest<T> request, Caller? caller = null)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = caller ?? Caller.System;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>Runs a verb of the command line, as one handed over to the running server.</summary>
    public async Task<(int Code, string Output, string Error)> RunVerb(string verb, params string[] operands)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunVerb(Services, new CommandLine.Request(verb, new Dictionary<string, string>(), operands), output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Delivers everything that was told and runs every job until nothing is due.</summary>
    public async Task Settle()
    {
        do
            await Services.GetRequiredService<Dispatcher>().Drain();
        while (await Services.GetRequiredService<JobRunner>().RunAll());
    }

    public async Task Advance(TimeSpan by)
    {
        Clock.Advance(by);
        await Settle();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>The server as a message handler; each has an address of its own, as people do.</summary>
    internal HttpMessageHandler Handler(string? from = null)
    {
        var number = Interlocked.Increment(ref addresses);
        var address = from is null ? new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]) : IPAddress.Parse(from);
        return app.GetTestServer().CreateHandler(context => context.Connection.RemoteIpAddress = address);
    }

    HttpClient Client() => new(Handler()) { BaseAddress = new Uri("http://localhost") };

    static string MakeTemplate()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cem-template-").FullName, "cem.db");
        Migrator.Migrate(file, typeof(Program).Assembly);
        return file;
    }

    static WebApplication Build(string folder, ManualClock clock, Action<IServiceCollection>? adjust, string timeZone)
    {
        var settings = Settings.Read(folder, null) with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(timeZone), Language = Languages.English };
        return CemApplication.Build(settings, typeof(ContractsAssembly).Assembly, typeof(Program).Assembly, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.RemoveAll<IHostedService>();
            builder.Services.AddHostedService<WarmUps>();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            // A few rounds instead of a quarter of a million; PasswordsTests covers the real number.
            builder.Services.Replace(ServiceDescriptor.Singleton(new PasswordStrength(100)));
            adjust?.Invoke(builder.Services);
        });
    }
}
