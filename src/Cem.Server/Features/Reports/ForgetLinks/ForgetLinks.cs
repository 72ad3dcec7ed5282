using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Reports.ForgetLinks;

/// <summary>Forgets the links that stop the weekly mail when the mail they stand in is long past: every mail brings one of its own.</summary>
sealed class Job(Store store, CompanyTime time) : IJob
{
    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<bool> Run(CancellationToken ct)
    {
        var old = new { Before = time.Now - MailLinks.Remembered };
        return store.Read(reader => reader.Single<bool>(Sql.IsAnyOld, old)) && await store.Write(tx => tx.Execute(Sql.Forget, old), ct) > 0;
    }
}

file static class Sql
{
    public const string IsAnyOld = "SELECT EXISTS (SELECT 1 FROM reports_links WHERE made_at < @Before)";

    public const string Forget = "DELETE FROM reports_links WHERE made_at < @Before";
}
