using System.Globalization;
using System.Text.Json;
using Cem.Benchmarks.Http;
using Cem.Kernel.Time;

namespace Cem.Benchmarks.Responses;

/// <summary>
/// Some accounts with their contacts and a published survey, arranged through the API, and the events of some years, written
/// straight into their table: what reads all of them for every answer would go unseen without.
/// </summary>
sealed class Company
{
    public const int Accounts = 100;
    const int ContactsOfAccount = 5;
    const int Events = 100_000;

    public static async Task<Company> Found(BenchmarkHost host)
    {
        await host.Put("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        await host.Put("/api/v1/touchpoints/support", new { name = new Dictionary<string, string> { ["en"] = "Support", ["zh-CN"] = "客服" }, order = 1 });
        await host.Put("/api/v1/surveys/support", JsonSerializer.Deserialize<JsonElement>(Survey));
        await host.Post("/api/v1/surveys/support:publish", new { });
        var company = new Company();
        await host.Post("/api/v1/accounts:batch", new { items = Enumerable.Range(0, Accounts).Select(number => new { externalId = Account(number), name = $"Account {number}", orgUnit = "hq", region = "East", tier = "gold" }) });
        await host.Post("/api/v1/contacts:batch", new { items = Enumerable.Range(0, Accounts * ContactsOfAccount).Select(company.Contact).Select(contact => new
        {
            externalId = contact.Id, account = contact.Account, name = contact.Id, email = contact.Id + "@example.com", role = "user", language = "en",
            consent = new { contact = true, source = "contract", at = "2026-01-01T00:00:00Z" },
        }) });
        await host.Store.Write(tx =>
        {
            for (var number = 0; number < Events; number++)
                tx.Prepare(Sql.Event).Run(1L + number, $"e-{number}", tx.Now.AddMinutes(-number), Day.Number(DateOnly.FromDateTime(tx.Now.AddMinutes(-number).UtcDateTime)), Account(number % Accounts));
        });
        return company;
    }

    public (string Id, string Account) Contact(int number)
    {
        var (account, contact) = (number % Accounts, number / Accounts % ContactsOfAccount);
        return (string.Create(CultureInfo.InvariantCulture, $"c-{account}-{contact}"), Account(account));
    }

    static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"a-{number}");

    const string Survey = """
        {
          "title": {"en": "Our help on your trip", "zh-CN": "客服与改退体验"}, "kind": "touchpoint", "minutes": 2,
          "intro": {"en": "You asked us for help. How did it go?", "zh-CN": "您刚联系了客服，体验如何？"},
          "pages": [
            {"questions": [
              {"id": "solved", "type": "singleChoice", "text": {"en": "Is it settled?", "zh-CN": "问题解决了吗？"}, "required": true, "options": [
                {"code": "yes", "text": {"en": "Yes", "zh-CN": "已解决"}}, {"code": "no", "text": {"en": "No", "zh-CN": "未解决"}}]},
              {"id": "support_csat", "type": "csat", "scale": 3, "text": {"en": "How satisfied are you with our help?", "zh-CN": "您对这次服务满意吗？"}, "required": true},
              {"id": "ease", "type": "ces", "text": {"en": "It was easy to settle my request.", "zh-CN": "轻松解决了问题。"}},
              {"id": "waiting", "type": "csat", "scale": 5, "text": {"en": "Waiting time", "zh-CN": "等待时长"}}
            ]},
            {"questions": [{"id": "nps", "type": "nps", "followUps": true, "text": {"en": "Would you recommend us?", "zh-CN": "您会推荐我们吗？"}}]}
          ]
        }
        """;
}

file static class Sql
{
    public const string Event = """
        INSERT INTO operational_data_events (id, source, event_id, type, occurred_at, occurred_day, account_id, touchpoint, org_unit_id, product, content_hash, received_at)
        SELECT @Id, 'crm', @Event, 'ticket.closed', @At, @Day, a.id, 'support', a.org_unit_id, 'travel', '', @At FROM customers_accounts a WHERE a.external_id = @Account
        """;
}
