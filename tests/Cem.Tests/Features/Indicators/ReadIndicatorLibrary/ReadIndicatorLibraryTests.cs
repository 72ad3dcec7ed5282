using System.Net;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.ReadIndicatorLibrary;

public sealed class ReadIndicatorLibraryTests
{
    [Test]
    public async Task An_export_can_be_imported_by_another_server_and_comes_out_the_same()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "targets", "{\"east\": 90.5}"));
        await using var other = await Shelf.Open();
        var export = await (await shelf.Api.GetAsync("/api/v1/indicator-library")).Content.ReadAsStringAsync();

        Assert.That((await other.Put(export)).StatusCode, Is.EqualTo(HttpStatusCode.Created));

        Assert.That(await (await other.Api.GetAsync("/api/v1/indicator-library")).Content.ReadAsStringAsync(), Is.EqualTo(export));
    }

    [Test]
    public async Task Any_version_can_be_read_and_the_list_says_which_holds()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await (await shelf.Put(Shelf.With("a", "weight", "2", validFrom: "2026-04-01"))).Json();

        var coming = await shelf.Api.GetAsync("/api/v1/indicator-library?version=2");
        var list = (await shelf.Read("/api/v1/indicator-library/versions")).GetProperty("items");

        Assert.That(coming.Headers.ETag, Is.Not.Null.And.Not.EqualTo((await shelf.Api.GetAsync("/api/v1/indicator-library")).Headers.ETag));
        Assert.That((await coming.Json()).GetProperty("indicators")[3].GetProperty("weight").GetDouble(), Is.EqualTo(2));
        Assert.That(list.EnumerateArray().Select(item => item.GetProperty("state").GetString()), Is.EqualTo(new[] { "inEffect", "pending" }));
        await (await shelf.Api.GetAsync("/api/v1/indicator-library?version=3")).IsProblem(404, "version-not-found");
    }
}
