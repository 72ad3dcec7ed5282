using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Messaging;

/// <summary>
/// Work that becomes due as time passes: delays that ran out, the Monday report, mails owed. A job finds out by itself
/// what is due now, so that running it twice, or late, or after a crash changes nothing.
/// </summary>
public interface IJob
{
    /// <summary>How often to look.</summary>
    TimeSpan Every { get; }

    /// <summary>Whether it also runs while history is replayed, when the clock stands in the past.</summary>
    bool InReplay => false;

    /// <summary>Does what is due; returns whether there was anything.</summary>
    Task<bool> Run(CancellationToken ct);
}

/// <summary>Runs every job of the container, each at its own pace and in a scope of its own.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, JobList jobs, ILogger<JobRunner> log) : BackgroundService
{
    volatile bool held;

    /// <summary>Keeps the jobs from running by themselves while history is replayed; <see cref="RunReplayed"/> runs those that belong to it.</summary>
    public bool Held
    {
        get => held;
        set => held = value;
    }

    /// <summary>Runs the jobs that belong to a replay until nothing is due.</summary>
    public async Task RunReplayed(CancellationToken ct)
    {
        bool busy;
        do
        {
            busy = false;
            foreach (var type in jobs.Types)
            {
                await using var scope = scopes.CreateAsyncScope();
                var job = (IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, type);
                busy |= job.InReplay && await job.Run(ct);
            }
        }
        while (busy);
    }

    /// <summary>Runs each job once; returns whether any had something to do.</summary>
    public async Task<bool> RunAll(CancellationToken ct = default)
    {
        var busy = false;
        foreach (var job in jobs.Types)
            busy |= await RunOne(job, ct);
        return busy;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(jobs.Types.Select(job => Task.Run(() => Repeat(job, stoppingToken), stoppingToken)));

    async Task Repeat(Type job, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                if (Held)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }
                await using var scope = scopes.CreateAsyncScope();
                var instance = (IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job);
                pause = await instance.Run(ct) ? TimeSpan.Zero : instance.Every;
            }
#pragma warning disable CA1031 // one job's trouble must not end it, nor the others
            catch (Exception fault) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogError(fault, "The job {Job} failed; it will be tried again", job.Name);
                pause = TimeSpan.FromSeconds(30);
            }
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<bool> RunOne(Type job, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ((IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job)).Run(ct);
    }
}

/// <summary>The job types found by the scan.</summary>
public sealed record JobList(IReadOnlyList<Type> Types);
