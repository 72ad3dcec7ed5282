using System.Globalization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Surveys.ChangeCell;

/// <summary>
/// Fills in, changes or clears one cell of the survey matrix by form: whom to ask there, by which survey, after which event.
/// </summary>
/// <param name="Survey">The code of a published survey; null clears the cell.</param>
/// <param name="Sampling">The share of events that ask, above 0 up to 1.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Touchpoint, string Role, string? Survey, string Trigger, int DelayMinutes, string Channel, double Sampling, bool Active) : IRequest<Response>;

sealed record Response;

/// <summary>The cell as it is, for its form.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string Touchpoint, string Role) : IRequest<FormResponse>;

/// <param name="Cell">Null for an empty cell.</param>
/// <param name="Triggers">Types of events that have been received, as proposals.</param>
sealed record FormResponse(Wording Touchpoint, Cell? Cell, IReadOnlyList<Survey> Surveys, IReadOnlyList<string> Triggers);

sealed record Cell(string Survey, string Trigger, int DelayMinutes, string Channel, double Sampling, bool Active);

sealed record Survey(string Code, string TitleEn, string TitleZh);

sealed class Module : Routes
{
    const string Done = "/survey-matrix?done=";

    public Module()
    {
        Get("/survey-matrix/{touchpoint}/{role}", async (string touchpoint, string role, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var found = await mediator.Send(new FormRequest(touchpoint, role), ct);
                return Page.Of(View.Of(found, touchpoint, role, Filled(found.Cell), caller, texts));
            })
            .Sends<FormRequest>();

        Post("/survey-matrix/{touchpoint}/{role}", (string touchpoint, string role, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(Read(touchpoint, role, form), ct);
                    return Done + "saved";
                },
                again: async refused => View.Of(await mediator.Send(new FormRequest(touchpoint, role), ct), touchpoint, role, refused, caller, texts)))
            .Sends<Request>();

        Post("/survey-matrix/{touchpoint}/{role}/clear", async (string touchpoint, string role, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(touchpoint, role, null, "-", 0, "email", 1, false), ct);
                return TypedResults.LocalRedirect(Done + "cleared");
            })
            .Sends<Request>();
    }

    static Form Filled(Cell? cell) => cell is null
        ? Form.Of(("delayMinutes", 60), ("channel", "email"), ("sampling", 100), ("active", "true"))
        : Form.Of(("survey", cell.Survey), ("trigger", cell.Trigger), ("delayMinutes", cell.DelayMinutes), ("channel", cell.Channel),
            ("sampling", Math.Round(cell.Sampling * 100, 2)), ("active", cell.Active ? "true" : ""));

    static Request Read(string touchpoint, string role, IFormCollection form) => new(
        touchpoint, role, form["survey"].ToString(), form["trigger"].ToString().Trim(),
        int.TryParse(form["delayMinutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var delay) ? delay : -1, form["channel"].ToString(),
        double.TryParse(form["sampling"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent / 100 : -1,
        form["active"].Count > 0);
}

/// <summary>The page.</summary>
/// <param name="Exists">Whether the cell is filled, so that it can be cleared.</param>
sealed record View(
    string Address, string Touchpoint, string Role, bool Exists, Form Form, IReadOnlyList<Option> Surveys, IReadOnlyList<Option> Channels,
    IReadOnlyList<string> Triggers, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(FormResponse found, string touchpoint, string role, Form form, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Surveys/ChangeCell");
        var (address, name) = ($"/survey-matrix/{touchpoint}/{role}", found.Touchpoint.In(caller.Language));
        return new View(
            address, name, role, found.Cell is not null, form,
            [new Option("", words["choose"]), .. found.Surveys.Select(survey => new Option(survey.Code, caller.Language == Languages.Chinese ? survey.TitleZh : survey.TitleEn))],
            [.. ChannelNames.All.Select(channel => new Option(channel, words["channel." + channel]))], found.Triggers,
            [new NavigationEntry(words["matrix"], "/survey-matrix"), new NavigationEntry($"{name} · {words["role." + role]}", address, Current: true)]);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Survey).NotEmpty().When(request => request.Survey is not null);
        RuleFor(request => request.Trigger).NotEmpty().MaximumLength(100);
        RuleFor(request => request.DelayMinutes).InclusiveBetween(0, 90 * 24 * 60);
        RuleFor(request => request.Channel).Must(ChannelNames.All.Contains).WithMessage(_ => string.Join(", ", ChannelNames.All));
        RuleFor(request => request.Sampling).GreaterThan(0).LessThanOrEqualTo(1);
    }
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, FormResponse>
{
    public Task<FormResponse> Handle(FormRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader => new FormResponse(
        Places.Find(reader, request.Touchpoint, request.Role), reader.Find<Cell>(Sql.Cell, new { request.Touchpoint, request.Role }),
        reader.Query<Survey>(Sql.Published), reader.Query<string>(Sql.Triggers))));
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        Places.Find(tx, request.Touchpoint, request.Role);
        if (request.Survey is null)
            tx.Execute(Sql.Clear, new { request.Touchpoint, request.Role });
        else
        {
            var survey = tx.Find<long?>(Sql.FindSurvey, new { request.Survey })
                ?? throw Problem.Rule("/survey", "survey-not-published", ("Choose a published survey.", "请选择已发布的问卷。"));
            tx.Execute(Sql.Put, new { Id = tx.NewId(), request.Touchpoint, request.Role, Survey = survey, request.Trigger, request.DelayMinutes, request.Channel, request.Sampling, request.Active, tx.Now });
        }
        tx.Execute(Sql.Advance);
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), request.Survey is null ? "survey-matrix.cell-cleared" : "survey-matrix.cell-changed",
            $"{request.Touchpoint}/{request.Role}", Json.Write(new { request.Survey, request.Trigger, request.DelayMinutes, request.Channel, request.Sampling, request.Active })));
        return new Response();
    }, cancellationToken);
}

file static class ChannelNames
{
    public static readonly IReadOnlyList<string> All = ["email", "link"];
}

file static class Places
{
    static readonly string[] Roles = ["decisionMaker", "purchaser", "influencer", "user"];

    /// <exception cref="Problem">404: the matrix has no such place.</exception>
    public static Wording Find(Session session, string touchpoint, string role) =>
        Roles.Contains(role) && session.Find<Name>(Sql.Touchpoint, new { Code = touchpoint }) is { } name
            ? new Wording(name.NameEn, name.NameZh)
            : throw Problem.NotFound("cell-not-found", ("The survey matrix has no such place.", "问卷矩阵中没有该位置。"));
}

file sealed record Name(string NameEn, string NameZh);

file static class Sql
{
    public const string Touchpoint = "SELECT name_en, name_zh FROM journeys_v_touchpoints WHERE code = @Code";

    public const string Cell = """
        SELECT s.code AS survey, c.trigger, c.delay_minutes, c.channel, c.sampling, c.active
        FROM surveys_cells c JOIN surveys_surveys s ON s.id = c.survey_id WHERE c.touchpoint = @Touchpoint AND c.role = @Role
        """;

    public const string Published = "SELECT code, title_en, title_zh FROM surveys_surveys WHERE published_version IS NOT NULL ORDER BY code";

    public const string Triggers = """
        SELECT trigger FROM surveys_cells UNION SELECT type FROM operational_data_v_events ORDER BY 1 LIMIT 200
        """;

    public const string FindSurvey = "SELECT id FROM surveys_surveys WHERE code = @Survey AND published_version IS NOT NULL";

    public const string Put = """
        INSERT INTO surveys_cells (id, touchpoint, role, survey_id, trigger, delay_minutes, channel, sampling, active, updated_at)
        VALUES (@Id, @Touchpoint, @Role, @Survey, @Trigger, @DelayMinutes, @Channel, @Sampling, @Active, @Now)
        ON CONFLICT (touchpoint, role) DO UPDATE SET survey_id = excluded.survey_id, trigger = excluded.trigger, delay_minutes = excluded.delay_minutes,
          channel = excluded.channel, sampling = excluded.sampling, active = excluded.active, updated_at = excluded.updated_at
        """;

    public const string Clear = "DELETE FROM surveys_cells WHERE touchpoint = @Touchpoint AND role = @Role";

    public const string Advance = "UPDATE surveys_matrix_revision SET revision = revision + 1";
}
