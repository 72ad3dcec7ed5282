namespace Cem.Kernel.Security;

/// <summary>
/// Who may send a request. It stands on the request's record and nowhere else: routes, the pipeline and the table of
/// routes all read it there. Staff are let in by role, keys by any of the scopes; <see cref="Anyone"/> opens it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AccessAttribute : Attribute
{
    public Roles Staff { get; init; }

    public string[] Keys { get; init; } = [];

    public bool Anyone { get; init; }

    public bool Admits(Caller caller) => Anyone || caller.Kind switch
    {
        CallerKind.System => true,
        CallerKind.Staff => caller.Is(Staff),
        CallerKind.Key => Keys.Length > 0 && (caller.Scopes.Contains(Scopes.Admin) || Keys.Any(caller.Scopes.Contains)),
        _ => false,
    };
}
