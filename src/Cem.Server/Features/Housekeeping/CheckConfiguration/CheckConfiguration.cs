using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping.CheckConfiguration;

/// <summary>
/// <c>config check</c>: says which settings are in force. Wrong ones have been named, with exit code 78, before it comes
/// this far.
/// </summary>
sealed class Verb(Settings settings) : IVerb
{
    public string Name => "config check";

    public string Usage => "";

    public VerbRuns Runs => VerbRuns.WithoutServer;

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        await call.Output.WriteLineAsync($"""
            data folder    {settings.DataFolder}
            listens on     {settings.Urls}
            public address {settings.PublicUrl}
            proxies        {(settings.Proxies.Count == 0 ? "on this machine only" : string.Join(",", settings.Proxies))}
            time zone      {settings.TimeZone.Id}
            language       {settings.Language}
            working hours  {string.Join(",", settings.WorkingHours.Days.Order().Select(day => day.ToString()[..3]))} {settings.WorkingHours.From:HH:mm}-{settings.WorkingHours.To:HH:mm}
            mail           {(settings.Mail.Host is null ? "files in " + settings.OutboxFolder : $"{settings.Mail.Host}:{settings.Mail.Port} as {settings.Mail.From}")}
            """);
        return 0;
    }
}
