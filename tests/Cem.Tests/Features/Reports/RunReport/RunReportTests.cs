using System.Net;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.RunReport;

public sealed class RunReportTests
{
    [Test]
    public async Task A_report_is_made_once_for_a_week_a_unit_and_a_language()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);

        using var first = await room.Api.PostAsJsonAsync("/api/v1/reports:run", new { orgUnit = "north" });
        using var again = await room.Api.PostAsJsonAsync("/api/v1/reports:run", new { orgUnit = "north" });
        using var other = await room.Api.PostAsJsonAsync("/api/v1/reports:run", new { orgUnit = "north", language = Languages.Chinese });

        Assert.That(new[] { first.StatusCode, again.StatusCode, other.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created }));
        var (made, found) = (await first.Json(), await again.Json());
        Assert.That(found.GetProperty("id").GetString(), Is.EqualTo(made.GetProperty("id").GetString()));
        Assert.That(made.GetProperty("week").GetString(), Is.EqualTo("2026-W10"));
        Assert.That(first.Headers.Location!.ToString(), Is.EqualTo("/api/v1/reports/" + made.GetProperty("id").GetString()));
        Assert.That((await other.Json()).GetProperty("made").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_week_that_is_not_over_or_no_week_is_refused()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);

        using var now = await room.Api.PostAsJsonAsync("/api/v1/reports:run", new { week = "2026-W11" });
        await now.IsProblem(422, "week-not-over", "/week");
        using var wrong = await room.Api.PostAsJsonAsync("/api/v1/reports:run", new { week = "2026-W60" });
        await wrong.IsProblem(422, "week", "/week");
        using var tongue = await room.Api.PostAsJsonAsync("/api/v1/reports:run", new { language = "fr" });
        await tongue.IsProblem(422, "predicate", "/language");
    }

    [Test]
    public async Task With_mail_everybody_below_who_waits_gets_theirs_and_no_second_one_on_Monday()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await host.SignedIn(Roles.Manager, "harbour");
        await host.SignedIn(Roles.Manager, "south");

        var north = await room.Run(new { orgUnit = "north", mail = true });
        Assert.That(north.GetProperty("mailed").GetInt32(), Is.EqualTo(1));
        var all = await room.Run(new { mail = true });
        Assert.That(all.GetProperty("mailed").GetInt32(), Is.EqualTo(1));

        Assert.That(room.Mails().Select(mail => mail.Subject), Is.EquivalentTo(new[]
        {
            "Weekly report 2026-W10 · Harbour: no answers", "Weekly report 2026-W10 · South: no answers",
        }));
    }

    [Test]
    public async Task Only_those_who_set_the_programme_up_mail_it_to_others()
    {
        await using var host = await CemHost.Run();
        await Newsroom.Open(host);
        var reading = await host.WithKey(Scopes.InsightsRead);

        using var answer = await reading.PostAsJsonAsync("/api/v1/reports:run", new { mail = true });

        await answer.IsProblem(403, "forbidden");
    }

    [Test]
    public async Task Outside_the_own_part_of_the_tree_there_is_no_unit_to_report_of()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        var north = await host.WithBoundKey("north", Scopes.InsightsRead);

        using var outside = await north.PostAsJsonAsync("/api/v1/reports:run", new { orgUnit = "valley" });
        await outside.IsProblem(404, "org-unit-not-found");
        Assert.That((await room.Run(null, north)).GetProperty("orgUnit").GetString(), Is.EqualTo("north"));
    }

    [Test]
    public async Task The_button_makes_the_report_and_shows_it()
    {
        await using var host = await CemHost.Run();
        await Newsroom.Open(host);
        using var manager = await host.SignedIn(Roles.Manager, "north");

        await manager.Open("/reports");
        var page = await manager.Submit("form[action='/reports/run']", new { orgUnit = "hill" });

        Assert.That(manager.Address, Does.StartWith("/reports/0"));
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Weekly report 2026-W10 · Hill"));
        Assert.That(page.QuerySelector(".flash")!.TextContent, Does.Contain("made and archived"));
    }

    [Test]
    public async Task A_viewer_has_no_button()
    {
        await using var host = await CemHost.Run();
        using var viewer = await host.SignedIn(Roles.Viewer);

        var page = await viewer.Open("/reports");

        Assert.That(page.QuerySelector("form[action='/reports/run']"), Is.Null);
        using var answer = await viewer.Post("/reports/run");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
