using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Reports.PublishWeekly;

/// <summary>
/// Every Monday at seven, company time, makes the report of the week that is over for each reader's scope and language and mails
/// it: once, also after a crash, a clock change or beside another run. After a stop only the last complete week is made up for;
/// the server's own first report is that of the week it was set up in.
/// </summary>
sealed class Job(ReportPress press, ReportReaders readers, CompanyTime time, Db db, ILogger<Job> log) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var due = ReportCalendar.LastDue(time);
        var closed = db.Find<string>(Sql.LastClosed);
        if (closed is not null && (string.CompareOrdinal(closed, due.ToString()) >= 0 || !await Publish(due, ct)))
            return false;
        await db.Write(tx => tx.Execute(Sql.Close, new { Week = due.ToString(), tx.Now }), ct);
        return true;
    }

    /// <summary>False where a report could not be made: the week stays open, and what is missing is tried again.</summary>
    async Task<bool> Publish(IsoWeek week, CancellationToken ct)
    {
        var all = true;
        foreach (var readership in readers.Waiting(week.ToString(), 0))
        {
            try
            {
                await press.Publish(week, readership.Unit, readership.Language, readership.Readers, null, ct);
            }
#pragma warning disable CA1031 // one scope's trouble must not keep the others' reports back
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(fault, "The report of {Week} for org unit {OrgUnit} failed; it will be tried again", week, readership.Unit.Id);
                all = false;
            }
        }
        return all;
    }
}

file static class Sql
{
    public const string LastClosed = "SELECT MAX(week) FROM reports_weeks";

    public const string Close = "INSERT INTO reports_weeks (week, closed_at) VALUES (@Week, @Now) ON CONFLICT (week) DO NOTHING";
}
