namespace Cem.Server.Features.Access;

/// <summary>How long failed sign-ins count.</summary>
static class SignInMemory
{
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(24);
}
