using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys;

/// <summary>Who may change a journey: those who set the programme up, and colleagues who came by an editor's link that still holds.</summary>
static class JourneyEditors
{
    public static bool May(Session session, Caller caller, StoredJourney journey, DateTimeOffset now) =>
        caller.Kind is CallerKind.System or CallerKind.Key || caller.Is(Roles.Programme)
        || caller.Kind == CallerKind.Staff && session.Single<bool>(Sql.Invited, new { journey.Id, User = caller.Id, Now = now });

    /// <exception cref="Problem">403.</exception>
    public static void Check(Tx tx, Caller caller, StoredJourney journey)
    {
        if (!May(tx, caller, journey, tx.Now))
            throw Problem.Forbidden();
    }

    static class Sql
    {
        public const string Invited = """
            SELECT EXISTS (SELECT 1 FROM journeys_editors e JOIN journeys_shares s ON s.id = e.share_id
              WHERE e.user_id = @User AND s.journey_id = @Id AND s.revoked_at IS NULL AND s.expires_at > @Now)
            """;
    }
}
