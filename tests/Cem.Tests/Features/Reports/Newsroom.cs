using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Features.Insights;
using Cem.Tests.Features.Surveys;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports;

/// <summary>A mail of the outbox.</summary>
sealed record SentMail(string MessageId, string ToAddress, string Subject, string Html, string Text, string Headers);

/// <summary>
/// A company with something to report: hq above the regions north and south, north above harbour and hill, south above valley;
/// three touchpoints and one survey. The clock stands on a Wednesday, 11 March 2026, in week 11.
/// </summary>
sealed class Newsroom(CemHost host, HttpClient api)
{
    /// <summary>Sunday of the last week that is over when the clock has not been moved.</summary>
    public static readonly DateOnly Sunday = new(2026, 3, 8);

    /// <summary>Monday 16 March 2026, seven in the morning in Shanghai: the report of week 11 is due.</summary>
    public static readonly DateTimeOffset Due = new(2026, 3, 15, 23, 0, 0, TimeSpan.Zero);

    public CemHost Host => host;

    public HttpClient Api => api;

    public static async Task<Newsroom> Open(CemHost host)
    {
        var api = await host.WithKey(Scopes.Admin);
        foreach (var (code, name, kind, parent) in new[]
        {
            ("hq", "Head office", "headquarters", null), ("north", "North", "region", "hq"), ("south", "South", "region", "hq"),
            ("harbour", "Harbour", "branch", "north"), ("hill", "Hill", "branch", "north"), ("valley", "Valley", "branch", "south"),
        })
            await (await api.PutAsJsonAsync($"/api/v1/org-units/{code}", new { name, kind, parent })).Json();
        foreach (var (code, en, zh) in new[] { ("support", "Support", "客服"), ("oa-sync", "OA sync", "OA 同步"), ("booking", "Booking", "预订") })
            await (await api.PutAsJsonAsync($"/api/v1/touchpoints/{code}", new { name = new Dictionary<string, string> { ["en"] = en, ["zh-CN"] = zh }, order = 1 })).Json();
        await new SurveyHost(host, api).Published("support");
        await api.PutAccount("acme", "harbour", "Acme");
        await api.PutContact("lin", "acme");
        // The week before the server's own first counts as done with.
        await host.Settle();
        return new Newsroom(host, api);
    }

    public long Unit(string code) => host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_v_org_units WHERE code = @code", new { code }));

    /// <summary>Scored answers of a branch, so many of each kind, some days before the Sunday.</summary>
    public Task Answers(string unit, int daysBefore, int promoters, int passives, int detractors, Func<ScoredAnswer, ScoredAnswer>? adjust = null)
    {
        var id = Unit(unit);
        return host.Add(ScoredAnswers.Of(promoters, passives, detractors, answer =>
            (adjust ?? (same => same))(answer with { Day = Sunday.AddDays(-daysBefore), OrgUnit = id })));
    }

    /// <summary>Half a year in which Harbour fell, Hill stayed, and Valley hardly answered.</summary>
    public async Task Story()
    {
        for (var week = 0; week < 26; week++)
        {
            var fallen = week < 13;
            await Answers("harbour", 7 * week + 2, fallen ? 2 : 5, 2, fallen ? 5 : 1, answer => answer with { Touchpoint = "oa-sync", Role = "user" });
            await Answers("hill", 7 * week + 3, 4, 2, 2, answer => answer with { Touchpoint = "support", Role = "decisionMaker" });
        }
        await Answers("valley", 4, 1, 1, 1);
        await api.PublishRated("parts", ["sync", "price", "app", "food"], "touchpoint", new
        {
            id = "overall", type = "csat", scale = 5, text = new Dictionary<string, string> { ["en"] = "All in all?", ["zh-CN"] = "总体满意吗？" }, required = true,
        });
        await api.Submit("parts", RatedAnswers.Believable(120).Select(given =>
        {
            var rated = new Dictionary<string, object>(given) { ["overall"] = Math.Clamp((int)given["nps"] - 4, 1, 5) };
            rated.Remove("nps");
            return rated;
        }), at: new DateTimeOffset(2026, 3, 6, 4, 0, 0, TimeSpan.Zero));
        await host.Settle();
    }

    /// <summary>An answer in words, taken through the API.</summary>
    public async Task Comment(string id, int score, string words, string day = "2026-03-05", string? contact = "lin") =>
        await (await api.PostAsJsonAsync("/api/v1/responses", new
        {
            submissionId = id, survey = "support", account = "acme", contact, touchpoint = "support", channel = "app", completedAt = day + "T09:30:00+08:00",
            answers = new { sat = 2, nps = score, nps_reason = words },
        })).Json();

    public async Task<JsonElement> Run(object? body = null, HttpClient? client = null) =>
        await (await (client ?? api).PostAsJsonAsync("/api/v1/reports:run", body ?? new { })).Json();

    public IReadOnlyList<SentMail> Mails() => host.Store.Read(reader => reader.Query<SentMail>(
        "SELECT message_id, to_address, subject, html, text, headers FROM kernel_mails WHERE kind = 'weekly-report' ORDER BY id"));
}
