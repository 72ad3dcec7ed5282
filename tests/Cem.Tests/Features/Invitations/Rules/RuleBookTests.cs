using Cem.Kernel.Time;
using Cem.Server.Features.Invitations.Rules;

namespace Cem.Tests.Features.Invitations.Rules;

public sealed class RuleBookTests
{
    static readonly ContactRules Default = new(30, 90, 3, 30, 0, 30, 14);
    static readonly DateTimeOffset Now = new(2026, 6, 15, 2, 0, 0, TimeSpan.Zero);

    [TestCase(30 * 24 * 60, null)]
    [TestCase(30 * 24 * 60 - 1, "clock-touchpoint")]
    [TestCase(0, "clock-touchpoint")]
    public void A_touchpoint_survey_is_due_again_exactly_thirty_days_later(int minutesAgo, string? reason) =>
        Assert.That(Book().Against(Ann with { LastTouchpointAt = Now.AddMinutes(-minutesAgo) }, "touchpoint", "email", None), Is.EqualTo(reason));

    [TestCase(90 * 24 * 60, null)]
    [TestCase(90 * 24 * 60 - 1, "clock-relationship")]
    public void A_relationship_survey_is_due_again_exactly_ninety_days_later(int minutesAgo, string? reason) =>
        Assert.That(Book().Against(Ann with { LastRelationshipAt = Now.AddMinutes(-minutesAgo) }, "relationship", "email", None), Is.EqualTo(reason));

    [Test]
    public void The_clocks_do_not_see_each_other()
    {
        Assert.That(Book().Against(Ann with { LastTouchpointAt = Now }, "relationship", "email", None), Is.Null);
        Assert.That(Book().Against(Ann with { LastRelationshipAt = Now }, "touchpoint", "email", None), Is.Null);
    }

    [Test]
    public void Thirty_days_are_company_days_also_across_a_clock_change()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        // On 29 March 2026 clocks go forward there: from 9:00 on the 20th to 9:00 thirty days on, 719 hours pass.
        var sent = new DateTimeOffset(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(1));
        var later = new DateTimeOffset(2026, 4, 19, 9, 0, 0, TimeSpan.FromHours(2));

        Assert.That(Book(at: later, zone: berlin).Against(Ann with { LastTouchpointAt = sent }, "touchpoint", "email", None), Is.Null);
        Assert.That(Book(at: later, zone: TimeZoneInfo.Utc).Against(Ann with { LastTouchpointAt = sent }, "touchpoint", "email", None), Is.EqualTo("clock-touchpoint"));
    }

    [Test]
    public void The_budget_counts_other_contacts_of_the_account()
    {
        Assert.That(Book().Against(Ann, "touchpoint", "email", new HashSet<long> { 7, 8 }), Is.Null);
        Assert.That(Book().Against(Ann, "touchpoint", "email", new HashSet<long> { 7, 8, 9 }), Is.EqualTo("account-budget"));
        Assert.That(Book().Against(Ann, "touchpoint", "email", new HashSet<long> { 7, 8, Ann.ContactId }), Is.Null, "asking the same person again asks nobody else");
    }

    [Test]
    public void Zero_days_switch_a_rule_off()
    {
        var off = Default with { TouchpointDays = 0, BudgetDays = 0 };

        Assert.That(Book(off).Against(Ann with { LastTouchpointAt = Now }, "touchpoint", "email", new HashSet<long> { 7, 8, 9 }), Is.Null);
    }

    [Test]
    public void Only_mail_needs_an_address()
    {
        Assert.That(RuleBook.AgainstPerson(Ann with { HasAddress = false }, "email"), Is.EqualTo("no-address"));
        Assert.That(RuleBook.AgainstPerson(Ann with { HasAddress = false }, "link"), Is.Null);
    }

    [Test]
    public void Drawing_is_the_same_each_time_and_keeps_to_the_share()
    {
        var drawn = Enumerable.Range(0, 10_000).Count(contact => RuleBook.IsDrawn(42, contact, 0.3));

        Assert.That(drawn, Is.InRange(2850, 3150));
        Assert.That(Enumerable.Range(0, 10_000).Count(contact => RuleBook.IsDrawn(42, contact, 0.3)), Is.EqualTo(drawn));
        Assert.That(Enumerable.Range(0, 1000).All(contact => RuleBook.IsDrawn(42, contact, 1)), Is.True);
        Assert.That(Enumerable.Range(0, 1000).Any(contact => RuleBook.IsDrawn(42, contact, 0)), Is.False);
    }

    [Test]
    public void Every_reason_has_words_in_both_languages()
    {
        var codes = typeof(Reasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!).ToList();

        Assert.That(codes, Is.Not.Empty);
        Assert.That(codes, Is.EquivalentTo(Reasons.All.Keys));
    }

    static readonly IReadOnlySet<long> None = new HashSet<long>();

    static Candidate Ann => new(1, "ann", 2, 3, "user", "en", Consent: true, DoNotSurvey: false, Erased: false, HasAddress: true, Unsubscribed: false, null, null);

    static RuleBook Book(ContactRules? rules = null, DateTimeOffset? at = null, TimeZoneInfo? zone = null) =>
        new(rules ?? Default, new CompanyTime(TimeProvider.System, zone ?? TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), WorkingHours.Default), at ?? Now);
}
