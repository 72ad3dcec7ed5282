using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cem.Kernel.Security;

/// <summary>How hard a password is to guess from its hash.</summary>
/// <param name="Rounds">Rounds of PBKDF2-HMAC-SHA512; the OWASP password storage guide asks for 210,000 at least.</param>
public sealed record PasswordStrength(int Rounds)
{
    public const int LeastRounds = 210_000;

    public static readonly PasswordStrength Default = new(250_000);
}

/// <summary>What a check of a password found.</summary>
public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, but kept with fewer rounds than now wanted: hash it anew.</summary>
    RightButWeak,
}

/// <summary>
/// Passwords as <c>pbkdf2-sha512:rounds:salt:hash</c>, salt and hash in base 64. Text is normalised (NFKC) first, so that
/// the same password typed on another keyboard is the same.
/// </summary>
public sealed class Passwords(PasswordStrength strength)
{
    const string Scheme = "pbkdf2-sha512";
    const int SaltBytes = 16;
    const int HashBytes = 64;

    /// <summary>What an unknown user's password is held against, so that the answer takes as long as for a known one.</summary>
    readonly string nobodys = $"{Scheme}:{strength.Rounds.ToString(CultureInfo.InvariantCulture)}:{Convert.ToBase64String(new byte[SaltBytes])}:{Convert.ToBase64String(new byte[HashBytes])}";

    public string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}:{strength.Rounds}:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(Derive(password, salt, strength.Rounds))}");
    }

    /// <param name="stored">What <see cref="Hash"/> made; null for a user who is not there or has no password.</param>
    public PasswordCheck Check(string password, string? stored)
    {
        if ((stored ?? nobodys).Split(':') is not [Scheme, var rounds, var salt, var hash])
            throw new InvalidDataException("A stored password has a form that this version does not know.");
        var count = int.Parse(rounds, CultureInfo.InvariantCulture);
        var fits = CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(salt), count), Convert.FromBase64String(hash));
        return !fits || stored is null ? PasswordCheck.Wrong : count < strength.Rounds ? PasswordCheck.RightButWeak : PasswordCheck.Right;
    }

    static byte[] Derive(string password, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(Normalised(password)), salt, rounds, HashAlgorithmName.SHA512, HashBytes);

    static string Normalised(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: not text, and nobody's password.
            return password;
        }
    }
}
