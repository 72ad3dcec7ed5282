using Cem.Kernel.Text;

namespace Cem.Tests.Kernel.Text;

public sealed class FormatsTests
{
    static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    static readonly Formats En = new(Languages.English, Shanghai);
    static readonly Formats Zh = new(Languages.Chinese, Shanghai);

    [TestCase(1234.55, 1, "1,234.6")]
    [TestCase(-0.04, 1, "0.0")]
    [TestCase(-3.25, 1, "−3.3")]
    [TestCase(0.5, 0, "1")]
    [TestCase(null, 1, "–")]
    [TestCase(double.NaN, 1, "–")]
    [TestCase(double.PositiveInfinity, 1, "–")]
    [TestCase(1e300, 0, null)]
    public void Numbers(double? value, int decimals, string? expected)
    {
        if (expected is null) Assert.That(En.Number(value, decimals), Does.StartWith("1,000,000"));
        else Assert.That(En.Number(value, decimals), Is.EqualTo(expected));
    }

    [TestCase(3.24, "+3.2")]
    [TestCase(-3.24, "−3.2")]
    [TestCase(0.04, "0.0")]
    [TestCase(-0.04, "0.0")]
    [TestCase(null, "–")]
    public void Signed(double? value, string expected) => Assert.That(Zh.Signed(value, 1), Is.EqualTo(expected));

    [Test]
    public void Dates_and_times_are_local()
    {
        var instant = new DateTimeOffset(2026, 3, 3, 18, 5, 0, TimeSpan.Zero);
        Assert.Multiple(() =>
        {
            Assert.That(En.Time(instant), Is.EqualTo("4 Mar 2026, 02:05"));
            Assert.That(Zh.Time(instant), Is.EqualTo("2026年3月4日 02:05"));
            Assert.That(Zh.Date(instant), Is.EqualTo("2026年3月4日"));
            Assert.That(En.Date((DateOnly?)null), Is.EqualTo("–"));
            Assert.That(En.DayMonth(new(2026, 3, 4)), Is.EqualTo("4 Mar"));
            Assert.That(Zh.Month(new(2026, 3, 4)), Is.EqualTo("2026年3月"));
        });
    }

    [TestCase(123450L, "CNY", "CN¥1,234.50", "¥1,234.50")]
    [TestCase(123400L, "USD", "$1,234", "US$1,234")]
    [TestCase(-123400L, "EUR", "−€1,234", "−€1,234")]
    [TestCase(1234L, "JPY", "JP¥1,234", "JP¥1,234")]
    [TestCase(1234L, "KWD", "KWD\u202f1.234", "KWD\u202f1.234")]
    [TestCase(long.MinValue, "CHF", "−CHF\u202f92,233,720,368,547,758.08", "−CHF\u202f92,233,720,368,547,758.08")]
    public void Money(long minor, string currency, string english, string chinese)
    {
        Assert.That(En.Money(minor, currency), Is.EqualTo(english));
        Assert.That(Zh.Money(minor, currency), Is.EqualTo(chinese));
    }

    [TestCase(123_456_700L, "$1.2M", "US$123万")]
    [TestCase(34_000_000_000L, "$340M", "US$3.4亿")]
    [TestCase(99_900L, "$999", "US$999")]
    [TestCase(0L, "$0", "US$0")]
    public void Money_at_a_glance(long minor, string english, string chinese)
    {
        Assert.That(En.MoneyShort(minor, "USD"), Is.EqualTo(english));
        Assert.That(Zh.MoneyShort(minor, "USD"), Is.EqualTo(chinese));
    }

    [TestCase(0, "0 s", "0 秒")]
    [TestCase(0.5, "30 s", "30 秒")]
    [TestCase(95, "1 h 35 min", "1 小时 35 分钟")]
    [TestCase(120, "2 h", "2 小时")]
    [TestCase(3 * 1440 + 5, "3 d", "3 天")]
    [TestCase(3 * 1440 + 240, "3 d 4 h", "3 天 4 小时")]
    public void Durations(double minutes, string english, string chinese)
    {
        Assert.That(En.Duration(TimeSpan.FromMinutes(minutes)), Is.EqualTo(english));
        Assert.That(Zh.Duration(TimeSpan.FromMinutes(minutes)), Is.EqualTo(chinese));
    }

    [TestCase(-0.5, "just now", "刚刚")]
    [TestCase(-1, "1 minute ago", "1 分钟前")]
    [TestCase(90, "in 1 hour", "1 小时后")]
    [TestCase(-60 * 24 * 59, "59 days ago", "59 天前")]
    [TestCase(60 * 24 * 100, "in 3 months", "3 个月后")]
    [TestCase(-60 * 24 * 800, "2 years ago", "2 年前")]
    public void Relative_times(double minutes, string english, string chinese)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(10);
        Assert.That(En.Relative(now.AddMinutes(minutes), now), Is.EqualTo(english));
        Assert.That(Zh.Relative(now.AddMinutes(minutes), now), Is.EqualTo(chinese));
    }
}
