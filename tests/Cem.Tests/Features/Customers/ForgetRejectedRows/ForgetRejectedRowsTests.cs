using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ForgetRejectedRows;

public sealed class ForgetRejectedRowsTests
{
    [Test]
    public async Task Refused_rows_go_after_a_week_and_their_number_stays()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var report = await api.Import("accounts", "externalId,name,orgUnit\na1,,hq\n");

        await host.Advance(TimeSpan.FromDays(6));
        var kept = host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM customers_import_rejections"));
        await host.Advance(TimeSpan.FromDays(2));
        var left = host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM customers_import_rejections"));

        Assert.That((kept, left), Is.EqualTo((1, 0)));
        Assert.That((await api.Got($"/api/v1/imports/{report.GetProperty("id").GetString()}")).GetProperty("rejected").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task Erasing_a_person_takes_their_refused_rows_along()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");
        await api.PutContact("c-1", "acct-1", "luo@example.com");
        await api.Import("contacts", "externalId,account,name,role,email\nc-1,acct-1,Luo,boss,luo@example.com\nc-2,acct-1,Pan,boss,pan@example.com\n");

        await api.DeleteAsync("/api/v1/contacts/c-1");

        Assert.That(host.Store.Read(reader => reader.Query<long>("SELECT line FROM customers_import_rejections")), Is.EqualTo(new[] { 3L }));
    }
}
