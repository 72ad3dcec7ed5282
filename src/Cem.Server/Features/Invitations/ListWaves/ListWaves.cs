using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Invitations.ListWaves;

/// <summary>The waves, newest first, and how far each has come.</summary>
[Access(Staff = Roles.Programme)]
sealed record Request : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Surveys", 340, "/surveys/waves", Roles.Programme)];

    public Module() =>
        Get("/surveys/waves", async Task<Page> (IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(), ct)))
            .Sends<Request>();
}

sealed record View(IReadOnlyList<Line> Waves);

/// <param name="Progress">Null when it is over.</param>
/// <param name="CancelHref">Where the form that stops it posts to; null when it is over.</param>
/// <param name="Answered">Of those asked so far.</param>
sealed record Line(
    string Title, string OrgUnit, string StateKey, string Tone, ProgressBar? Progress, string? CancelHref, int Asked, int Suppressed, int Answered,
    string By, DateTimeOffset At);

sealed class Handler(Db db, Caller caller, Texts texts) : IRequestHandler<Request, View>
{
    const int Shown = 50;

    public Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "Invitations/ListWaves");
        return Task.FromResult(new View([.. db.Query<Row>(Sql.List, new { caller.OrgUnit, Limit = Shown }).Select(row => new Line(
            caller.Language == Languages.Chinese ? row.TitleZh : row.TitleEn, row.OrgUnit ?? words["everywhere"], "state." + row.State,
            row.State switch { "running" => "active", "done" => "done", _ => "" },
            row.State == "running" ? new ProgressBar(words["progress"], row.Asked + row.Suppressed, row.Contacts) : null,
            row.State == "running" ? $"/surveys/waves/{row.Id}/cancel" : null,
            row.Asked, row.Suppressed, row.Answered, row.StartedBy, row.StartedAt))]));
    }
}

file sealed record Row(
    Id Id, string TitleEn, string TitleZh, string? OrgUnit, string State, int Contacts, int Asked, int Suppressed, int Answered, string StartedBy,
    DateTimeOffset StartedAt);

file static class Sql
{
    public const string List = """
        SELECT w.id, s.title_en, s.title_zh, u.name AS org_unit, w.state, w.contacts, w.asked, w.suppressed,
          (SELECT COUNT(*) FROM invitations_invitations i WHERE i.wave_id = w.id AND i.state = 'completed') AS answered, w.started_by, w.started_at
        FROM invitations_waves w
        JOIN surveys_v_surveys s ON s.id = w.survey_id
        LEFT JOIN customers_v_org_units u ON u.id = w.org_unit_id
        WHERE @OrgUnit = 0 OR w.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY w.id DESC LIMIT @Limit
        """;
}
