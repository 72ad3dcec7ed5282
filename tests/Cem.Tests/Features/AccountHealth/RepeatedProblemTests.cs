using Cem.Server.Features.AccountHealth;

namespace Cem.Tests.Features.AccountHealth;

public sealed class RepeatedProblemTests
{
    static readonly DateOnly Today = new(2026, 3, 11);

    [Test]
    public void Three_passable_answers_of_three_people_are_one_repeated_problem()
    {
        var found = RepeatedProblem.Find([Report(5, 1, passable: true), Report(20, 2, passable: true), Report(59, 3, passable: true)], Today);

        Assert.That(found, Is.EqualTo(new[] { new RepeatedProblem("oa-sync", 3, 3, 3, Today.AddDays(-59), Today.AddDays(-5)) }));
    }

    [Test]
    public void What_is_older_than_60_days_does_not_count_nor_does_another_touchpoint()
    {
        Assert.That(RepeatedProblem.Find([Report(5, 1), Report(20, 2), Report(60, 3)], Today), Is.Empty);
        Assert.That(RepeatedProblem.Find([Report(5, 1), Report(20, 2), Report(30, 3, "invoice")], Today), Is.Empty);
        Assert.That(RepeatedProblem.Find([], Today), Is.Empty);
    }

    [Test]
    public void An_answer_and_a_ticket_of_one_person_on_one_day_are_one_report_and_the_graver_counts()
    {
        Assert.That(RepeatedProblem.Find([Report(5, 1), Report(5, 1, passable: true), Report(20, 1)], Today), Is.Empty);

        var found = RepeatedProblem.Find([Report(5, 1, passable: true), Report(5, 1), Report(20, 1), Report(30, 1)], Today).Single();

        Assert.That((found.Times, found.Reporters, found.Passable), Is.EqualTo((3, 1, 0)));
    }

    static Trouble Report(int daysAgo, long contact, string key = "oa-sync", bool passable = false) => new(Today.AddDays(-daysAgo), key, contact, passable);
}
