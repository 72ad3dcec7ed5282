using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.ExportResponses;

public sealed class ExportResponsesTests
{
    [Test]
    public async Task The_columns_are_those_of_the_codebook_and_no_cell_is_a_formula()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var id = (await collection.Submitted("s1", new { help = 2, wrong = new[] { "slow" }, nps = 3, nps_reason = "=cmd|'/c calc'!A1", more = "a \"b\", c\nd" })).GetProperty("id").GetString();
        var browser = await host.SignedIn(Roles.Viewer);

        using var answer = await browser.Client.GetAsync("/responses.csv?survey=support");
        var lines = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
        Assert.That(answer.Content.Headers.ContentDisposition?.FileName, Is.EqualTo("responses-support-2026-03-11.csv"));
        Assert.That((await answer.Content.ReadAsByteArrayAsync())[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(lines, Is.EqualTo("id,completedAt,survey,version,account,contact,orgUnit,region,tier,product,role,touchpoint,channel,language,recordedBy,interested,help,wrong.slow,wrong.rude,nps,nps_reason,nps_warn,nps_contact,more\r\n"
            + id + ",2026-03-11T01:30:00Z,support,1,a1,c1,east,,,,decisionMaker,support,app,en,,0,2,1,0,3,'=cmd|'/c calc'!A1,,,\"a \"\"b\"\", c\nd\"\r\n"));
    }

    [Test]
    public async Task Columns_of_older_versions_stay_and_every_row_comes_once()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("old");
        await collection.Survey("support", """{"title": {"en": "x", "zh-CN": "x"}, "kind": "touchpoint", "pages": [{"questions": [{"id": "ease", "type": "ces", "text": {"en": "x", "zh-CN": "x"}}]}]}""");
        await (await collection.Api.PostAsJsonAsync("/api/v1/responses:batch", new { items = Enumerable.Range(0, 1000).Select(i => Collection.Submission($"n{i}", new { ease = i % 7 + 1 })) })).Json();

        var lines = (await collection.Api.GetStringAsync("/api/v1/responses.csv?survey=support")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines[0], Does.EndWith(",interested,ease,help,wrong.slow,wrong.rude,nps,nps_reason,nps_warn,nps_contact,more"));
        Assert.That(lines, Has.Length.EqualTo(1002));
        Assert.That(lines.Skip(1).Select(line => line.Split(',')[0]).Distinct().Count(), Is.EqualTo(1001));
    }

    [Test]
    public async Task A_survey_must_be_chosen_and_be_there()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        await (await collection.Api.GetAsync("/api/v1/responses.csv")).IsProblem(422, "missing", "survey");
        await (await collection.Api.GetAsync("/api/v1/responses.csv?survey=nothing")).IsProblem(404, "survey-not-found");
    }

    [Test]
    public async Task People_export_their_own_org_unit_only()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("s1");
        await collection.Submitted("s2", null, ("account", "a2"), ("contact", "c2"));
        var browser = await host.SignedIn(Roles.Manager, "west");

        var csv = await browser.Client.GetStringAsync("/responses.csv?survey=support");

        Assert.That(csv, Does.Contain(",a2,c2,").And.Not.Contain(",a1,"));
    }
}
