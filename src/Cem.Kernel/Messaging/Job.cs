using System.Collections.Concurrent;
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
public sealed class JobRunner(IServiceScopeFactory scopes, JobList jobs, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    /// <summary>How long a job rests after it failed.</summary>
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, JobState> states = new(jobs.Types.ToDictionary(NameOf, type => new JobState(NameOf(type), null, 0, null, null)));
    readonly Dictionary<string, SemaphoreSlim> hurry = jobs.Types.ToDictionary(NameOf, _ => new SemaphoreSlim(0, 1));
    volatile bool held;

    /// <summary>Keeps the jobs from running by themselves while history is replayed; <see cref="RunReplayed"/> runs those that belong to it.</summary>
    public bool Held
    {
        get => held;
        set => held = value;
    }

    /// <summary>How each job has fared since the server started, by name.</summary>
    public IReadOnlyList<JobState> States => [.. states.Values.OrderBy(state => state.Name, StringComparer.Ordinal)];

    /// <summary>Ends a job's rest; without a name, that of all that failed.</summary>
    public void Hurry(string? name)
    {
        foreach (var state in states.Values.Where(state => name is null ? state.Failures > 0 : state.Name == name))
            if (hurry[state.Name] is { CurrentCount: 0 } rest)
                rest.Release();
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
                pause = await Run(job, instance, ct) ? TimeSpan.Zero : instance.Every;
            }
#pragma warning disable CA1031 // one job's trouble must not end it, nor the others
            catch (Exception fault) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogError(fault, "The job {Job} failed; it will be tried again", NameOf(job));
                pause = AfterFailure;
            }
            if (pause > TimeSpan.Zero)
                await ((Task)hurry[NameOf(job)].WaitAsync(pause, ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<bool> RunOne(Type job, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Run(job, (IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job), ct);
    }

    async Task<bool> Run(Type job, IJob instance, CancellationToken ct)
    {
        var name = NameOf(job);
        try
        {
            var busy = await instance.Run(ct);
            states[name] = new JobState(name, clock.GetUtcNow(), 0, null, null);
            return busy;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var before = states[name];
            states[name] = before with { Failures = before.Failures + 1, FailedAt = clock.GetUtcNow(), Error = $"{fault.GetType().Name}: {fault.Message}" };
            throw;
        }
    }

    public override void Dispose()
    {
        foreach (var rest in hurry.Values)
            rest.Dispose();
        base.Dispose();
    }

    /// <summary>A job is called after its slice, <c>Reports.PublishWeekly</c>; those of the kernel by their own name.</summary>
    static string NameOf(Type job) =>
        string.Join('.', job.Namespace!.Split('.').SkipWhile(part => part != "Features").Skip(1)) is { Length: > 0 } slice ? slice : job.Name;
}

/// <summary>How a job has fared since the server started.</summary>
/// <param name="DoneAt">When it last ran to its end.</param>
/// <param name="Failures">How often it has failed since then.</param>
public sealed record JobState(string Name, DateTimeOffset? DoneAt, int Failures, DateTimeOffset? FailedAt, string? Error);

/// <summary>The job types found by the scan.</summary>
public sealed record JobList(IReadOnlyList<Type> Types);
