using System.Net;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.PutIndicatorLibrary;

public sealed class PutIndicatorLibraryTests
{
    [Test]
    public async Task The_first_library_is_version_one_and_the_same_again_is_no_other()
    {
        await using var shelf = await Shelf.Open();

        var first = await shelf.Put(Shelf.Library);
        var again = await shelf.Put(Shelf.Library);

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(first.Headers.ETag, Is.Not.Null.And.EqualTo(again.Headers.ETag));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var told = await again.Json();
        Assert.That((told.GetProperty("version").GetInt32(), told.GetProperty("validFrom").GetString(), told.GetProperty("indicators").GetInt32()), Is.EqualTo((1, "2026-03-11", 6)));
    }

    [TestCase("a", "weight", "-1", "/indicators/3/weight", "negative-weight")]
    [TestCase("help", "parent", "\"a\"", "/indicators/1/parent", "cycle")]
    [TestCase("help", "parent", "\"help\"", "/indicators/1/parent", "cycle")]
    [TestCase("a", "parent", "\"moon\"", "/indicators/3/parent", "parent-not-found")]
    [TestCase("a", "parent", null, "/indicators", "root")]
    [TestCase("a", "code", "\"b\"", "/indicators/4/code", "taken")]
    [TestCase("c", "code", "\"b\"", "/indicators/5/parent", "two-parents")]
    [TestCase("a", "level", "4", "/indicators/3/level", "level")]
    [TestCase("a", "level", "5", "/indicators/3/level", "range")]
    [TestCase("c", "weight", "0", "/indicators/2/weight", "zero-weights")]
    [TestCase("help", "retired", "true", "/indicators/1/retired", "indicator-in-use")]
    [TestCase("a", "touchpoint", "\"moon\"", "/indicators/3/touchpoint", "touchpoint-not-found")]
    [TestCase("a", "targets", "{\"moon\": 1}", "/indicators/3/targets", "org-unit-not-found")]
    [TestCase("a", "kind", "\"o\"", "/indicators/3/measure/type", "kind")]
    [TestCase("a", "domain", "\"business\"", "/indicators/3/domain", "domain")]
    [TestCase("a", "direction", "\"lower\"", "/indicators/3/direction", "direction")]
    [TestCase("a", "best", "1", "/indicators/3/worst", "scale")]
    [TestCase("a", "measure", "{\"type\": \"csatTopBox\"}", "/indicators/3/measure/survey", "required")]
    [TestCase("a", "name", "{\"en\": \"\", \"zh-CN\": \"x\"}", "/indicators/3/name/en", "name")]
    [TestCase("a", "code", "\"a b\"", "/indicators/3/code", "code")]
    public async Task A_library_that_is_no_tree_or_makes_no_sense_is_refused_by_name(string code, string field, string? json, string pointer, string error)
    {
        await using var shelf = await Shelf.Open();

        var answer = await shelf.Put(Shelf.With(code, field, json));

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        var problem = await answer.Content.ReadAsStringAsync();
        Assert.That(problem, Does.Contain($"\"pointer\":\"{pointer}\",\"code\":\"{error}\""));
        Assert.That((await shelf.Api.GetAsync("/api/v1/indicator-library")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_circle_is_named_from_end_to_end()
    {
        await using var shelf = await Shelf.Open();

        var answer = await shelf.Put(Shelf.With("help", "parent", "\"a\""));

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("help > a > help"));
    }

    [Test]
    public async Task An_indicator_in_use_cannot_be_left_out_and_is_named_with_what_is_below_it()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        var answer = await shelf.Put("""{"indicators": [{"code": "root", "name": {"en": "North star", "zh-CN": "北极星"}, "level": 1}]}""");

        await answer.IsProblem(422, "invalid", "/indicators", null);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("'help' (Help) is in use").And.Contain("with a, b below it"));
    }

    [Test]
    public async Task Judgements_become_weights_when_they_are_consistent_and_are_refused_when_they_are_not()
    {
        await using var shelf = await Shelf.Open();

        var taken = await shelf.Put(Shelf.With("help", "weighting", """{"method": "ahp", "children": ["a", "b"], "matrix": [[1, 3], [0.333, 1]]}"""));
        var crooked = await shelf.Put(Shelf.With("help", "weighting", """{"method": "ahp", "children": ["a", "b"], "matrix": [[1, 3], [3, 1]]}"""));
        var strange = await shelf.Put(Shelf.With("help", "weighting", """{"method": "ahp", "children": ["a", "c"], "matrix": [[1, 3], [0.333, 1]]}"""));

        await taken.Json();
        var kept = (await shelf.Read("/api/v1/indicator-library")).GetProperty("indicators");
        Assert.That(kept[3].GetProperty("weight").GetDouble(), Is.EqualTo(0.75).Within(1e-3));
        await crooked.IsProblem(422, "not-reciprocal", "/indicators/1/weighting");
        await strange.IsProblem(422, "weighting", "/indicators/1/weighting");
    }

    [Test]
    public async Task Judgements_that_contradict_each_other_are_refused_with_their_ratio()
    {
        await using var shelf = await Shelf.Open();
        var library = Shelf.Library.Replace("\"parent\": \"fit\"", "\"parent\": \"help\"", StringComparison.Ordinal)
            .Replace("\"weight\": 3, \"target\": 80", """ "weight": 3, "weighting": {"method": "ahp", "children": ["a", "b", "c"], "matrix": [[1, 9, 0.1111], [0.1111, 1, 9], [9, 0.1111, 1]]}, "target": 80""", StringComparison.Ordinal);

        var answer = await shelf.Put(library);

        await answer.IsProblem(422, "inconsistent", "/indicators/1/weighting");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("CR = "));
    }

    [Test]
    public async Task Entropy_gives_the_weight_to_what_tells_units_apart()
    {
        await using var shelf = await Shelf.Open();

        await (await shelf.Put(Shelf.With("help", "weighting", """{"method": "entropy", "children": ["b", "a"], "matrix": [[50, 10], [50, 90], [50, 40]]}"""))).Json();

        var kept = (await shelf.Read("/api/v1/indicator-library")).GetProperty("indicators");
        Assert.That((kept[3].GetProperty("weight").GetDouble(), kept[4].GetProperty("weight").GetDouble()), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public async Task What_holds_is_never_changed_and_what_is_to_come_may_be()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "weight", "1", validFrom: "2025-01-01"));

        var past = await shelf.Put(Shelf.With("a", "weight", "2", validFrom: "2026-03-10"));
        var coming = await (await shelf.Put(Shelf.With("a", "weight", "2", validFrom: "2026-04-01"))).Json();
        var anew = await (await shelf.Put(Shelf.With("a", "weight", "3"))).Json();
        var before = await shelf.Put(Shelf.With("a", "weight", "4", validFrom: "2026-03-20"));

        await past.IsProblem(422, "in-the-past", "/validFrom");
        Assert.That(coming.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That((anew.GetProperty("version").GetInt32(), anew.GetProperty("validFrom").GetString()), Is.EqualTo((2, "2026-04-01")));
        await before.IsProblem(422, "out-of-order", "/validFrom");
        var read = await shelf.Read("/api/v1/indicator-library");
        Assert.That((read.GetProperty("validFrom").GetString(), read.GetProperty("indicators")[3].GetProperty("weight").GetDouble()), Is.EqualTo(("2025-01-01", 1.0)));
    }

    [Test]
    public async Task A_library_that_somebody_else_changed_is_not_overwritten_though_it_is_still_the_version_of_today()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await (await shelf.Put(Shelf.With("a", "weight", "2"))).Json();
        var read = (await shelf.Put(Shelf.With("a", "weight", "2"))).Headers.ETag!.Tag;
        await (await shelf.Put(Shelf.With("a", "weight", "3"))).Json();

        var late = await Put(read);
        var fresh = await Put((await shelf.Api.GetAsync("/api/v1/indicator-library")).Headers.ETag!.Tag);

        await late.IsProblem(412, "stale");
        Assert.That((await fresh.Json()).GetProperty("version").GetInt32(), Is.EqualTo(1));

        async Task<HttpResponseMessage> Put(string ifMatch)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/indicator-library") { Content = new StringContent(Shelf.With("a", "weight", "4"), null, "application/json") };
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            return await shelf.Api.SendAsync(request);
        }
    }

    [Test]
    public async Task Everything_that_measures_name_and_that_is_not_there_is_told_at_once_with_its_place()
    {
        await using var shelf = await Shelf.Open();
        await (await shelf.Api.PutAsync("/api/v1/operational-data/desk", new StringContent("""
            {"name": {"en": "Desk", "zh-CN": "服务台"}, "kind": "event", "key": ["id"], "fields": [
              {"column": "id", "type": "text"}, {"column": "account", "type": "text", "maps": "account"}, {"column": "at", "type": "instant", "maps": "at"},
              {"column": "minutes", "type": "integer", "metric": "minutes"}, {"column": "outcome", "type": "text"}]}
            """, null, "application/json"))).Json();
        string[] measures =
        [
            """{"type": "csatTopBox", "survey": "s9", "question": "a"}""", """{"type": "csatTopBox", "survey": "s1", "question": "z"}""", """{"type": "cesEasy", "survey": "s1", "question": "a"}""",
            """{"type": "nps", "touchpoints": ["moon"]}""", """{"type": "count", "source": "none"}""", """{"type": "mean", "source": "desk", "metric": "hours"}""",
            """{"type": "fieldShare", "source": "desk", "field": "mood", "options": ["good"]}""", """{"type": "ratio", "numerator": {"source": "desk", "metric": "hours"}, "denominator": {"source": "none"}}""",
            """{"type": "fieldShare", "source": "desk", "field": "outcome", "options": ["good"]}""",
        ];
        var leaves = measures.Select((measure, index) => $$$"""{"code": "l{{{index}}}", "name": {"en": "L", "zh-CN": "叶"}, "level": 2, "parent": "root", "kind": "{{{(index < 4 ? "x" : "o")}}}", "best": 1, "worst": 0, "measure": {{{measure}}}}""");

        var answer = await shelf.Put($$$"""{"indicators": [{"code": "root", "name": {"en": "Root", "zh-CN": "根"}, "level": 1}, {{{string.Join(", ", leaves)}}}]}""");

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        var errors = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("errors").EnumerateArray().ToList();
        Assert.That(errors.Select(error => (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString())), Is.EquivalentTo(new[]
        {
            ("/indicators/1/measure/survey", "survey-not-found"), ("/indicators/2/measure/question", "question-not-found"), ("/indicators/3/measure/question", "question-kind"),
            ("/indicators/4/measure/touchpoints", "touchpoint-not-found"), ("/indicators/5/measure/source", "source-not-found"), ("/indicators/6/measure/metric", "metric-not-found"),
            ("/indicators/7/measure/field", "field-not-found"), ("/indicators/8/measure/numerator/metric", "metric-not-found"), ("/indicators/8/measure/denominator/source", "source-not-found"),
        }));
        Assert.That(errors[0].GetProperty("message").GetString(), Does.Contain("'s9' for 'l0'"));
        Assert.That((await shelf.Api.GetAsync("/api/v1/indicator-library")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_was_measured_before_and_what_is_retired_stops_no_change_of_something_else()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await shelf.Host.Store.Write(tx => tx.Execute("DELETE FROM surveys_questions WHERE question = 'a'"));

        await (await shelf.Put(Shelf.With("fit", "weight", "2"))).Json();
        await (await shelf.Put(Shelf.With("a", "retired", "true"))).Json();
        var again = await shelf.Put(Shelf.With("a", "weight", "1"));

        await again.IsProblem(422, "question-not-found", "/indicators/3/measure/question");
    }

    [Test]
    public async Task What_one_page_exports_another_imports()
    {
        string file;
        await using (var from = await Shelf.Open(Shelf.Library))
        {
            using var reader = await from.Host.SignedIn(Roles.Viewer);
            file = await reader.Client.GetStringAsync("/indicators/export");
        }
        await using var shelf = await Shelf.Open();
        using var person = await shelf.Host.SignedIn(Roles.CxManager);

        await person.Open("/indicators/import");
        await person.Submit("#import", new { text = file });

        Assert.That(person.Address, Is.EqualTo("/indicators?done=imported"));
        Assert.That(await person.Client.GetStringAsync("/indicators/export"), Is.EqualTo(file));
        await person.Open("/indicators/import");
        await person.Submit("#import", new { text = file });
        Assert.That(person.Address, Is.EqualTo("/indicators?done=same"));
    }

    [TestCase("", "Choose a file")]
    [TestCase("{", "not an indicator library as JSON")]
    [TestCase("""{"indicators": [], "moons": 1}""", "not an indicator library as JSON")]
    [TestCase("""{"indicators": [null]}""", "no indicators in it")]
    [TestCase("""{"indicators": [{"code": "a", "name": {"en": "", "zh-CN": "甲"}, "level": 1}]}""", "a: A name has")]
    public async Task A_file_that_is_no_library_is_refused_and_kept(string file, string why)
    {
        await using var shelf = await Shelf.Open();
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/import");

        var page = await person.Submit("#import", new { text = file });

        Assert.That(page.QuerySelector(".error-summary")!.TextContent, Does.Contain(why));
        Assert.That(page.QuerySelector("[name=text]")!.TextContent, Is.EqualTo(file));
        Assert.That(shelf.Host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM indicators_versions")), Is.Zero);
    }
}
