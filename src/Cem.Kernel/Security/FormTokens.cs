using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cem.Kernel.Data;

namespace Cem.Kernel.Security;

/// <summary>
/// Proof that a form was served by us to this very session or survey link: an HMAC over its purpose. No cookie is needed,
/// so it also holds for contacts whose browser keeps none.
/// </summary>
public sealed class FormTokens(Store store)
{
    /// <summary>The name of the hidden field.</summary>
    public const string Field = "_token";

    readonly Lazy<byte[]> key = new(() => Secrets.GetOrMake(store, "form-tokens"));

    public string For(Caller caller) => For(string.Create(CultureInfo.InvariantCulture, $"session:{caller.Session}"));

    /// <param name="purpose">What the form is bound to, such as one invitation's link.</param>
    public string For(string purpose) => Secret.Base32(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(purpose)).AsSpan(0, 20));

    public bool Fits(string? token, string purpose) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(For(purpose)));

    public bool Fits(string? token, Caller caller) => Fits(token, string.Create(CultureInfo.InvariantCulture, $"session:{caller.Session}"));
}

/// <summary>Keys that an installation makes for itself and keeps in its database.</summary>
public static class Secrets
{
    public static byte[] GetOrMake(Store store, string name) =>
        store.Read(reader => reader.Find<Row>(Sql.Find, new { Name = name }))?.Value ?? store.Write(tx =>
        {
            tx.Execute(Sql.Make, new { Name = name, Value = RandomNumberGenerator.GetBytes(32) });
            return tx.Single<Row>(Sql.Find, new { Name = name }).Value;
        }).GetAwaiter().GetResult();

    sealed record Row(byte[] Value);

    static class Sql
    {
        public const string Find = "SELECT value FROM kernel_secrets WHERE name = @Name";

        public const string Make = "INSERT INTO kernel_secrets (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO NOTHING";
    }
}
