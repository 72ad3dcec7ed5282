using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.OperationalData.ShowSources;

/// <summary>Where operational data come from: every declared source, and how fresh what it brought is.</summary>
[Access(Staff = Roles.Programme)]
sealed record Request : IRequest<View>;

sealed record View(IReadOnlyList<Line> Sources, string? Stale);

/// <param name="State">Of the last import, in words; null where nothing came yet.</param>
sealed record Line(string Href, string Code, string Name, string Kind, bool Retired, int Fields, DateTimeOffset? LastAt, string? ImportHref, string? State, string Tone, long Read, long Rejected);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("OperationalData", 850, "/data", Roles.Programme)];

    public Module() =>
        Get("/data", async (IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(), ct))).Sends<Request>();
}

sealed class Handler(Db db, Caller caller, Texts texts, TimeProvider clock) : IRequestHandler<Request, View>
{
    const int Most = 500;

    static readonly TimeSpan Old = TimeSpan.FromDays(35);

    public Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "OperationalData/ShowSources");
        var last = db.Query<Last>(Sql.LastImports, new { caller.OrgUnit }).ToDictionary(import => import.Source);
        var lines = SourceStore.After(db, "", Most).Select(source => Draw(source, last.GetValueOrDefault(source.Code), words)).ToList();
        var stale = lines.Where(line => !line.Retired && line.LastAt is { } at && at < clock.GetUtcNow() - Old).Select(line => line.Name).ToList();
        return Task.FromResult(new View(lines, stale.Count == 0 ? null : words.Get("stale", ("names", string.Join(words["comma"], stale)))));
    }

    Line Draw(DeclaredSource source, Last? last, ScopedTexts words) => new(
        $"/data/sources/{source.Code}", source.Code, source.Definition.Name.In(caller.Language), words["kind." + ImportLog.Stored(source.Definition.Kind)], source.Retired, source.Definition.Fields.Count,
        last?.StartedAt, last is null ? null : $"/data/imports/{last.Id}", last is null ? null : words["importState." + ImportLog.Stored(last.State)],
        last?.State switch { ImportState.Done => "done", ImportState.Failed => "late", ImportState.Cancelled or null => "", _ => "active" }, last?.RowsRead ?? 0, last?.RowsRejected ?? 0);

    sealed record Last(Id Id, string Source, ImportState State, DateTimeOffset StartedAt, long RowsRead, long RowsRejected);
}

file static class Sql
{
    public const string LastImports = """
        SELECT i.id, s.code AS source, i.state, i.started_at, i.rows_read, i.rows_rejected
        FROM operational_data_sources s
        JOIN operational_data_imports i ON i.id = (
          SELECT MAX(l.id) FROM operational_data_imports l
          WHERE l.source_id = s.id AND (l.org_unit_id = @OrgUnit OR l.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)))
        """;
}
