using System.Net.Http.Headers;
using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData;

/// <summary>Files sent by form.</summary>
static class Uploads
{
    public static async Task<HttpResponseMessage> Upload(this Browser person, string source, byte[]? file, string name = "usage.csv")
    {
        using var form = new MultipartFormDataContent { { new StringContent(person.Token()), FormTokens.Field }, { new StringContent(source), "source" } };
        if (file is not null)
            form.Add(new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "file", name);
        return await person.Client.PostAsync("/data/imports", form);
    }

    public static Task<HttpResponseMessage> Upload(this Browser person, string source, string file, string name = "usage.csv") => person.Upload(source, Encoding.UTF8.GetBytes(file), name);
}
