namespace Cem.Kernel.Security;

/// <summary>What a member of staff may be.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Viewer = 1,
    Agent = 2,
    Manager = 4,
    CxManager = 8,
    Administrator = 16,

    /// <summary>Those who set the programme up: surveys, matrix, rules.</summary>
    Programme = CxManager | Administrator,

    /// <summary>Those who act on work orders.</summary>
    Acting = Agent | Manager | CxManager | Administrator,

    All = Viewer | Agent | Manager | CxManager | Administrator,
}

/// <summary>What an API key may do.</summary>
public static class Scopes
{
    public const string CustomersWrite = "customers:write";
    public const string EventsWrite = "events:write";
    public const string InsightsRead = "insights:read";
    public const string WorkOrdersWrite = "workorders:write";
    public const string SurveysWrite = "surveys:write";

    /// <summary>Everything the other scopes allow, and org units.</summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> Known = [CustomersWrite, EventsWrite, InsightsRead, WorkOrdersWrite, SurveysWrite, Admin];
}

/// <summary>The kinds of who is asking.</summary>
public enum CallerKind
{
    Nobody,
    Key,
    Staff,
    System,
}

/// <summary>Who is asking, and how far they can see.</summary>
/// <param name="Id">The key's or the user's id; 0 for the server itself.</param>
/// <param name="OrgUnit">The org unit whose tree bounds what they see; 0 is the whole company.</param>
public sealed record Caller(
    CallerKind Kind, long Id, string Name, Roles Role, IReadOnlyList<string> Scopes, long OrgUnit, string Language)
{
    public static readonly Caller Nobody = new(CallerKind.Nobody, 0, "", Roles.None, [], -1, Text.Languages.Default);

    /// <summary>The server itself: jobs, the command line, the sample company.</summary>
    public static readonly Caller System = new(CallerKind.System, 0, "CemMonolith", Roles.Administrator, [Security.Scopes.Admin], 0, Text.Languages.Default);

    /// <summary>The session that a form token is bound to; 0 without one.</summary>
    public long Session { get; init; }

    public bool Is(Roles any) => (Role & any) != 0;
}

/// <summary>Holds the caller of the current scope (one HTTP request, one job run).</summary>
public sealed class CallerContext
{
    public Caller Caller { get; set; } = Caller.Nobody;
}
