using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.LoadSample;

/// <summary>
/// <c>demo</c>: the server with the sample company, 78 weeks of it ending today. An empty data folder is filled over the
/// same REST calls that a CRM makes, the clock going through the weeks as they went; then last week's report is made and a
/// sign-in link printed. A folder that holds the sample is simply served.
/// </summary>
sealed class Verb(IMediator mediator, Settings settings, Store store, ServerClock clock, CompanyTime time, CompanyProfile company, Dispatcher dispatcher, JobRunner jobs, IServiceProvider services) : IVerb
{
    const string Loaded = "sample.loaded";

    public string Name => "demo";

    public string Usage => "[--urls URL] [--today YYYY-MM-DD]";

    public VerbRuns Runs => VerbRuns.AsServer;

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var today = Today(call);
        if (today != time.Today)
            clock.RunFrom(time.At(today, new TimeOnly(9, 0)));
        var state = store.Read(reader => reader.Find<string>(Sql.State, new { Name = Loaded }));
        if (state is null && store.Read(reader => reader.Single<bool>(Sql.HasData)))
            throw new InvalidDataException($"{settings.DataFolder} holds another company. Name an empty folder with --data, or serve this one.");
        if (state == "no")
            throw new InvalidDataException($"{settings.DataFolder} holds a sample that was not loaded to its end. Remove the folder and start again.");
        if (state is null)
            await Load(today, call, ct);
        var link = await mediator.Send(new AskSignInLink("wei.pan@qingyi.example", "潘薇", "administrator", null, settings.Language), ct);
        await call.Error.WriteLineAsync($"The sample company answers at {settings.PublicUrl}. Mails lie in {settings.OutboxFolder}.");
        await call.Error.WriteLineAsync("Sign in with this link (valid for 24 hours; run demo again for a new one):");
        await call.Output.WriteLineAsync(settings.PublicUrl + link.Path);
        return 0;
    }

    async Task Load(DateOnly today, VerbCall call, CancellationToken ct)
    {
        await Mark("no", ct);
        var start = clock.GetUtcNow();
        using var key = new StringWriter();
        await CommandLine.RunVerb(services, new CommandLine.Request("keys create", new Dictionary<string, string> { ["name"] = "CRM", ["scopes"] = "admin" }, []), key, call.Error, ct);
        using var api = new SampleClient(settings, key.ToString().Trim());
        var files = SampleFiles.Open(today);
        jobs.Held = true;
        try
        {
            await new Replay(files, api, mediator, clock, time, dispatcher, jobs, store, call.Error).Run(ct);
            var profile = files.Company;
            await store.Write(tx => CompanyStore.Put(tx, company, profile), ct);
            clock.RunFrom(today == time.DayOf(TimeProvider.System.GetUtcNow()) ? TimeProvider.System.GetUtcNow() : start);
            await api.Send(HttpMethod.Post, "/api/v1/reports:run", """{"mail": true}""", ct);
        }
        finally
        {
            jobs.Held = false;
        }
        await Mark("yes", ct);
        await call.Error.WriteLineAsync($"An API key for trying the calls of crm.http: {key.ToString().Trim()}");
    }

    DateOnly Today(VerbCall call) => call.Options.GetValueOrDefault("today") is not { } text
        ? time.DayOf(TimeProvider.System.GetUtcNow())
        : Wire.TryDay(text, out var day) ? day : throw new UsageException("--today is a date, YYYY-MM-DD.");

    Task Mark(string value, CancellationToken ct) => store.Write(tx => tx.Execute(Sql.Mark, new { Name = Loaded, Value = value, tx.Now }), ct);
}

file static class Sql
{
    public const string State = "SELECT value FROM housekeeping_settings WHERE name = @Name";

    public const string HasData = "SELECT EXISTS (SELECT 1 FROM customers_v_org_units) OR EXISTS (SELECT 1 FROM access_v_users)";

    public const string Mark = """
        INSERT INTO housekeeping_settings (name, value, updated_at) VALUES (@Name, @Value, @Now)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
        """;
}
