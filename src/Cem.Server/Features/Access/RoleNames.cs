using System.Text.Json;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access;

/// <summary>Roles as they are stored, typed on the command line, and chosen in forms.</summary>
static class RoleNames
{
    static readonly Roles[] All = [Roles.Viewer, Roles.Agent, Roles.Manager, Roles.CxManager, Roles.Administrator];

    public static string Of(Roles role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    /// <exception cref="Problem">422: there is no such role.</exception>
    public static Roles Parse(string name)
    {
        foreach (var role in All)
            if (Of(role).Equals(name, StringComparison.OrdinalIgnoreCase))
                return role;
        var known = All.Select(Of).ToList();
        throw Problem.Rule("/role", "role-not-found", ($"The role is one of {string.Join(", ", known)}.", $"角色只能是以下之一：{string.Join("、", known)}。"));
    }

    /// <summary>A role in words.</summary>
    public static string Label(this ScopedTexts texts, Roles role) => texts["role." + Of(role)];

    /// <summary>For a form's choice, the least first.</summary>
    public static IReadOnlyList<Option> Options(ScopedTexts texts) => [.. All.Select(role => new Option(Of(role), texts.Label(role)))];
}
