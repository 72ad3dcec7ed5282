using System.Text.Json;

namespace TravelSaas;

/// <summary>The whole sample company in memory, and the files it is written to.</summary>
internal sealed record Sample(
    Definitions Definitions, Span Span, IReadOnlyList<User> Staff, IReadOnlyList<Account> Accounts,
    IReadOnlyList<Event> Events, IReadOnlyList<Response> Responses, IReadOnlyList<WorkOrderAction> Actions)
{
    /// <summary>Makes everything from the hand-written definitions in <paramref name="folder"/>; the same each time.</summary>
    public static Sample Generate(string folder)
    {
        var definitions = Definitions.Read(folder);
        var span = new Span(definitions.EndsOn);
        var staff = TravelSaas.Staff.Make(definitions.OrgUnits);
        var accounts = TravelSaas.Accounts.Make(definitions, staff, span);
        foreach (var account in accounts)
            Contacts.AddTo(account, span);
        var usual = InOrder(TravelSaas.Events.Make(accounts, span), happened => happened.At);
        var story = StoryAccount.Script(accounts.Single(account => account.IsStory), span).ToArray();
        var events = InOrder(usual.Concat(story.Select(scripted => scripted.Event)), happened => happened.At);
        var responses = InOrder(
            Answering.Make(usual, definitions, span).Concat(story.Select(scripted => scripted.Response).OfType<Response>()),
            response => response.CompletedAt);
        for (var i = 0; i < events.Count; i++)
            events[i].Id = $"evt-{i + 1:00000}";
        for (var i = 0; i < responses.Count; i++)
            responses[i].Id = $"sub-{i + 1:00000}";
        return new(definitions, span, staff, accounts, events, responses,
            WorkOrders.Make(responses, staff, definitions.AlertRules, span));
    }

    /// <summary>The generated files: name within the folder, and content.</summary>
    public IEnumerable<(string Name, byte[] Content)> Files() =>
    [
        ("users.csv", Output.Csv("email,name,role,orgUnit,language",
            Staff.Select(user => new object?[] { user.Email, user.Name, user.Role, user.OrgUnit, user.Language }))),
        ("accounts.csv", Output.Csv(
            "externalId,name,orgUnit,region,industry,tier,keyAccount,owner,parent,products,annualRevenue,currency,contractStart,contractEnd,renewalDate,tags",
            Accounts.Select(a => new object?[]
            {
                a.ExternalId, a.Name, a.OrgUnit, a.Region, a.Industry, a.Tier, a.KeyAccount, a.Owner, a.Parent, a.Products,
                a.AnnualRevenue, a.Currency, a.ContractStart, a.ContractEnd, a.ContractEnd, a.Tags,
            }))),
        ("contacts.csv", Output.Csv(
            "externalId,account,name,email,phone,role,level,department,language,consent,consentSource,consentAt,doNotSurvey",
            Accounts.SelectMany(a => a.Contacts).Select(c => new object?[]
            {
                c.ExternalId, c.Account.ExternalId, c.Name, c.Email, c.Phone, c.Role, c.Rank, c.Department, c.Language,
                c.Consent, c.ConsentSource, c.ConsentAt, c.DoNotSurvey,
            }))),
        ("events.ndjson", Output.Lines(Events, WriteEvent)),
        ("responses.ndjson", Output.Lines(Responses, WriteResponse)),
        ("work-order-actions.ndjson", Output.Lines(Actions, WriteAction)),
        .. OperationalFiles.Of(this),
    ];

    public void WriteTo(string folder)
    {
        foreach (var (name, content) in Files())
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, Event happened)
    {
        json.WriteString("source", happened.Source);
        json.WriteString("eventId", happened.Id);
        json.WriteString("type", happened.Type);
        json.WriteString("occurredAt", Output.Instant(happened.At));
        json.WriteString("account", happened.Account.ExternalId);
        json.Optional("contact", happened.Contact?.ExternalId);
        json.Optional("touchpoint", happened.Touchpoint);
        json.Optional("product", happened.Product);
        json.Optional("channel", happened.Channel);
        if (happened.Value is { } value)
            json.WriteNumber("value", value);
        if (happened.Attributes.Count == 0)
            return;
        json.WriteStartObject("attributes");
        foreach (var (key, text) in happened.Attributes)
            json.WriteString(key, text);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, Response response)
    {
        json.WriteString("submissionId", response.Id);
        json.WriteString("survey", response.Survey);
        json.WriteString("account", response.Account.ExternalId);
        json.WriteString("contact", response.Contact.ExternalId);
        json.WriteString("touchpoint", response.Touchpoint);
        json.WriteString("channel", response.Channel);
        json.WriteString("completedAt", Output.Instant(response.CompletedAt));
        json.WriteStartObject("answers");
        foreach (var (question, value) in response.Answers)
        {
            json.WritePropertyName(question);
            JsonSerializer.Serialize(json, value, value.GetType());
        }
        json.WriteEndObject();
    }

    private static void WriteAction(Utf8JsonWriter json, WorkOrderAction done)
    {
        json.WriteString("at", Output.Instant(done.At));
        json.WriteString("submissionId", done.Raised.Id);
        json.WriteString("action", done.Action);
        json.WriteString("by", done.By);
        json.Optional("note", done.Note);
        json.Optional("to", done.To);
        json.Optional("cause", done.Cause);
        json.Optional("actionTaken", done.ActionTaken);
    }

    private static List<T> InOrder<T>(IEnumerable<T> items, Func<T, DateTime> at) => [.. items.OrderBy(at)];
}
