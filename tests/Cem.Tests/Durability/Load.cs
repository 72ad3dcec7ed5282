using System.Globalization;
using System.Net;

namespace Cem.Tests.Durability;

/// <summary>
/// A mixed load: each worker has an account of its own and does, in a random order that its seed decides, what CRMs and
/// customers do. What was acknowledged goes into the ledger under the name it will be looked for.
/// </summary>
sealed class Load(Crm crm, int seed)
{
    const string Survey = "care";
    const string Owner = "owner@example.com";

    volatile bool stopping;

    /// <summary>
    /// Somebody to own the accounts, an org unit, a touchpoint, a published survey, a matrix that asks about each event, and a
    /// rule that makes work orders of bad answers.
    /// </summary>
    /// <param name="setUpLink">The link that the first start printed.</param>
    public async Task Arrange(Uri setUpLink)
    {
        await crm.Submit(setUpLink.AbsolutePath, new() { ["name"] = "Olga Owner", ["email"] = Owner, ["password"] = "correct horse battery", ["language"] = "en" });
        await crm.Call(HttpMethod.Put, "/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        await crm.Call(HttpMethod.Put, "/api/v1/touchpoints/support", new { name = Words("Support"), order = 1 });
        await crm.Call(HttpMethod.Put, $"/api/v1/surveys/{Survey}", new
        {
            title = Words("Our help"),
            kind = "touchpoint",
            pages = new[]
            {
                new { questions = new object[] { new { id = "nps", type = "nps", text = Words("Would you recommend us?"), required = true } } },
                new { questions = new object[] { new { id = "why", type = "longText", text = Words("Why?") } } },
            },
        });
        await crm.Call(HttpMethod.Post, $"/api/v1/surveys/{Survey}:publish", new { });
        await crm.Call(HttpMethod.Put, "/api/v1/survey-matrix", new { cells = new[] { new { touchpoint = "support", role = "user", survey = Survey, trigger = "ticket.closed" } } });
        await crm.Call(HttpMethod.Put, "/api/v1/contact-rules", new { touchpointDays = 30, relationshipDays = 90, budgetContacts = 3, budgetDays = 0, reminderDays = 0, expiryDays = 30, tooOldDays = 14 });
        await crm.Call(HttpMethod.Put, "/api/v1/alert-rules/detractor", new
        {
            name = Words("Detractor"), question = "nps", atMost = 6, priority = "high", requiredAction = Words("Call back"), promisedHours = 8,
        });
    }

    /// <summary>Works until told to stop; a worker ends between two calls, never in the middle of one.</summary>
    public Task Run(int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => Work(worker))));

    public void Stop() => stopping = true;

    static Dictionary<string, string> Words(string text) => new() { ["en"] = text, ["zh-CN"] = text };

    async Task Work(int worker)
    {
        var random = new Random(seed + worker);
        var account = $"account-{worker}";
        for (var number = 1; !stopping; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{worker}-{number}");
            await PutAccount(account, number);
            await PutContact($"contact-{name}", account);
            await (random.Next(6) switch
            {
                0 => MoveWorkOrder($"step-{name}", account, random),
                1 => ReportEvent($"event-{name}", account, $"contact-{name}", random),
                2 => Walk($"walk-{name}", $"contact-{name}", random),
                3 => TakeFeedback($"note-{name}", account, random),
                _ => Submit($"submission-{name}", account, $"contact-{name}", random),
            });
        }
    }

    async Task PutAccount(string account, int number)
    {
        await crm.Call(HttpMethod.Put, $"/api/v1/accounts/{account}", new { name = string.Create(CultureInfo.InvariantCulture, $"Name {number}"), orgUnit = "hq", owner = Owner });
        crm.Ledger.Accounts[account] = number;
    }

    async Task PutContact(string contact, string account)
    {
        await crm.Call(HttpMethod.Put, $"/api/v1/contacts/{contact}", new
        {
            account, name = contact, email = contact + "@example.com", role = "user", language = "en", consent = new { contact = true, source = "test", at = "2026-01-01T00:00:00Z" },
        });
        crm.Ledger.Contacts[contact] = account;
    }

    async Task ReportEvent(string id, string account, string contact, Random random)
    {
        var answer = await crm.Call(HttpMethod.Post, "/api/v1/events",
            new { source = "crm", eventId = id, type = "ticket.closed", occurredAt = Now(), account, contact, touchpoint = "support" }, RetryKey(id, random), random.Next(5) == 0);
        crm.Ledger.Keep(crm.Ledger.Events, id, answer.GetProperty("id").GetString()!);
    }

    async Task TakeFeedback(string id, string account, Random random)
    {
        var answer = await crm.Call(HttpMethod.Post, "/api/v1/feedback",
            new { source = "crm", externalId = id, kind = "complaint", at = Now(), text = "Stuck again.", account }, RetryKey(id, random), random.Next(5) == 0);
        crm.Ledger.Keep(crm.Ledger.Feedback, id, answer.GetProperty("id").GetString()!);
    }

    async Task Submit(string id, string account, string contact, Random random)
    {
        var answer = await crm.Call(HttpMethod.Post, "/api/v1/responses",
            new { submissionId = id, survey = Survey, account, contact, touchpoint = "support", channel = "app", completedAt = Now(), answers = new { nps = random.Next(11), why = "Because." } },
            RetryKey(id, random), random.Next(5) == 0);
        crm.Ledger.Keep(crm.Ledger.Submissions, id, answer.GetProperty("id").GetString()!);
    }

    /// <summary>A personal link, and the survey behind it to its end.</summary>
    async Task Walk(string key, string contact, Random random)
    {
        var made = (await crm.Call(HttpMethod.Post, "/api/v1/invitations", new { survey = Survey, contacts = new[] { contact }, touchpoint = "support" }, key, random.Next(5) == 0)).GetProperty("items")[0];
        var page = new Uri(made.GetProperty("link").GetString()!).AbsolutePath;
        await crm.Submit(page, new() { ["step"] = "0", ["to"] = "0", ["nps"] = random.Next(11).ToString(CultureInfo.InvariantCulture) });
        // What comes after the end is told that it does not count.
        await crm.Submit(page, new() { ["step"] = "1", ["to"] = "1", ["why"] = "Because of " + key }, fair: HttpStatusCode.Conflict);
        crm.Ledger.Keep(crm.Ledger.Walks, made.GetProperty("invitation").GetString()!, "Because of " + key);
    }

    /// <summary>The next step on one of the account's work orders.</summary>
    async Task MoveWorkOrder(string key, string account, Random random)
    {
        var orders = (await crm.Call(HttpMethod.Get, $"/api/v1/work-orders?account={account}")).GetProperty("items").EnumerateArray().Where(order => order.GetProperty("state").GetString() != "closed").ToList();
        if (orders is not [var order, ..])
            return;
        var (step, body) = (order.GetProperty("state").GetString(), random.Next(2)) switch
        {
            (_, 0) => ("note", new { note = key }),
            ("open", _) => ("accept", (object)new { }),
            ("accepted", _) => ("resolve", new { cause = key, actionTaken = "Mapping updated." }),
            _ => ("close", new { note = key }),
        };
        if (await crm.Step(order.GetProperty("id").GetString()!, step, body, order.GetProperty("version").GetInt32(), key))
            crm.Ledger.Keep(crm.Ledger.Steps, key, step);
    }

    /// <summary>Half the calls rely on their natural key alone.</summary>
    static string? RetryKey(string id, Random random) => random.Next(2) == 0 ? "key-" + id : null;

    static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
