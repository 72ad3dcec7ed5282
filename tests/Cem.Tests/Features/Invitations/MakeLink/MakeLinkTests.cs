using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.MakeLink;

public sealed class MakeLinkTests
{
    [Test]
    public async Task An_invitation_by_link_gives_out_links_once_it_is_sent()
    {
        await using var host = await CemHost.Run();
        var programme = await SendDueTests.Arrange(host, delay: 60, channel: "link");
        await programme.Report("e1", "acme", "ann");
        var id = (await programme.Outcome("e1")).GetProperty("contacts")[0].GetProperty("invitation").GetString();

        await (await programme.Api.PostAsync($"/api/v1/invitations/{id}:link", null)).IsProblem(409, "no-link");
        await host.Advance(TimeSpan.FromHours(1));
        var answer = await (await programme.Api.PostAsync($"/api/v1/invitations/{id}:link", null)).Json();

        var secret = answer.GetProperty("link").GetString()!.Split("/s/")[1];
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT secret_hash FROM invitations_v_links")), Is.EqualTo(Cem.Kernel.Security.Secret.Hash(secret)));
    }

    [Test]
    public async Task An_unknown_invitation_is_not_found()
    {
        await using var host = await CemHost.Run();
        var programme = await Programme.Start(host);

        await (await programme.Api.PostAsync("/api/v1/invitations/0000000000001:link", null)).IsProblem(404, "invitation-not-found");
    }
}
