using System.Net;
using Cem.Contracts.Access;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.CreateSignInLink;

public sealed class CreateSignInLinkTests
{
    [Test]
    public async Task A_link_for_somebody_new_makes_them_and_for_somebody_known_leaves_them_as_they_are()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);

        var made = await host.Send(new AskSignInLink("mei@example.com", "Mei", "manager", "east", "zh-CN"));
        var again = await host.Send(new AskSignInLink("mei@example.com", "Somebody else", "administrator", null, "en"));

        Assert.That(again.UserId, Is.EqualTo(made.UserId));
        Assert.That(host.Store.Read(reader => reader.Single<User>("SELECT u.name, u.role, o.code AS org_unit, u.language FROM access_users u JOIN customers_org_units o ON o.id = u.org_unit_id")),
            Is.EqualTo(new User("Mei", "manager", "east", "zh-CN")));
    }

    [Test]
    public async Task The_link_is_kept_as_a_hash_only()
    {
        await using var host = await CemHost.Run();

        var link = await host.Send(new AskSignInLink("mei@example.com", "Mei", "viewer", null, "en"));

        var secret = link.Path[(link.Path.LastIndexOf('/') + 1)..];
        var kept = host.Store.Read(reader => reader.Single<string>("SELECT secret_hash FROM access_links"));
        Assert.That(kept, Is.EqualTo(Secret.Hash(secret)).And.Not.Contain(secret));
        using var browser = host.Browser();
        Assert.That((await browser.Post(link.Path)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task An_org_unit_that_is_not_there_is_refused_and_nobody_is_made()
    {
        await using var host = await CemHost.Run();

        Assert.That(() => host.Send(new AskSignInLink("mei@example.com", "Mei", "manager", "nowhere", "en")), Throws.InstanceOf<Problem>());

        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_users")), Is.Zero);
    }

    sealed record User(string Name, string Role, string OrgUnit, string Language);
}
