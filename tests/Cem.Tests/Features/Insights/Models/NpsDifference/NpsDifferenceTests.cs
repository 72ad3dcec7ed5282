using Cem.Server.Features.Insights.Models.Nps;
using Cem.Server.Features.Insights.Models.NpsDifference;

namespace Cem.Tests.Features.Insights.Models.NpsDifference;

public sealed class NpsDifferenceTests
{
    [Test]
    public void A_drop_of_37_points_on_twelve_answers_is_no_signal()
    {
        var answer = Ask.Model("nps-difference", """
            {"current":{"promoters":5,"passives":3,"detractors":4},"baseline":{"promoters":12,"passives":5,"detractors":3}}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Figure("difference"), Is.EqualTo(-36.7).Within(0.05));
            Assert.That(answer["significantAdj"]!.GetValue<bool>(), Is.False);
            Assert.That((string?)answer["sentence"], Does.StartWith("No significant change"));
        });
    }

    [Test]
    public void Two_groups_of_promoters_have_no_plain_z_but_an_adjusted_one()
    {
        var answer = Ask.Model("nps-difference", """
            {"current":{"promoters":8,"passives":0,"detractors":0},"baseline":{"promoters":5,"passives":0,"detractors":0}}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(answer["waldZ"], Is.Null);
            Assert.That(answer["waldP"], Is.Null);
            Assert.That(answer.Figure("adjP"), Is.InRange(0.5, 1));
            Assert.That(answer.Figure("permutationPExact"), Is.EqualTo(1).Within(1e-12));
        });
    }

    [Test]
    public void An_empty_group_leaves_nothing_to_compare()
    {
        var answer = Ask.Model("nps-difference", """
            {"current":{"promoters":0,"passives":0,"detractors":0},"baseline":{"promoters":5,"passives":0,"detractors":0}}
            """);
        Assert.Multiple(() =>
        {
            foreach (var field in new[] { "npsCurrent", "difference", "waldZ", "adjP", "adjLower", "significantAdj", "permutationPExact" })
                Assert.That(answer[field], Is.Null, field);
            Assert.That(answer.Figure("npsBaseline"), Is.EqualTo(100));
        });
    }

    [Test]
    public void The_permutation_p_is_only_given_where_it_is_cheap() => Assert.Multiple(() =>
    {
        Assert.That(NpsPermutation.TwoSidedP(new(200, 150, 100), new(150, 200, 100)), Is.InRange(0.01, 0.05));
        Assert.That(NpsPermutation.TwoSidedP(new(201, 150, 100), new(150, 200, 100)), Is.Null);
    });

    [Test]
    public void The_permutation_p_counts_every_split_of_a_tiny_sample()
    {
        // One promoter of the three in current, two of the three in baseline: 20 splits, all differ by 33 points or more.
        Assert.That(NpsPermutation.TwoSidedP(new NpsCounts(1, 2, 0), new NpsCounts(2, 1, 0)), Is.EqualTo(1).Within(1e-12));
        Assert.That(NpsPermutation.TwoSidedP(new NpsCounts(0, 3, 0), new NpsCounts(3, 0, 0)), Is.EqualTo(0.1).Within(1e-12));
    }
}
