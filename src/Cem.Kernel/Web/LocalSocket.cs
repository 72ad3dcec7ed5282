using Cem.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cem.Kernel.Web;

/// <summary>
/// The socket in the data folder, open to its owner only, over which the command line hands verbs to the running server.
/// What comes in by any other door never reaches them.
/// </summary>
static class LocalSocket
{
    public const string Path = "/verbs";

    public static void Listen(KestrelServerOptions kestrel, string file)
    {
        File.Delete(file);
        kestrel.ListenUnixSocket(file, options => options.Use(next => connection =>
        {
            connection.Features.Set(new Mark());
            return next(connection);
        }));
    }

    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Mark>() is null)
        {
            await next(context);
            return;
        }
        var request = await context.Request.ReadFromJsonAsync<CommandLine.Request>(Json.Stored, context.RequestAborted)
            ?? throw new InvalidDataException("A verb is needed.");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Run(context, request, output, error);
        await context.Response.WriteAsJsonAsync(new CommandLine.Answer(code, output.ToString(), error.ToString()), Json.Stored);
    }

    static async Task<int> Run(HttpContext context, CommandLine.Request request, StringWriter output, StringWriter error)
    {
        try
        {
            return await CommandLine.RunVerb(context.RequestServices, request, output, error, context.RequestAborted);
        }
        catch (UsageException fault)
        {
            await error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (Exception fault) when (fault is Problem or IOException or InvalidDataException)
        {
            await error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    sealed class Mark;
}
