using System.Globalization;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights;

/// <summary>
/// A company with 26 weeks of believable answers, the same every time, sent through the public door: three branches, sixty
/// accounts, three hundred contacts, two touchpoints. In the last 13 weeks the OA sync has become worse.
/// </summary>
static class Company
{
    const int Accounts = 60;
    const int Answers = 1_800;

    static readonly string[] Branches = ["shanghai", "beijing", "guangzhou"];
    static readonly string[] Roles = ["decisionMaker", "purchaser", "influencer", "user", "user"];
    static readonly string[] Touchpoints = ["booking", "oa-sync", "support"];

    static readonly string[] Praise = ["Booking is quick and the prices are fair.", "支持团队响应很快，问题当天解决。", "Your people at the airport were a great help."];

    static readonly string[] Blame =
    [
        "Every time we change the dates in OA the booking is stuck, and support says it is not your system. <script>alert(1)</script>",
        "行程变更后 OA 审批不同步，每次都要人工处理，已经反馈多次。", "We still reconcile invoices by hand.",
    ];

    public static async Task Fill(CemHost host)
    {
        using var api = await host.WithKey(Scopes.Admin);
        foreach (var (code, name, kind, parent) in new[]
                 {
                     ("hq", "青驿商旅 Headquarters", "headquarters", null), ("east", "East China", "region", "hq"), ("north", "North China", "region", "hq"), ("south", "South China", "region", "hq"),
                     ("shanghai", "Shanghai", "branch", "east"), ("beijing", "Beijing", "branch", "north"), ("guangzhou", "Guangzhou", "branch", "south"),
                 })
            await Put(api, "org-units/" + code, new { name, kind, parent });
        foreach (var (code, en, zh) in new[] { ("booking", "Booking a trip", "预订行程"), ("oa-sync", "Sync with the OA system", "OA 系统同步"), ("support", "Traveller support", "出行支持") })
            await Put(api, "touchpoints/" + code, new { name = Both(en, zh), order = 1 });
        await Put(api, "surveys/trip", new
        {
            title = Both("After the trip", "行程后调研"), kind = "touchpoint", minutes = 1, intro = Both("Hello", "您好"), thanks = Both("Thanks", "谢谢"),
            pages = new[]
            {
                new
                {
                    questions = new object[]
                    {
                        new { id = "nps", type = "nps", text = Both("Recommend?", "推荐吗？"), required = true },
                        new { id = "sat", type = "csat", scale = 5, text = Both("Satisfied?", "满意吗？") },
                        new { id = "comment", type = "longText", text = Both("Why?", "为什么？") },
                    },
                },
            },
        });
        await (await api.PostAsync("/api/v1/surveys/trip:publish", null)).Json();
        await Batch(api, "accounts", Enumerable.Range(0, Accounts).Select(i => new
        {
            externalId = $"acct-{i:000}", name = $"客户 {i:00} Technology", orgUnit = Branches[i % 3], tier = i % 5 == 0 ? "A" : "B", region = Branches[i % 3],
            annualRevenue = new { amount = 10_000_000 + i * 2_345_600L, currency = "CNY" }, renewalDate = "2026-0" + (4 + i % 5) + "-15", owner = "owner@example.com",
        }));
        await Batch(api, "contacts", Enumerable.Range(0, Accounts * 5).Select(i => new
        {
            externalId = $"c-{i:000}", account = $"acct-{i / 5:000}", name = $"Person {i}", role = Roles[i % 5],
        }));
        var random = new Random(7);
        foreach (var part in Enumerable.Range(0, Answers).Select(i => Answer(i, random)).Chunk(900))
            await Batch(api, "responses", part);
        await host.Settle();
    }

    static object Answer(int i, Random random)
    {
        var daysAgo = 181 - i * 180 / Answers;
        // A fifth of the accounts never answers.
        var account = random.Next(Accounts * 4 / 5);
        var touchpoint = Touchpoints[random.Next(3)];
        var mean = 8.1 - (account % 3) * 0.5 - (touchpoint == "oa-sync" ? daysAgo < 91 ? 3 : 0.8 : 0);
        var nps = Math.Clamp((int)Math.Round(mean + (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 3.6), 0, 10);
        return new
        {
            submissionId = $"s{i}", survey = "trip", account = $"acct-{account:000}", contact = $"c-{account * 5 + random.Next(5):000}", touchpoint, channel = "mail",
            completedAt = CemHost.Start.AddDays(-daysAgo).AddMinutes(i % 600).ToString("O", CultureInfo.InvariantCulture),
            answers = i % 6 == 0
                ? new Dictionary<string, object> { ["nps"] = nps, ["sat"] = 1 + nps * 4 / 10, ["comment"] = (nps >= 8 ? Praise : Blame)[random.Next(3)] }
                : new Dictionary<string, object> { ["nps"] = nps, ["sat"] = 1 + nps * 4 / 10 },
        };
    }

    static Dictionary<string, string> Both(string en, string zh) => new() { ["en"] = en, ["zh-CN"] = zh };

    static async Task Put(HttpClient api, string path, object body) => await (await api.PutAsJsonAsync("/api/v1/" + path, body)).Json();

    static async Task Batch(HttpClient api, string things, IEnumerable<object> items)
    {
        var answer = await (await api.PostAsJsonAsync($"/api/v1/{things}:batch", new { items })).Json();
        foreach (var item in answer.GetProperty("items").EnumerateArray())
            Assert.That(item.GetProperty("status").GetInt32(), Is.LessThan(300), item.GetRawText());
    }
}
