using System.Text.Json;

namespace Cem.Tests.Samples;

/// <summary>The sample tells what it is there to tell: the story account, and work orders in every state.</summary>
public sealed class SampleStoryTests
{
    private static readonly string Story = TravelSaas.StoryAccount.Id;
    private static readonly IReadOnlyList<JsonElement> Events = SampleFiles.Lines("events.ndjson");
    private static readonly IReadOnlyList<JsonElement> Responses = SampleFiles.Lines("responses.ndjson");
    private static readonly IReadOnlyList<JsonElement> Actions = SampleFiles.Lines("work-order-actions.ndjson");

    /// <summary>From which states an action leads where; a fresh order is open.</summary>
    private static readonly Dictionary<string, (string[] From, string? To)> Moves = new()
    {
        ["accept"] = (["open", "reopened"], "accepted"),
        ["note"] = (["open", "accepted", "resolved", "reopened"], null),
        ["transfer"] = (["open", "accepted", "reopened"], "open"),
        ["resolve"] = (["accepted"], "resolved"),
        ["close"] = (["resolved"], "closed"),
        ["reopen"] = (["resolved", "closed"], "reopened"),
    };

    [Test]
    public void The_story_account_renews_in_60_days_and_reports_the_same_oa_trouble_again_and_again()
    {
        var account = SampleFiles.Csv("accounts.csv").Single(row => row["externalId"] == Story);
        Assert.That(account["renewalDate"], Is.EqualTo($"{SampleFiles.End.AddDays(60):yyyy-MM-dd}"));
        var trouble = Responses.Where(response => response.Text("account") == Story && response.Text("touchpoint") == "oa-sync"
            && response.Instant("completedAt") > SampleFiles.End.AddDays(-90)).ToArray();
        Assert.That(trouble, Has.Length.GreaterThanOrEqualTo(6));
        Assert.That(trouble.Select(response => response.Text("contact")).Distinct().Count(), Is.GreaterThanOrEqualTo(5));
        Assert.That(trouble.Select(response => response.GetProperty("answers").GetProperty("nps").GetInt32()), Has.Some.InRange(7, 8));
        Assert.That(Events.Count(happened => happened.Text("account") == Story
            && happened.TryGetProperty("attributes", out var attributes) && attributes.Text("verdict") == "not our system"
            && happened.Instant("occurredAt") > SampleFiles.End.AddDays(-90)), Is.GreaterThanOrEqualTo(4));
    }

    [Test]
    public void Its_decision_maker_was_asked_again_but_has_been_silent_for_half_a_year()
    {
        var decider = SampleFiles.Csv("contacts.csv").Single(row => row["account"] == Story && row["role"] == "decisionMaker")["externalId"];
        var answered = Responses.Where(response => response.Text("contact") == decider).Select(response => response.Instant("completedAt")).ToArray();
        Assert.That(answered, Is.Not.Empty);
        Assert.That(answered.Max(), Is.LessThan(SampleFiles.End.AddDays(-180)));
        Assert.That(Events.Count(happened => happened.Text("contact") == decider && happened.Instant("occurredAt") > answered.Max()), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void Work_orders_are_raised_by_answers_that_match_a_rule_and_move_only_as_allowed()
    {
        var raised = Alerts();
        var staff = SampleFiles.Csv("users.csv").Select(row => row["email"]).ToHashSet();
        var states = new Dictionary<string, string>();
        Assert.That(Actions.Select(action => action.Instant("at")), Is.Ordered);
        foreach (var action in Actions)
        {
            var order = action.Text("submissionId")!;
            Assert.That(raised.ContainsKey(order), order);
            Assert.That(action.Instant("at"), Is.GreaterThan(raised[order].Instant("completedAt")));
            Assert.That(staff, Does.Contain(action.Text("by")!));
            Assert.That(staff, Does.Contain(action.Text("to") ?? action.Text("by")!));
            var (from, to) = Moves[action.Text("action")!];
            var state = states.GetValueOrDefault(order, "open");
            Assert.That(from, Does.Contain(state), $"{order} {action.Text("action")}");
            states[order] = to ?? state;
        }
        Assert.That(states.Values.Distinct(), Is.SupersetOf(new[] { "accepted", "resolved", "closed", "reopened" }));
    }

    [Test]
    public void Some_alerts_of_the_last_days_are_untouched_and_some_work_orders_lie_about_for_weeks()
    {
        var last = Actions.GroupBy(action => action.Text("submissionId")!).ToDictionary(order => order.Key, order => order.Last());
        Assert.That(Alerts().Count(alert => !last.ContainsKey(alert.Key)
            && alert.Value.Instant("completedAt") > SampleFiles.End.AddDays(-3)), Is.Positive);
        Assert.That(last.Values.Count(action => action.Text("action") is "accept" or "note" or "reopen"
            && action.Instant("at") < SampleFiles.End.AddDays(-10)), Is.GreaterThanOrEqualTo(3));
    }

    private static Dictionary<string, JsonElement> Alerts()
    {
        var rules = SampleFiles.Json("alert-rules.json").GetProperty("rules").EnumerateArray().ToArray();
        return Responses.Where(response => rules.Any(rule => rule.Text("survey") == response.Text("survey")
            && response.GetProperty("answers").TryGetProperty(rule.Text("question")!, out var score)
            && score.GetInt32() <= rule.GetProperty("atMost").GetInt32())).ToDictionary(response => response.Text("submissionId")!);
    }
}
