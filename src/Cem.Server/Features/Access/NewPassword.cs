using FluentValidation;

namespace Cem.Server.Features.Access;

/// <summary>What a new password must be: long. Rules about kinds of characters make passwords worse (NIST SP 800-63B, 3.1.1.2).</summary>
static class NewPassword
{
    public static IRuleBuilderOptions<T, string> IsNewPassword<T>(this IRuleBuilder<T, string> rule) => rule.MinimumLength(12).MaximumLength(200);
}
