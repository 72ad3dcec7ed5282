using MediatR;

namespace Cem.Contracts.Access;

/// <summary>
/// Asks for a one-time link that signs a user in without a password, valid for 24 hours; a user who is not there is made.
/// Answered to the server itself only: the sample company's start and the tests need it, people never do.
/// </summary>
/// <param name="Role"><c>viewer</c>, <c>agent</c>, <c>manager</c>, <c>cxManager</c> or <c>administrator</c>; used for a new user.</param>
/// <param name="OrgUnit">The code of the org unit that bounds what a new user sees; null for the whole company.</param>
/// <param name="Language"><c>zh-CN</c> or <c>en</c>; used for a new user.</param>
public sealed record AskSignInLink(string Email, string Name, string Role, string? OrgUnit, string Language) : IRequest<SignInLink>;

/// <param name="UserId">Whom it signs in.</param>
/// <param name="Path">The path of the link on this server; it holds the secret.</param>
public sealed record SignInLink(long UserId, string Path);
