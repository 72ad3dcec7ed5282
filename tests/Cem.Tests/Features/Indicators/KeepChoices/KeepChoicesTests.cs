using Cem.Server.Features.Indicators;
using Cem.Server.Features.Indicators.KeepChoices;
using Cem.Tests.Features.Insights;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Features.Indicators.KeepChoices;

/// <summary>The choices in memory, recounted by SQL.</summary>
public sealed class KeepChoicesTests
{
    const int Loaded = 20_000;
    const int Told = 1_000;

    static readonly Window Days = new(new(2025, 10, 1), new(2026, 2, 1));

    [Test]
    public async Task What_was_loaded_and_what_was_told_since_is_counted_as_sql_counts_it_and_a_fresh_start_sees_the_same()
    {
        await using var host = await CemHost.Run();
        var random = new Random(4);
        var answers = Enumerable.Range(0, Loaded + Told).Select(_ => new ScoredAnswer(null)
        {
            Option = Pick("yes", "no", "partly"), Question = Pick("done", "why")!, Survey = Pick("s1", "s2")!, Touchpoint = Pick("call", "sync", null), Product = Pick("p1", "p2", null), Channel = Pick("app", "email")!,
            Region = Pick("north", null), Interested = random.Next(10) == 0, Day = new DateOnly(2026, 3, 1).AddDays(-random.Next(300)),
        }).ToList();
        await host.Add(answers.Take(Loaded), tell: false);
        var kept = host.Services.GetRequiredService<ChoiceColumns>();
        new LoadChoices(host.Store, kept).Run();
        var told = await host.Add(answers.Skip(Loaded));
        await host.Store.Write(tx => tx.Tell(new Cem.Contracts.Responses.ResponseCompleted(told[0], null)));
        await host.Settle();
        var fresh = new ChoiceColumns();
        new LoadChoices(host.Store, fresh).Run();

        foreach (var product in new[] { null, "p1" })
        {
            var expected = host.Store.Read(reader => reader.Query<(string Survey, string Question, string Touchpoint, string Option, long N)>("""
                SELECT r.survey_code, t.question, COALESCE(r.touchpoint, ''), t.text, COUNT(*) FROM responses_v_texts t JOIN responses_v_responses r ON r.id = t.response_id
                WHERE t.comment = 0 AND r.interested = 0 AND r.completed_day BETWEEN 20251001 AND 20260201 AND (@Product IS NULL OR r.product = @Product)
                GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
                """, new { Product = product }));
            Assert.That(expected, Has.Count.EqualTo(36));
            foreach (var columns in new[] { kept, fresh })
                Assert.That(Counted(columns, product is null ? Part.All : Part.All.With("product", product)), Is.EqualTo(expected));
        }

        string? Pick(params string?[] of) => of[random.Next(of.Length)];
    }

    static List<(string, string, string, string, long)> Counted(ChoiceColumns columns, Part part) =>
        [.. columns.Count(null, [Days], part)[0].SelectMany(same => same.Select(choice => (same.Key.Survey, same.Key.Question, choice.Touchpoint ?? "", choice.Option, (long)choice.N))).Order()];
}
