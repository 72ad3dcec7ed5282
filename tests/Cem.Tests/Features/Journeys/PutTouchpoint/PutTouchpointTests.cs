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

    static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    sealed record Row(string NameEn, string NameZh, int Sort);
}
