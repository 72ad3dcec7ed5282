using System.Text.Json;

namespace Cem.Tests.Samples;

/// <summary>The sample company's files are what its generator makes, and everything they refer to exists.</summary>
public sealed class SampleFilesTests
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Accounts = ById("accounts.csv");
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Contacts = ById("contacts.csv");
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Users =
        SampleFiles.Csv("users.csv").ToDictionary(row => row["email"]);
    private static readonly HashSet<string> OrgUnits = [.. SampleFiles.Csv("org-units.csv").Select(row => row["code"])];
    private static readonly HashSet<string> Touchpoints =
        [.. SampleFiles.Json("touchpoints.json").EnumerateArray().Select(touchpoint => touchpoint.Text("code")!)];
    private static readonly IReadOnlyList<JsonElement> Events = SampleFiles.Lines("events.ndjson");
    private static readonly IReadOnlyList<JsonElement> Responses = SampleFiles.Lines("responses.ndjson");

    [Test]
    public void The_generator_makes_exactly_the_committed_files()
    {
        foreach (var (name, content) in TravelSaas.Sample.Generate(SampleFiles.Folder).Files())
            Assert.That(content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(SampleFiles.Folder, name))), name);
    }

    [Test]
    public void Org_units_come_after_their_parents()
    {
        var seen = new HashSet<string> { "" };
        Assert.That(SampleFiles.Csv("org-units.csv").Where(row => !seen.Contains(row["parent"]) | !seen.Add(row["code"])), Is.Empty);
        Assert.That(OrgUnits, Has.Count.EqualTo(14));
    }

    [Test]
    public void Every_user_and_account_has_an_org_unit_and_every_account_an_owner_there()
    {
        Assert.That(Users.Values.Where(user => !OrgUnits.Contains(user["orgUnit"])), Is.Empty);
        Assert.That(Accounts, Has.Count.EqualTo(240));
        Assert.That(Accounts.Values.Where(account => Users[account["owner"]]["orgUnit"] != account["orgUnit"]), Is.Empty);
    }

    [Test]
    public void Parents_of_accounts_come_before_them()
    {
        var seen = new HashSet<string> { "" };
        Assert.That(SampleFiles.Csv("accounts.csv").Where(row => !seen.Contains(row["parent"]) | !seen.Add(row["externalId"])), Is.Empty);
    }

    [Test]
    public void Names_of_accounts_differ()
    {
        Assert.That(Accounts.Values.Select(account => account["name"]), Is.Unique);
    }

    [Test]
    public void Every_contact_belongs_to_an_account_and_is_reached_in_a_reserved_domain_only()
    {
        Assert.That(Contacts, Has.Count.InRange(1300, 1500));
        Assert.That(Contacts.Values.Where(contact => !Accounts.ContainsKey(contact["account"])), Is.Empty);
        Assert.That(Contacts.Values.Select(contact => contact["email"]).Where(email => email != "" && !email.EndsWith(".example", StringComparison.Ordinal)), Is.Empty);
        Assert.That(Contacts.Values.Select(contact => contact["email"]).Where(email => email != ""), Is.Unique);
    }

    [Test]
    public void Events_are_in_time_order_before_the_end_and_refer_to_what_exists()
    {
        Assert.That(Events.Select(happened => happened.Instant("occurredAt")), Is.Ordered);
        Assert.That(Events[^1].Instant("occurredAt"), Is.LessThan(SampleFiles.End));
        Assert.That(Events.Select(happened => happened.Text("eventId")), Is.Unique);
        Assert.That(Events.Where(happened => !Touchpoints.Contains(happened.Text("touchpoint")!)), Is.Empty);
        Assert.That(Events.Where(happened => happened.Text("contact") is { } contact && Contacts[contact]["account"] != happened.Text("account")), Is.Empty);
    }

    [Test]
    public void Responses_are_in_time_order_and_their_contacts_belong_to_their_accounts()
    {
        Assert.That(Responses.Select(response => response.Instant("completedAt")), Is.Ordered);
        Assert.That(Responses[^1].Instant("completedAt"), Is.LessThan(SampleFiles.End));
        Assert.That(Responses.Select(response => response.Text("submissionId")), Is.Unique);
        Assert.That(Responses.Where(response => Contacts[response.Text("contact")!]["account"] != response.Text("account")), Is.Empty);
    }

    [Test]
    public void Nobody_answers_who_may_not_be_asked()
    {
        Assert.That(Responses.Select(response => Contacts[response.Text("contact")!])
            .Where(contact => contact["consent"] != "true" || contact["doNotSurvey"] == "true" || contact["email"] == ""), Is.Empty);
    }

    [Test]
    public void Every_response_follows_an_event_of_its_contact_within_two_weeks_and_fills_its_cell_of_the_matrix()
    {
        var cells = SampleFiles.Json("survey-matrix.json").GetProperty("cells").EnumerateArray()
            .ToDictionary(cell => (cell.Text("touchpoint"), cell.Text("role")));
        var events = Events.ToLookup(happened => (happened.Text("contact"), happened.Text("touchpoint")));
        foreach (var response in Responses)
        {
            var cell = cells[(response.Text("touchpoint"), Contacts[response.Text("contact")!]["role"])];
            Assert.That(response.Text("survey"), Is.EqualTo(cell.Text("survey")), response.Text("submissionId"));
            Assert.That(events[(response.Text("contact"), response.Text("touchpoint"))].Any(happened =>
                happened.Text("type") == cell.Text("trigger")
                && response.Instant("completedAt") > happened.Instant("occurredAt")
                && response.Instant("completedAt") < happened.Instant("occurredAt").AddDays(14)), response.Text("submissionId"));
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ById(string file) =>
        SampleFiles.Csv(file).ToDictionary(row => row["externalId"]);
}
