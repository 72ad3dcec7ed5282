using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Features.Responses;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowOverview;

public sealed class OverviewCommentsTests
{
    [TestCase(2, "pill-bad")]
    [TestCase(7, null)]
    [TestCase(9, "pill-good")]
    public async Task A_comment_stands_with_its_score_and_leads_to_its_answer(int nps, string? tone)
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await (await collection.Api.PutAsync("/api/v1/surveys/after", new StringContent(Collection.Support, Encoding.UTF8, "application/json"))).Json();
        await (await collection.Api.PostAsync("/api/v1/surveys/after:publish", null)).Json();
        await collection.Submitted("s1", new { help = 4, nps, more = "The booking was stuck again." }, ("survey", "after"));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer);

        var quote = (await browser.Open("/")).QuerySelector("blockquote")!;
        var pill = quote.QuerySelector(".pill")!;
        var answer = await browser.Open(quote.QuerySelector("a")!.GetAttribute("href")!);

        Assert.That(pill.TextContent, Is.EqualTo($"gave {nps}"));
        Assert.That(pill.ClassList.Where(name => name != "pill"), Is.EqualTo(tone is null ? [] : new[] { tone }));
        Assert.That(answer.Body!.TextContent, Does.Contain("The booking was stuck again."));
    }
}
