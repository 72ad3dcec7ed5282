using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Invitations.ForgetLinks;

/// <summary>Forgets the personal links of invitations that are long over; those that somebody may still answer stay, however old.</summary>
sealed class Job(Store store, CompanyTime time) : IJob
{
    const int ChunkSize = 1_000;

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<bool> Run(CancellationToken ct)
    {
        var old = store.Read(reader => reader.Query<string>(Sql.Old, new { Before = time.Now - MailLinks.Remembered, Limit = ChunkSize }));
        return old.Count > 0 && await store.Write(tx => tx.Execute(Sql.Forget, new { Hashes = old.ToArray() }), ct) > 0;
    }
}

file static class Sql
{
    public const string Old = """
        SELECT l.secret_hash FROM invitations_links l JOIN invitations_invitations i ON i.id = l.invitation_id
        WHERE l.made_at < @Before AND i.state IN ('completed', 'suppressed', 'expired') LIMIT @Limit
        """;

    public const string Forget = "DELETE FROM invitations_links WHERE secret_hash IN (SELECT value FROM json_each(@Hashes))";
}
