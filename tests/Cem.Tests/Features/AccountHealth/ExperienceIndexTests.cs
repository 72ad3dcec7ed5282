using Cem.Server.Features.AccountHealth;

namespace Cem.Tests.Features.AccountHealth;

public sealed class ExperienceIndexTests
{
    static readonly DateOnly Today = new(2026, 3, 11);

    [Test]
    public void Who_decides_weighs_more_and_an_answer_of_90_days_ago_half()
    {
        // (4 · 30 + 1 · 90 + 0.5 · 1 · 60) / 5.5
        var index = ExperienceIndex.Of([Said(0, "decisionMaker", 30), Said(0, "user", 90), Said(90, "user", 60)], Today);

        Assert.That(index.Value, Is.EqualTo(240 / 5.5).Within(1e-9));
        Assert.That(index.Roles.Select(part => (part.Code, part.N)), Is.EqualTo(new[] { ("decisionMaker", 1), ("user", 2) }));
        Assert.That(index.Roles.Sum(part => part.Weight), Is.EqualTo(1).Within(1e-12));
        Assert.That(index.Value, Is.GreaterThan(index.Lower!.Value).And.LessThan(index.Upper!.Value));
    }

    [Test]
    public void Below_three_answers_of_a_year_there_is_no_index()
    {
        Assert.That(ExperienceIndex.Of([], Today), Has.Property("Value").Null.And.Property("N").Zero);
        Assert.That(ExperienceIndex.Of([Said(1, "user", 50)], Today).Value, Is.Null);
        Assert.That(ExperienceIndex.Of([Said(1, "user", 50), Said(2, "user", 50), Said(365, "user", 50)], Today), Has.Property("Value").Null.And.Property("N").EqualTo(2));
    }

    [Test]
    public void The_touchpoint_that_takes_most_off_comes_first_not_the_lowest_of_one_old_answer()
    {
        var index = ExperienceIndex.Of([Said(1, "user", 40, "oa"), Said(2, "user", 40, "oa"), Said(300, "user", 10, "app"), Said(1, "user", 95, "booking")], Today);

        Assert.That(index.Touchpoints.Select(part => part.Code), Is.EqualTo(new[] { "oa", "app", "booking" }));
    }

    static Heard Said(int daysAgo, string role, double score, string? touchpoint = null) => new(Today.AddDays(-daysAgo), role, null, touchpoint, score, null);
}
