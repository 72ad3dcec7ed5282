using Cem.Kernel.Time;
using Cem.Tests.Testing;

namespace Cem.Tests.Kernel.Time;

public sealed class CompanyTimeTests
{
    [TestCase("2021-01-03", "2020-W53")]
    [TestCase("2021-01-04", "2021-W01")]
    [TestCase("2026-12-31", "2026-W53")]
    public void Weeks_are_those_of_iso_8601(string day, string week)
    {
        Assert.That(IsoWeek.Of(DateOnly.Parse(day, null)).ToString(), Is.EqualTo(week));
        Assert.That(IsoWeek.TryParse(week, out var parsed) && parsed.Monday <= DateOnly.Parse(day, null) && DateOnly.Parse(day, null) <= parsed.Sunday);
    }

    [TestCase("2026-W54")]
    [TestCase("2025-W53")]
    [TestCase("2026-W00")]
    [TestCase("2026W01")]
    public void A_week_that_is_none_is_refused(string text) => Assert.That(IsoWeek.TryParse(text, out _), Is.False);

    [Test]
    public void A_day_is_the_companys_own()
    {
        var time = In("Asia/Shanghai");

        Assert.That(time.DayOf(new DateTimeOffset(2026, 3, 1, 16, 30, 0, TimeSpan.Zero)), Is.EqualTo(new DateOnly(2026, 3, 2)));
    }

    [TestCase("2026-03-29", "02:30", "2026-03-29T01:30:00Z", Description = "skipped in spring: an hour later")]
    [TestCase("2026-10-25", "02:30", "2026-10-25T00:30:00Z", Description = "twice in autumn: the earlier")]
    [TestCase("2026-07-01", "08:00", "2026-07-01T06:00:00Z")]
    public void A_wall_clock_time_comes_exactly_once_also_when_clocks_change(string day, string at, string instant) =>
        Assert.That(In("Europe/Berlin").At(DateOnly.Parse(day, null), TimeOnly.Parse(at, null)), Is.EqualTo(DateTimeOffset.Parse(instant, null)));

    [TestCase("2026-03-13T16:00+08:00", 4, "2026-03-16T11:00+08:00", Description = "Friday afternoon goes on on Monday")]
    [TestCase("2026-03-14T12:00+08:00", 1, "2026-03-16T10:00+08:00", Description = "a weekend counts nothing")]
    [TestCase("2026-03-11T09:00+08:00", 9, "2026-03-11T18:00+08:00", Description = "a whole working day ends that day")]
    [TestCase("2026-03-11T20:00+08:00", 0, "2026-03-12T09:00+08:00", Description = "after hours starts the next morning")]
    public void Promises_are_counted_in_working_time(string from, int hours, string due) =>
        Assert.That(In("Asia/Shanghai").AddWorkingTime(DateTimeOffset.Parse(from, null), TimeSpan.FromHours(hours)), Is.EqualTo(DateTimeOffset.Parse(due, null)));

    static CompanyTime In(string zone) => new(new ManualClock(CemHost.Start), TimeZoneInfo.FindSystemTimeZoneById(zone), WorkingHours.Default);
}
