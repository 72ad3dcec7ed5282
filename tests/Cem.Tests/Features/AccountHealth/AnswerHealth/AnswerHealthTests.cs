using Cem.Contracts.AccountHealth;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth.AnswerHealth;

public sealed class AnswerHealthTests
{
    [Test]
    public async Task Others_hear_how_an_account_stands_in_their_language_and_an_unknown_one_is_left_out([Values("en", "zh-CN")] string language)
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);
        var story = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_accounts WHERE external_id = 'story'"));

        var figures = await host.Send(new AskAccountHealth([story, 1], language));

        var figure = figures.Single();
        Assert.That(figure.Reasons[0].Text, Does.StartWith(language == "en" ? "OA sync" : "OA 对接"));
        Assert.That(figure.Parts.Where(part => part.Index == "usage").Select(part => part.Code), Is.EqualTo(new[] { "activation", "frequency", "breadth", "trend" }));
        Assert.That(figure.Checks.Select(check => (check.Code, check.State)), Is.EqualTo(new[]
        {
            ("hearDecider", "late"), ("repairRepeated", "late"), ("closeOrders", "due"), ("raiseUsage", "done"), ("raiseExperience", "due"),
        }));
    }

    [Test]
    public async Task Asked_freshly_what_is_due_is_measured_first()
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);
        await host.Store.Write(tx => tx.Execute("DELETE FROM account_health_states"));

        Assert.That((await host.Send(new AskAccountsAtRisk(0, "en", 5))).Measured, Is.Zero);
        var risk = await host.Send(new AskAccountsAtRisk(0, "en", 5, Fresh: true));

        Assert.That((risk.Measured, risk.Count, risk.Accounts[0].ExternalId), Is.EqualTo((8, 1, "story")));
    }
}
