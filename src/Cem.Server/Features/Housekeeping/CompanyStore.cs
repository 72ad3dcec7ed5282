using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping;

/// <summary>The company's profile in the settings table; memory follows the commit.</summary>
static class CompanyStore
{
    public static void Put(Tx tx, CompanyProfile company, CompanyProfile.Profile profile)
    {
        Put(tx, "company.name.en", profile.NameEn);
        Put(tx, "company.name.zh-CN", profile.NameZh);
        Put(tx, "company.colour", profile.Colour);
        tx.AfterCommit(() => company.Set(profile));
    }

    /// <summary>Null where nobody has set it yet.</summary>
    public static CompanyProfile.Profile? Find(Session session) =>
        session.Find<string>(Sql.Find, new { Name = "company.colour" }) is { } colour
            ? new(session.Single<string>(Sql.Find, new { Name = "company.name.en" }), session.Single<string>(Sql.Find, new { Name = "company.name.zh-CN" }), colour)
            : null;

    static void Put(Tx tx, string name, string value) => tx.Execute(Sql.Put, new { Name = name, Value = value, tx.Now });

    static class Sql
    {
        public const string Find = "SELECT value FROM housekeeping_settings WHERE name = @Name";

        public const string Put = """
            INSERT INTO housekeeping_settings (name, value, updated_at) VALUES (@Name, @Value, @Now)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
            """;
    }
}
