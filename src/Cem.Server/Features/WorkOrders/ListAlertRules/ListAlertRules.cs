using System.Globalization;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.WorkOrders.ListAlertRules;

/// <summary>The alert rules, as a list for programs and as the settings page on which they are added and changed.</summary>
[Access(Staff = Roles.Programme, Keys = [Scopes.InsightsRead, Scopes.SurveysWrite, Scopes.WorkOrdersWrite])]
sealed record Request : IRequest<IReadOnlyList<Response>>;

/// <param name="Kind">answer: question, survey, atMost and touchpoints say what it looks at; health: standings and leastRisk do.</param>
sealed record Response(
    string Code, string NameEn, string NameZh, string Kind, string? Question, string? Survey, int? AtMost, string[]? Touchpoints, string[]? Standings, string? LeastRisk, string Priority,
    string RequiredActionEn, string RequiredActionZh, int PromisedHours, bool Active);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 940, "/settings/alert-rules", Roles.Programme)];

    public Module()
    {
        Get("/api/v1/alert-rules", async Task<Ok<IReadOnlyList<Response>>> (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(), ct)))
            .Sends<Request>()
            .Summary("List the alert rules");

        Get("/settings/alert-rules", async (string? edit, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Draw(edit, null), ct)))
            .Sends<Request>();

        Post("/settings/alert-rules", (IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(RuleForm.Read(form), ct);
                    return "/settings/alert-rules?done=saved";
                },
                again: async refused => await mediator.Send(new Draw(null, refused, form["kind"] == RuleForm.Health), ct)))
            .Sends<PutRule>();
    }
}

/// <summary>Draws the page, the form filled with a rule to edit or as it was sent.</summary>
/// <param name="OfHealth">Which of the two forms <paramref name="Form"/> is.</param>
[Access(Staff = Roles.Programme)]
sealed record Draw(string? Edit, Form? Form, bool OfHealth = false) : IRequest<View>;

/// <param name="Thresholds">Indicators that raise a work order by their threshold.</param>
/// <param name="Form">A rule about single answers.</param>
/// <param name="HealthForm">A rule about the health of accounts.</param>
sealed record View(
    IReadOnlyList<Line> Rules, IReadOnlyList<Threshold> Thresholds, Form Form, Form HealthForm, IReadOnlyList<Option> Surveys, IReadOnlyList<Option> Touchpoints, IReadOnlyList<Option> Priorities,
    IReadOnlyList<Option> Standings, IReadOnlyList<Option> Risks);

/// <param name="When">What is an alert, in words.</param>
sealed record Line(Response Rule, string Name, string When, string Where);

/// <param name="Value">In the unit of the indicator's measure, or its score.</param>
sealed record Threshold(string Code, string Name, double Value);

sealed class Handler(Db db) : IRequestHandler<Request, IReadOnlyList<Response>>
{
    public Task<IReadOnlyList<Response>> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Query<Response>(Sql.List));
}

sealed class Drawer(Db db, Caller caller, Texts texts, CompanyTime time) : IRequestHandler<Draw, View>
{
    static readonly string[] Standings = ["hiddenChurn", "atRisk"];

    public Task<View> Handle(Draw request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "WorkOrders/ListAlertRules");
        var chinese = caller.Language == Languages.Chinese;
        return Task.FromResult(db.Read(reader =>
        {
            var rules = reader.Query<Response>(Sql.List);
            var touchpoints = reader.Query<Named>(Sql.Touchpoints).Select(each => new Option(each.Code, chinese ? each.NameZh : each.NameEn)).ToList();
            var edited = rules.FirstOrDefault(rule => rule.Code == request.Edit);
            return new View(
                [.. rules.Select(rule => new Line(rule, chinese ? rule.NameZh : rule.NameEn, When(rule, words),
                    rule.Kind == RuleForm.Health ? words["everyAccount"] : rule.Touchpoints is null ? words["everywhere"] : string.Join(words["between"], rule.Touchpoints.Select(code => touchpoints.Find(option => option.Value == code)?.Label ?? code))))],
                reader.Query<Threshold>(Sql.Thresholds, new { Chinese = chinese, Today = Day.Number(time.Today) }),
                (request.OfHealth ? null : request.Form) ?? (edited is { Kind: not RuleForm.Health } ? RuleForm.Of(edited) : Form.Of(("priority", "normal"), ("promisedHours", 16), ("question", "nps"), ("atMost", 6), ("active", "on"))),
                (request.OfHealth ? request.Form : null) ?? (edited is { Kind: RuleForm.Health } ? RuleForm.Of(edited)
                    : Form.Of(("priority", "normal"), ("promisedHours", 40), ("standings", Standings), ("leastRisk", "high"), ("active", "on"))),
                [.. reader.Query<Named>(Sql.Surveys).Select(each => new Option(each.Code, chinese ? each.NameZh : each.NameEn)).Prepend(new Option("", words["everySurvey"]))],
                touchpoints, [.. Options("priority", "high", "normal", "low")], [.. Options("standing", Standings)], [.. Options("leastRisk", "medium", "high")]);

            IEnumerable<Option> Options(string of, params string[] values) => values.Select(value => new Option(value, words[$"{of}.{value}"]));
        }));
    }

    static string When(Response rule, ScopedTexts words) => rule.Kind == RuleForm.Health
        ? words.Get("when.health", ("standings", string.Join(words["or"], rule.Standings!.Select(standing => words["standing." + standing]))), ("risk", words["leastRisk." + rule.LeastRisk]))
        : rule.Survey is null ? words.Get("when.answer", ("question", rule.Question), ("score", rule.AtMost)) : words.Get("when.survey", ("question", rule.Question), ("survey", rule.Survey), ("score", rule.AtMost));
}

file sealed record Named(string Code, string NameEn, string NameZh);

static class RuleForm
{
    public const string Health = "health";

    public static Form Of(Response rule) => Form.Of(
        ("code", rule.Code), ("nameEn", rule.NameEn), ("nameZh", rule.NameZh), ("question", rule.Question), ("survey", rule.Survey ?? ""), ("atMost", rule.AtMost),
        ("touchpoints", rule.Touchpoints ?? []), ("standings", rule.Standings ?? []), ("leastRisk", rule.LeastRisk), ("priority", rule.Priority), ("requiredActionEn", rule.RequiredActionEn), ("requiredActionZh", rule.RequiredActionZh),
        ("promisedHours", rule.PromisedHours), ("active", rule.Active ? "on" : ""));

    public static PutRule Read(IFormCollection form) => form["kind"] == Health
        ? Rule(form) with { Kind = Health, Question = null, AtMost = null, Survey = null, Touchpoints = null, Standings = Chosen(form, "standings") ?? [], LeastRisk = form["leastRisk"] == "medium" ? "medium" : "high" }
        : Rule(form) with { AtMost = Number(form, "atMost") };

    static PutRule Rule(IFormCollection form) => new(
        form["code"].ToString().Trim(), form["nameEn"].ToString().Trim(), form["nameZh"].ToString().Trim(), form["question"].ToString().Trim(), null,
        form["priority"].ToString(), form["requiredActionEn"].ToString().Trim(), form["requiredActionZh"].ToString().Trim(), Number(form, "promisedHours"),
        form["survey"].ToString() is { Length: > 0 } survey ? survey : null, Chosen(form, "touchpoints"), form["active"].Count > 0);

    static string[]? Chosen(IFormCollection form, string name) => form[name].Count == 0 ? null : [.. form[name].OfType<string>()];

    static int Number(IFormCollection form, string name) =>
        int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Problem.Rule("/" + name, "number", ("A whole number is needed.", "请填写整数。"));
}

file static class Sql
{
    public const string List = """
        SELECT code, name_en, name_zh, kind, question, survey, at_most, touchpoints, standings, least_risk, priority, required_action_en, required_action_zh, promised_hours, active
        FROM work_orders_rules ORDER BY code
        """;

    // Of the version of the library that holds today.
    public const string Thresholds = """
        SELECT code, CASE WHEN @Chinese THEN name_zh ELSE name_en END AS name, CAST(definition ->> 'threshold' AS REAL) AS value
        FROM indicators_v_indicators
        WHERE version = (SELECT MAX(version) FROM indicators_v_versions WHERE valid_from <= @Today) AND retired = 0 AND definition ->> 'threshold' IS NOT NULL
        ORDER BY level, position
        """;

    public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_v_touchpoints ORDER BY sort, code";

    public const string Surveys = "SELECT code, title_en AS name_en, title_zh AS name_zh FROM surveys_v_surveys ORDER BY code";
}
