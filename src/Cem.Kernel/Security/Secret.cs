using System.Security.Cryptography;
using System.Text;

namespace Cem.Kernel.Security;

/// <summary>Random secrets (keys, links, sessions): shown once, kept as their SHA-256.</summary>
public static class Secret
{
    /// <summary>Characters of a secret.</summary>
    public const int Length = 32;

    /// <summary>160 random bits as <see cref="Length"/> characters of base 32.</summary>
    public static string New() => Base32(RandomNumberGenerator.GetBytes(20));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        int buffer = 0, bits = 0;
        foreach (var b in bytes)
        {
            buffer = buffer << 8 | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(alphabet[buffer >> bits - 5 & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(alphabet[buffer << 5 - bits & 31]);
        return text.ToString();
    }
}
