using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cem.Benchmarks.Start;

/// <summary>The real program as a process of its own.</summary>
sealed class Program : IDisposable
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    readonly Process process;

    Program(Process process) => this.process = process;

    /// <summary>How long it took from its start to being ready.</summary>
    public TimeSpan Ready { get; private set; }

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts the program and completes once it is ready; <c>demo</c> once the sample company is loaded.</summary>
    /// <exception cref="InvalidOperationException">It ended before it was ready.</exception>
    public static async Task<Program> Start(string verb, string dataFolder)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var began = Stopwatch.GetTimestamp();
        var program = new Program(Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cem.dll"), verb, "--data", dataFolder, "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        var errors = program.process.StandardError.ReadToEndAsync();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        while (!await IsReady(client))
        {
            if (program.process.HasExited)
                throw new InvalidOperationException(await errors);
            await Task.Delay(BetweenLooks);
        }
        program.Ready = Stopwatch.GetElapsedTime(began);
        if (verb == "demo" && await program.process.StandardOutput.ReadLineAsync() is null)
            throw new InvalidOperationException(await errors);
        return program;
    }

    /// <summary>Asks it to end, and waits for that.</summary>
    public async Task Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
