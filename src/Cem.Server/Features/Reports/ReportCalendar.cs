using Cem.Kernel.Time;

namespace Cem.Server.Features.Reports;

/// <summary>When the report of a week is due: on the Monday after it, at seven in the morning in company time.</summary>
static class ReportCalendar
{
    static readonly TimeOnly Morning = new(7, 0);

    /// <summary>The last week that is over.</summary>
    public static IsoWeek LastComplete(CompanyTime time) => time.ThisWeek.Add(-1);

    /// <summary>The last week whose report is due by now.</summary>
    public static IsoWeek LastDue(CompanyTime time) => time.ThisWeek.Add(time.Now >= time.At(time.ThisWeek.Monday, Morning) ? -1 : -2);
}
