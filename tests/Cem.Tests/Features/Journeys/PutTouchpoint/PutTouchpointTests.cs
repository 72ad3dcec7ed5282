using System.Net;
using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.PutTouchpoint;

public sealed class PutTouchpointTests
{
    [Test]
    public async Task A_new_touchpoint_is_created_and_putting_it_again_changes_it()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.SurveysWrite);

        var first = await api.PutAsync("/api/v1/touchpoints/booking", Body("""{"name": {"en": "Bookin", "zh-CN": "预订"}, "order": 3}"""));
        var second = await api.PutAsync("/api/v1/touchpoints/booking", Body("""{"name": {"en": "Booking", "zh-CN": "预订"}, "order": 6}"""));

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)), await first.Content.ReadAsStringAsync());
        var row = host.Store.Read(reader => reader.Single<Row>("SELECT name_en, name_zh, sort FROM journeys_v_touchpoints"));
        Assert.That(row, Is.EqualTo(new Row("Booking", "预订", 6)));
    }

    [TestCase("booking", """{"name": {"en": "Booking"}, "order": 6}""", 400, "/name/zh-CN")]
    [TestCase("booking", """{"name": {"en": "", "zh-CN": "预订"}, "order": 6}""", 422, "/name/en")]
    [TestCase("booking", """{"name": {"en": "x", "zh-CN": "预订"}, "order": -1}""", 422, "/order")]
    [TestCase("a%20b", """{"name": {"en": "x", "zh-CN": "预订"}, "order": 1}""", 422, "/code")]
    public async Task What_is_wrong_is_refused_with_its_field(string code, string body, int status, string pointer)
    {
        await using var host = await CemHost.Run();
        var answer = await (await host.WithKey(Scopes.Admin)).PutAsync($"/api/v1/touchpoints/{code}", Body(body));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"pointer\":\"{pointer}\""));
    }

    [Test]
    public async Task A_touchpoint_is_made_and_renamed_by_its_form()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/touchpoints/new");
        await browser.Submit("#touchpoint", new Dictionary<string, object?> { ["name.zh-CN"] = "预订", ["code"] = "booking", ["order"] = "3" });
        Assert.That(browser.Address, Is.EqualTo("/touchpoints?done=saved"));
        await browser.Open("/touchpoints/booking");
        await browser.Submit("#touchpoint", new Dictionary<string, object?> { ["name.en"] = "Booking" });

        var row = host.Store.Read(reader => reader.Single<Row>("SELECT name_en, name_zh, sort FROM journeys_v_touchpoints"));
        Assert.That(row, Is.EqualTo(new Row("Booking", "预订", 3)));
    }

    [TestCase("booking", "1", "#f-code-error")]
    [TestCase("new", "1", "#f-code-error")]
    [TestCase("a b", "1", "#f-code-error")]
    [TestCase("other", "many", "#f-order-error")]
    public async Task What_is_wrong_on_the_form_is_said_at_its_field_and_what_was_typed_stays(string code, string order, string at)
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.Admin)).PutAsync("/api/v1/touchpoints/booking", Body("""{"name": {"en": "Booking", "zh-CN": "预订"}, "order": 3}"""));
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/touchpoints/new");
        var page = await browser.Submit("#touchpoint", new Dictionary<string, object?> { ["name.en"] = "Typed", ["code"] = code, ["order"] = order });

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(page.QuerySelector(at), Is.Not.Null, page.QuerySelector("main")!.TextContent);
        Assert.That(page.QuerySelector("[name='name.en']")!.GetAttribute("value"), Is.EqualTo("Typed"));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT name_en FROM journeys_v_touchpoints")), Is.EqualTo(new[] { "Booking" }));
    }

    [Test]
    public async Task A_form_of_what_is_not_there_makes_nothing()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager);

        Assert.That((int)(await browser.Post("/touchpoints/nothing", ("name.en", "x"), ("order", "1"))).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await browser.Client.GetAsync("/touchpoints/nothing")).StatusCode, Is.EqualTo(404));
    }

    static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    sealed record Row(string NameEn, string NameZh, int Sort);
}
