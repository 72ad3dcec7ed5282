using System.Net.Http.Headers;
using System.Net.Http.Json;
using Cem.Contracts;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Benchmarks.Http;

/// <summary>
/// The real server over Kestrel on loopback, on a data folder of its own, with an endpoint beside the others that reads
/// the body and does nothing: what is measured stands beside it in the same run.
/// </summary>
sealed class BenchmarkHost : IAsyncDisposable
{
    /// <summary>Where the endpoint that does nothing is; it takes GET and POST.</summary>
    public const string Empty = "/empty";

    readonly WebApplication app;
    readonly DirectoryInfo folder;

    BenchmarkHost(WebApplication app, DirectoryInfo folder, HttpClient client) => (this.app, this.folder, Client) = (app, folder, client);

    /// <summary>A client with a key for everything, over as many connections as are asked for at once.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public Store Store => app.Services.GetRequiredService<Store>();

    public static async Task<BenchmarkHost> Start(int connections)
    {
        var folder = Directory.CreateTempSubdirectory("cem-benchmark-");
        var app = CemApplication.Build(Settings.Read(folder.FullName, "http://127.0.0.1:0"), typeof(ContractsAssembly).Assembly, typeof(Server.Features.Access.CreateKey.Request).Assembly);
        app.MapGet(Empty, () => "ok").WithMetadata(new AccessAttribute { Anyone = true });
        app.MapPost(Empty, async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return "ok";
        }).WithMetadata(new AccessAttribute { Anyone = true }, new OwnFormToken());
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = new Uri(addresses.First(address => address.StartsWith("http://127", StringComparison.Ordinal))) };
        var host = new BenchmarkHost(app, folder, client);
        await host.ChangeKey();
        return host;
    }

    /// <summary>Gives the client a new key, which has not called yet: each may make 20,000 calls a second, less than are made here.</summary>
    public async Task ChangeKey() => Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await MakeKey());

    /// <summary>Puts something by the API while arranging.</summary>
    public Task<string> Put(string path, object body) => Arrange(Client.PutAsJsonAsync(path, body));

    /// <inheritdoc cref="Put"/>
    public Task<string> Post(string path, object body) => Arrange(Client.PostAsJsonAsync(path, body));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    static async Task<string> Arrange(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    async Task<string> MakeKey()
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = Caller.System;
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new Server.Features.Access.CreateKey.Request("benchmark", [Scopes.Admin]))).Key;
    }
}
