using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Cem.Benchmarks.Import;

/// <summary>The server as its own process on a data folder of its own, so that the memory it takes is its own.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cem.dll");

    readonly Process process;
    readonly DirectoryInfo folder;

    ServerProcess(Process process, DirectoryInfo folder, HttpClient client) => (this.process, this.folder, Client) = (process, folder, client);

    /// <summary>A client with a key for everything.</summary>
    public HttpClient Client { get; }

    public static async Task<ServerProcess> Start()
    {
        var folder = Directory.CreateTempSubdirectory("cem-benchmark-");
        var address = $"http://127.0.0.1:{FreePort()}";
        var key = (await Output("keys", "create", "--name", "benchmark", "--scopes", "admin", "--data", folder.FullName)).Trim();
        var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "serve", "--data", folder.FullName, "--urls", address]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        while (!await Answers(client))
            await Task.Delay(100);
        return new ServerProcess(process, folder, client);
    }

    /// <summary>The most memory the process has held so far, in MB.</summary>
    public double PeakMemory()
    {
        var line = File.ReadLines($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static async Task<string> Output(params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0 ? output : throw new InvalidOperationException($"cem {string.Join(' ', arguments)} ended with {command.ExitCode}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
