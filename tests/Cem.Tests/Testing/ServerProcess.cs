using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cem.Tests.Testing;

/// <summary>The real program as a process of its own, on a data folder that outlives it.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process process;
    readonly StringBuilder said = new();
    readonly TaskCompletionSource<string> printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ServerProcess(Process process) => this.process = process;

    /// <summary>What the program wrote to standard error.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>The line on standard output: the link to set the server up, at its first start.</summary>
    public Task<string> Printed => printed.Task;

    /// <summary>Starts the server and completes once it says that it answers.</summary>
    /// <param name="verb">The verb that serves.</param>
    public static async Task<ServerProcess> Start(string dataFolder, Uri address, string verb = "serve")
    {
        var server = new ServerProcess(Launch(verb, "--data", dataFolder, "--urls", address.GetLeftPart(UriPartial.Authority)));
        var answers = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.process.ErrorDataReceived += (_, line) =>
        {
            lock (server.said)
                server.said.AppendLine(line.Data);
            if (line.Data is null || line.Data.Contains("answers at", StringComparison.Ordinal))
                answers.TrySetResult(line.Data is not null);
        };
        server.process.OutputDataReceived += (_, line) => server.printed.TrySetResult(line.Data ?? "");
        server.process.BeginErrorReadLine();
        server.process.BeginOutputReadLine();
        if (!await answers.Task)
            Assert.Fail("The server ended at its start: " + server.Said);
        return server;
    }

    /// <summary>An address that nobody listens at.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Runs a verb to its end; returns what it printed on standard output.</summary>
    public static async Task<string> Run(params string[] arguments)
    {
        using var process = Launch(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Join(' ', arguments) + ": " + await error);
        return output.Trim();
    }

    /// <summary>SIGKILL: nothing of the program runs after it.</summary>
    public async Task Kill()
    {
        Assert.That(process.HasExited, Is.False, "The server ended by itself: " + Said);
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    static Process Launch(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cem.dll"), .. arguments])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;
}
