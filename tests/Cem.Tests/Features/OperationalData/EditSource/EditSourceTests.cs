using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.EditSource;

public sealed class EditSourceTests
{
    const string Sample = "account,week,activeUsers,share,segment\nacme,2026-03-02,261,0.5,gold\nnobody,2026-03-09,12,0.25,silver\n";

    [Test]
    public async Task A_source_is_declared_from_a_sample_tried_and_saved_by_form_alone()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        await person.Open("/data/sources/new");

        await person.Submit("#source", new Dictionary<string, object?> { ["code"] = "logins", ["name.en"] = "Logins", ["name.zh-CN"] = "登录", ["sample"] = Sample }, ("act", "columns"));
        var tried = await person.Submit("#source", null, ("act", "try"));
        var answer = tried.QuerySelector("#trial .answer")?.TextContent;
        var rows = tried.QuerySelectorAll("#trial tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))).ToList();
        var saved = await person.Submit("#source", null, ("act", "save"));

        Assert.That(answer, Is.EqualTo("2 rows were tried, 1 would be refused. Nothing was stored."));
        Assert.That(rows[0], Is.EqualTo("2|new|acme|2 Mar 2026|active-users = 261, share = 0.5, segment: gold"));
        Assert.That(rows[1], Does.StartWith("3|refused|nobody|").And.EndsWith("account: There is no account 'nobody'."));
        Assert.That(person.Address, Is.EqualTo("/data?done=saved"));
        var source = await (await desk.Api.GetAsync("/api/v1/operational-data/logins")).Json();
        Assert.That(source.GetProperty("key").EnumerateArray().Select(column => column.GetString()), Is.EqualTo(new[] { "account", "week" }));
        Assert.That(source.GetProperty("fields").EnumerateArray().Select(field => $"{field.GetProperty("column")} {field.GetProperty("type")} {field.GetProperty("maps")} {field.GetProperty("metric")}"), Is.EqualTo(new[]
        {
            "account text account ", "week date period ", "activeUsers integer  active-users", "share number  share", "segment text  ",
        }));
    }

    [Test]
    public async Task A_source_is_changed_and_comes_back_as_it_was()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var before = await (await desk.Api.GetAsync("/api/v1/operational-data/tickets")).Json();
        using var person = await host.SignedIn(Roles.CxManager);
        await person.Open("/data/sources/tickets");

        await person.Submit("#source", new Dictionary<string, object?> { ["name.en"] = "Service tickets" }, ("act", "save"));

        var after = await (await desk.Api.GetAsync("/api/v1/operational-data/tickets")).Json();
        Assert.That(after.GetProperty("name").GetProperty("en").GetString(), Is.EqualTo("Service tickets"));
        Assert.That(after.GetProperty("fields"), Is.EqualTo(before.GetProperty("fields")).Using<JsonElement>(JsonElement.DeepEquals));
        Assert.That(after.GetProperty("eventType").GetString(), Is.EqualTo("ticket.closed"));
    }

    [Test]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        await person.Open("/data/sources/usage");

        var page = await person.Submit("#source", new Dictionary<string, object?> { ["fields.1.column"] = "", ["fields.2.metric"] = "has space", ["fields.3.aliases"] = "no sign" }, ("act", "save"));
        var alias = page.QuerySelector("#f-fields-2-aliases")?.ClassName;
        var errors = page.QuerySelectorAll("[id$=-error]").Select(error => error.TextContent.Trim()).ToList();
        page = await person.Submit("#source", new Dictionary<string, object?> { ["fields.2.aliases"] = "" }, ("act", "save"));

        Assert.That(errors, Is.EqualTo(new[] { "One alias a line, each word once: OA = oa-sync." }), "columns left empty are no columns, the others move up");
        Assert.That(page.QuerySelectorAll("[id$=-error]").Select(error => error.TextContent.Trim()), Has.Some.StartsWith("A code has 1 to 64"));
        Assert.That(page.QuerySelector("#f-fields-1-metric")!.GetAttribute("value"), Is.EqualTo("has space"));
        Assert.That((int)person.Answer.StatusCode, Is.EqualTo(422));
    }

    [Test]
    public async Task More_columns_can_be_asked_for_and_a_try_needs_a_sample()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager, language: "zh-CN");
        await person.Open("/data/sources/usage");

        var before = person.Page.QuerySelectorAll("fieldset.row-set").Length;
        var page = await person.Submit("#source", null, ("act", "more"));
        var after = page.QuerySelectorAll("fieldset.row-set").Length;
        page = await person.Submit("#source", null, ("act", "try"));

        Assert.That((before, after), Is.EqualTo((5, 8)));
        Assert.That(page.QuerySelector("#f-sample-error")!.TextContent, Does.Contain("请先粘贴"));
    }

    [Test]
    public async Task A_source_is_retired_from_its_page()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        await person.Open("/data/sources/usage");

        var page = await person.Submit("#retire");

        Assert.That(page.QuerySelector(".flash")!.TextContent, Does.StartWith("Retired."));
        Assert.That(page.QuerySelectorAll("tbody tr")[^1].TextContent, Does.Contain("retired"));
    }
}
