using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.Examine;

public sealed class ExamineTests
{
    [Test]
    public async Task A_sound_installation_is_said_to_be_well()
    {
        await using var host = await CemHost.Run();

        var (code, output, _) = await host.RunVerb("doctor");

        Assert.That(output, Does.Contain("sound").And.Not.Contain("BAD"));
        Assert.That(code, Is.Zero);
    }
}
