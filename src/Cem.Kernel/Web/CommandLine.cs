using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cem.Kernel.Web;

/// <summary>
/// <c>cem VERB [options]</c>. Verbs that need the database run inside the server when one is running on the data folder
/// (over its socket) and in this process otherwise, for only one process ever writes to the file.
/// </summary>
public sealed class CommandLine(Assembly contracts, Assembly features)
{
    const int Failed = 1;
    const int WrongUsage = 2;
    const int WrongSettings = 78;

    public async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var (words, options) = Split(args);
            var settings = Settings.Read(options.GetValueOrDefault("data") ?? "./data", options.GetValueOrDefault("urls"));
            var verb = FindVerb(words);
            var request = new Request(verb.Name, options, [.. words.Skip(verb.Name.Count(c => c == ' ') + 1)]);
            return verb.Runs switch
            {
                VerbRuns.AsServer => await Serve(settings, request, output, error),
                VerbRuns.WithDatabase when await HandOver(settings, request) is { } answer => await Print(answer, output, error),
                _ => await RunHere(settings, request, output, error),
            };
        }
        catch (UsageException fault)
        {
            await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync(Usage());
            return WrongUsage;
        }
        catch (SettingsException fault)
        {
            await error.WriteLineAsync(fault.Message);
            return WrongSettings;
        }
        catch (Exception fault) when (fault is Problem or IOException or InvalidDataException)
        {
            await error.WriteLineAsync(fault.Message);
            return Failed;
        }
    }

    /// <summary>Runs a verb in a scope of its own, as the server itself.</summary>
    public static async Task<int> RunVerb(IServiceProvider services, Request request, TextWriter output, TextWriter error, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = Caller.System;
        var verb = scope.ServiceProvider.GetServices<IVerb>().Single(verb => verb.Name == request.Verb);
        return await verb.Run(new VerbCall(request.Options, request.Operands, output, error), ct);
    }

    async Task<int> Serve(Settings settings, Request request, TextWriter output, TextWriter error)
    {
        await using var app = CemApplication.Build(settings, contracts, features);
        await app.StartAsync();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            File.SetUnixFileMode(settings.SocketFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            var code = await RunVerb(app.Services, request, output, error, app.Lifetime.ApplicationStopping);
            if (code == 0)
                await app.WaitForShutdownAsync();
            return code;
        }
        finally
        {
            await app.StopAsync();
        }
    }

    async Task<int> RunHere(Settings settings, Request request, TextWriter output, TextWriter error)
    {
        await using var app = CemApplication.Build(settings, contracts, features);
        return await RunVerb(app.Services, request, output, error, CancellationToken.None);
    }

    static async Task<Answer?> HandOver(Settings settings, Request request)
    {
        if (!File.Exists(settings.SocketFile))
            return null;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(settings.SocketFile), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = TimeSpan.FromHours(1) };
        try
        {
            using var response = await client.PostAsJsonAsync(LocalSocket.Path, request, Json.Stored);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<Answer>(Json.Stored);
        }
        catch (HttpRequestException fault) when (fault.InnerException is SocketException)
        {
            // The socket of a server that is gone.
            return null;
        }
    }

    static async Task<int> Print(Answer answer, TextWriter output, TextWriter error)
    {
        await output.WriteAsync(answer.Output);
        await error.WriteAsync(answer.Error);
        return answer.Code;
    }

    IVerb FindVerb(List<string> words)
    {
        if (words.Count == 0)
            throw new UsageException("A verb is needed.");
        var verbs = Verbs();
        return verbs.FirstOrDefault(verb => verb.Name.Contains(' ', StringComparison.Ordinal) && words.Count > 1 && verb.Name == $"{words[0]} {words[1]}")
            ?? verbs.FirstOrDefault(verb => verb.Name == words[0])
            ?? throw new UsageException($"There is no verb '{string.Join(' ', words)}'.");
    }

    string Usage() => "Usage: cem VERB [--data DIR]" + string.Concat(Verbs().OrderBy(verb => verb.Name, StringComparer.Ordinal)
        .Select(verb => $"{Environment.NewLine}  {verb.Name} {verb.Usage}".TrimEnd()));

    // Only names and usage are read from these; the one that runs is made by the container.
    List<IVerb> Verbs() => [.. features.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IVerb)))
        .Select(type => (IVerb)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))];

    static (List<string> Words, Dictionary<string, string> Options) Split(string[] args)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                words.Add(args[i]);
            else if (i + 1 < args.Length)
                options[args[i][2..]] = args[++i];
            else
                throw new UsageException($"{args[i]} needs a value.");
        }
        return (words, options);
    }

    /// <summary>A verb as it is handed to a running server.</summary>
    public sealed record Request(string Verb, IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Operands);

    /// <summary>What the server answers.</summary>
    public sealed record Answer(int Code, string Output, string Error);
}
