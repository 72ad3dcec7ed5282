namespace Cem.Tests.Features.Insights.Models.PenaltyReward;

public sealed class PenaltyRewardTests
{
    [Test]
    public void Support_is_a_basic_factor_and_a_penalty_of_the_wrong_sign_reads_as_nothing()
    {
        var input = System.Text.Json.JsonSerializer.Serialize(OracleCase.Of("penalty_reward").First().Input);
        var answer = Ask.Model("penalty-reward", input);
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["factor"]!["Online support"], Is.EqualTo("basic"));
            Assert.That((string?)answer["factor"]!["Cleanliness"], Is.EqualTo("excitement"));
            Assert.That(answer["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.Contains("Cleanliness"));
        });
    }

    [Test]
    public void A_score_cannot_be_low_and_high() =>
        Assert.That(Ask.Refusal("penalty-reward", """{"data":"y,a\n1,1","outcome":"y","drivers":["a"],"lowScores":[1],"highScores":[1]}""").Pointer, Is.EqualTo("/highScores"));
}
