using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Reports.StopReportMail;

/// <summary>
/// Stops somebody's weekly mail by the link in it, without signing in, or starts it again. Only a POST acts, because mail scanners
/// open links; it comes from the page or, by RFC 8058, straight from the mail program. Doing it twice changes nothing.
/// </summary>
[Access(Anyone = true)]
sealed record Request(string Secret, bool Undo = false) : IRequest<Response>;

/// <summary>How things stand with the reader of a link.</summary>
[Access(Anyone = true)]
sealed record Question(string Secret) : IRequest<Response>;

sealed record Response(bool Stopped);

sealed class Module : Routes
{
    public Module()
    {
        Get("/reports/stop/{secret}", async Task<Page> (string secret, IMediator mediator, CancellationToken ct) =>
                Page.Of(View.Of(secret, await mediator.Send(new Question(secret), ct))))
            .Sends<Question>();

        Post("/reports/stop/{secret}", async Task<IResult> (string secret, HttpRequest http, IMediator mediator, CancellationToken ct) =>
            {
                var view = View.Of(secret, await mediator.Send(new Request(secret), ct));
                // A mail program wants its answer at once (RFC 8058, 3.1: no redirect); a browser wants to be able to reload.
                return http.HasFormContentType && (await http.ReadFormAsync(ct)).ContainsKey("List-Unsubscribe") ? Page.Of(view) : TypedResults.LocalRedirect(view.Action);
            })
            .Sends<Request>()
            .OwnFormToken();

        Post("/reports/stop/{secret}/undo", async Task<IResult> (string secret, IMediator mediator, CancellationToken ct) =>
                TypedResults.LocalRedirect(View.Of(secret, await mediator.Send(new Request(secret, Undo: true), ct)).Action))
            .Sends<Request>()
            .OwnFormToken();
    }
}

sealed record View(string Action, string Undo, bool Stopped)
{
    public static View Of(string secret, Response response) =>
        new($"/reports/stop/{Uri.EscapeDataString(secret)}", $"/reports/stop/{Uri.EscapeDataString(secret)}/undo", response.Stopped);
}

sealed class Asker(Db db) : IRequestHandler<Question, Response>
{
    public Task<Response> Handle(Question request, CancellationToken cancellationToken) =>
        Task.FromResult(new Response((db.Find<Row>(Sql.Find, new { Hash = Secret.Hash(request.Secret) }) ?? throw Row.Unknown(request.Secret)).Stopped));
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var row = tx.Find<Row>(Sql.Find, new { Hash = Secret.Hash(request.Secret) }) ?? throw Row.Unknown(request.Secret);
        if (request.Undo)
            tx.Execute(Sql.Resume, new { row.UserId });
        else
            tx.Execute(Sql.Stop, new { row.UserId, tx.Now });
        return new Response(!request.Undo);
    }, cancellationToken);
}

sealed record Row(long UserId, bool Stopped)
{
    public static Problem Unknown(string secret) => MailLinks.Unknown(secret, ("This link is not one of ours.", "此链接无效。"));
}

file static class Sql
{
    public const string Find = """
        SELECT l.user_id, s.user_id IS NOT NULL AS stopped
        FROM reports_links l LEFT JOIN reports_stopped s ON s.user_id = l.user_id
        WHERE l.secret_hash = @Hash
        """;

    public const string Stop = "INSERT INTO reports_stopped (user_id, at) VALUES (@UserId, @Now) ON CONFLICT (user_id) DO NOTHING";

    public const string Resume = "DELETE FROM reports_stopped WHERE user_id = @UserId";
}
