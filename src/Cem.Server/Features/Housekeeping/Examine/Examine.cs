using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping.Examine;

/// <summary>
/// <c>doctor</c>: looks at everything an operator should know of, says what is well and what is not, and ends with 1 when
/// something needs a person.
/// </summary>
sealed class Verb(Store store, Settings settings, Templates templates) : IVerb
{
    const long LeastFreeBytes = 1024L * 1024 * 1024;

    public string Name => "doctor";

    public string Usage => "";

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        var findings = Look().ToList();
        foreach (var finding in findings)
            await call.Output.WriteLineAsync($"{(finding.Well ? "ok  " : "BAD ")} {finding.Text}");
        return findings.TrueForAll(finding => finding.Well) ? 0 : 1;
    }

    IEnumerable<Finding> Look()
    {
        var faults = store.FindFaults();
        yield return new(faults.Count == 0, faults.Count == 0
            ? $"database {settings.DatabaseFile}, {new FileInfo(settings.DatabaseFile).Length / 1024} kB, sound"
            : $"database {settings.DatabaseFile} is damaged: {string.Join("; ", faults.Take(3))}. Restore the latest back-up.");
        var counts = store.Read(reader => reader.Single<Counts>(Sql.Count));
        yield return new(counts.Parked == 0, counts.Parked == 0 ? $"facts: {counts.Owed} on their way" : $"facts: {counts.Parked} deliveries gave up; see Settings, Mail and deliveries");
        yield return new(counts.FailedMails == 0, counts.FailedMails == 0 ? $"mails: {counts.OwedMails} owed" : $"mails: {counts.FailedMails} could not be sent; see Settings, Mail and deliveries");
        yield return new(true, settings.Mail.Host is null ? $"mails are written to {settings.OutboxFolder}" : $"mails leave by {settings.Mail.Host}:{settings.Mail.Port}");
        foreach (var broken in templates.Broken)
            yield return new(false, $"template {broken.Template} of this installation is not used: {broken.Reason}");
        var free = new DriveInfo(settings.DataFolder).AvailableFreeSpace;
        yield return new(free > LeastFreeBytes, $"free space: {free / 1024 / 1024} MB");
        yield return new(true, $"time zone {settings.TimeZone.Id}, public address {settings.PublicUrl}");
    }

    sealed record Finding(bool Well, string Text);
}

file sealed record Counts(int Owed, int Parked, int OwedMails, int FailedMails);

file static class Sql
{
    public const string Count = """
        SELECT (SELECT COUNT(*) FROM kernel_v_owed) AS owed, (SELECT COUNT(*) FROM kernel_v_parked) AS parked,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'owed') AS owed_mails,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'failed') AS failed_mails
        """;
}
