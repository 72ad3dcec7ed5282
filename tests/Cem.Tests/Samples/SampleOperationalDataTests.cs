using System.Globalization;
using System.Text.Json;

namespace Cem.Tests.Samples;

/// <summary>The sample's O-data, indicators and journey refer to what exists, and the story account is busy in them.</summary>
public sealed class SampleOperationalDataTests
{
    private static readonly HashSet<string> Accounts = [.. SampleFiles.Csv("accounts.csv").Select(row => row["externalId"])];
    private static readonly Dictionary<string, string> ContactAccounts =
        SampleFiles.Csv("contacts.csv").ToDictionary(row => row["externalId"], row => row["account"]);
    private static readonly HashSet<string> Touchpoints =
        [.. SampleFiles.Json("touchpoints.json").EnumerateArray().Select(touchpoint => touchpoint.Text("code")!)];
    private static readonly IReadOnlyList<JsonElement> Indicators =
        [.. SampleFiles.Json("indicator-library.json").GetProperty("indicators").EnumerateArray()];

    [TestCaseSource(nameof(Sources))]
    public void Every_source_declares_exactly_the_columns_of_its_file_and_its_key_is_unique(JsonElement source)
    {
        var file = "operational/" + source.Text("file");
        var columns = File.ReadLines(Path.Combine(SampleFiles.Folder, file)).First().Split(',');
        Assert.That(source.GetProperty("fields").EnumerateArray().Select(field => field.Text("column")), Is.EqualTo(columns));
        var key = source.GetProperty("key").EnumerateArray().Select(column => column.GetString()!).ToArray();
        var rows = SampleFiles.Csv(file);
        Assert.That(rows.Select(row => string.Join('|', key.Select(column => row[column]))), Is.Unique);
        Assert.That(rows.Where(row => !Accounts.Contains(row["account"])), Is.Empty);
    }

    [Test]
    public void Tickets_belong_to_contacts_of_their_accounts_and_close_after_they_open()
    {
        var tickets = SampleFiles.Csv("operational/tickets.csv");
        Assert.That(tickets.Where(ticket => ContactAccounts[ticket["contact"]] != ticket["account"]), Is.Empty);
        Assert.That(tickets.Where(ticket => !Touchpoints.Contains(ticket["touchpoint"])), Is.Empty);
        Assert.That(tickets.Where(ticket => ticket["closedAt"] != ""
            && DateTimeOffset.Parse(ticket["closedAt"], CultureInfo.InvariantCulture) <= DateTimeOffset.Parse(ticket["openedAt"], CultureInfo.InvariantCulture)), Is.Empty);
    }

    [Test]
    public void Contract_years_follow_each_other_and_enough_of_them_ended_badly_to_model()
    {
        foreach (var years in SampleFiles.Csv("operational/contracts.csv").GroupBy(contract => contract["account"]))
            Assert.That(years.Skip(1).Select(year => year["start"]), Is.EqualTo(years.SkipLast(1).Select(year => year["end"])));
        var outcomes = SampleFiles.Csv("operational/contracts.csv").CountBy(contract => contract["outcome"]).ToDictionary();
        Assert.That(outcomes.Keys, Is.EquivalentTo(new[] { "renewed", "expanded", "reduced", "terminated", "pending" }));
        Assert.That(outcomes["terminated"], Is.GreaterThanOrEqualTo(20));
    }

    [Test]
    public void The_story_account_is_among_the_busiest_while_its_oa_tickets_repeat()
    {
        var story = TravelSaas.StoryAccount.Id;
        var last = SampleFiles.Csv("operational/usage-weekly.csv").GroupBy(row => row["week"]).Last()
            .OrderByDescending(row => double.Parse(row["activeUsers"], CultureInfo.InvariantCulture) / double.Parse(row["seats"], CultureInfo.InvariantCulture))
            .Select(row => row["account"]).ToList();
        Assert.That(last.IndexOf(story), Is.InRange(0, last.Count / 10));
        Assert.That(SampleFiles.Csv("operational/tickets.csv").Count(ticket => ticket["account"] == story && ticket["touchpoint"] == "oa-sync"
            && DateTimeOffset.Parse(ticket["openedAt"], CultureInfo.InvariantCulture) > SampleFiles.End.AddDays(-90)), Is.GreaterThanOrEqualTo(6));
    }

    [Test]
    public void Indicators_form_one_tree_of_four_levels_whose_weights_sum_to_one()
    {
        var levels = Indicators.ToDictionary(indicator => indicator.Text("code")!, indicator => indicator.GetProperty("level").GetInt32());
        Assert.That(Indicators.Count(indicator => indicator.Text("parent") is null), Is.EqualTo(1));
        foreach (var children in Indicators.Where(indicator => indicator.Text("parent") is not null).GroupBy(indicator => indicator.Text("parent")!))
        {
            Assert.That(children.Select(child => child.GetProperty("level").GetInt32()), Is.All.EqualTo(levels[children.Key] + 1), children.Key);
            Assert.That(children.Sum(child => child.GetProperty("weight").GetDouble()), Is.EqualTo(1).Within(1e-9), children.Key);
        }
        Assert.That(levels.Values.Distinct(), Is.EquivalentTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void Indicators_measure_questions_and_sources_that_exist()
    {
        var questions = SampleFiles.Surveys().SelectMany(survey => survey.Value.Select(question => (survey.Key, question.Text("id")!))).ToHashSet();
        var sources = Sources().Select(source => source.Text("code")).ToHashSet();
        foreach (var measure in Indicators.Where(indicator => indicator.TryGetProperty("measure", out _)).Select(indicator => indicator.GetProperty("measure")))
        {
            if (measure.Text("survey") is { } survey)
                Assert.That(questions, Does.Contain((survey, measure.Text("question")!)));
            foreach (var source in new[] { measure.Text("source"), Term("numerator"), Term("denominator") }.OfType<string>())
                Assert.That(sources, Does.Contain(source));

            string? Term(string name) => measure.TryGetProperty(name, out var term) ? term.Text("source") : null;
        }
    }

    [Test]
    public void The_journey_leads_through_every_touchpoint_and_its_blueprint_names_indicators_that_exist()
    {
        var stages = SampleFiles.Json("journey.json").GetProperty("journeys")[0].GetProperty("stages").EnumerateArray().ToArray();
        Assert.That(stages.SelectMany(stage => stage.GetProperty("scenes").EnumerateArray())
            .SelectMany(scene => scene.GetProperty("touchpoints").EnumerateArray()).Select(code => code.GetString()).Distinct(), Is.EquivalentTo(Touchpoints));
        var codes = Indicators.Select(indicator => indicator.Text("code")).ToHashSet();
        Assert.That(stages.SelectMany(stage => stage.GetProperty("blueprint").EnumerateObject())
            .SelectMany(lane => lane.Value.EnumerateArray()).Select(row => row.Text("indicator")).OfType<string>().Where(code => !codes.Contains(code)), Is.Empty);
    }

    private static IEnumerable<JsonElement> Sources() =>
        SampleFiles.Json("operational/sources.json").GetProperty("sources").EnumerateArray();
}
