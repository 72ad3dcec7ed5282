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

/// <param name="Kind">answer: question, survey, atMost and touchpoints say what it looks at; health: standings and leastRisk do; indicator: indicators, null for all that no other rule names.</param>
sealed record Response(
    string Code, string NameEn, string NameZh, string Kind, string? Question, string? Survey, int? AtMost, string[]? Touchpoints, string[]? Standings, string? LeastRisk, string[]? Indicators,
    string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours, bool Active);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 940, "/settings/alert-rules", Roles.Programme)];

    public Module()
    {
        Get("/api/v1/alert-rules", async Task<Ok<IReadOnlyList<Response>>> (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(), ct)))
            .Sends<Request>()
            .Summary("List the alert rules");

        Get("/settings/alert-rules", async (string? edit, string? kind, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Draw(edit, kind, null), ct)))
            .Sends<Request>();

        Post("/settings/alert-rules", (IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(RuleForm.Read(form), ct);
                    return "/settings/alert-rules?done=saved";
                },
                again: async refused => await mediator.Send(new Draw(null, form["kind"], refused), ct)))
            .Sends<PutRule>();
    }
}

/// <summary>Draws the page, the form filled with a rule to edit or as it was sent.</summary>
/// <param name="Kind">What the form makes a rule about, unless it is one to edit; answers unless it is a kind there is.</param>
[Access(Staff = Roles.Programme)]
sealed record Draw(string? Edit, string? Kind, Form? Form) : IRequest<View>;

/// <param name="NoAnswerRule">Whether no answer can raise an alert.</param>
/// <param name="Thresholds">Indicators that raise a work order by their threshold.</param>
/// <param name="Kind">Of the rule that the form is about: answer, health or indicator.</param>
/// <param name="Indicators">Those with a threshold, and those that the rule names.</param>
sealed record View(
    IReadOnlyList<Line> Rules, bool NoAnswerRule, IReadOnlyList<Threshold> Thresholds, string Kind, IReadOnlyList<NavigationEntry> Kinds, Form Form, IReadOnlyList<Option> Surveys,
    IReadOnlyList<Option> Touchpoints, IReadOnlyList<Option> Indicators, IReadOnlyList<Option> Priorities, IReadOnlyList<Option> Standings, IReadOnlyList<Option> Risks);

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
    public Task<View> Handle(Draw request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "WorkOrders/ListAlertRules");
        var chinese = caller.Language == Languages.Chinese;
        return Task.FromResult(db.Read(reader =>
        {
            var rules = reader.Query<Response>(Sql.List);
            var touchpoints = reader.Query<Named>(Sql.Touchpoints).Select(each => new Option(each.Code, chinese ? each.NameZh : each.NameEn)).ToList();
            var thresholds = reader.Query<Threshold>(Sql.Thresholds, new { Chinese = chinese, Today = Day.Number(time.Today) });
            var indicators = thresholds.Select(each => new Option(each.Code, each.Name)).ToList();
            var edited = rules.FirstOrDefault(rule => rule.Code == request.Edit);
            var kind = edited?.Kind ?? RuleForm.Kinds.FirstOrDefault(each => each == request.Kind) ?? RuleForm.Answer;
            var form = request.Form ?? (edited is null ? RuleForm.New(kind) : RuleForm.Of(edited));
            return new View(
                [.. rules.Select(rule => new Line(rule, chinese ? rule.NameZh : rule.NameEn, When(rule), Where(rule)))],
                !rules.Any(rule => rule is { Kind: RuleForm.Answer, Active: true }), thresholds,
                kind, [.. RuleForm.Kinds.Select(each => new NavigationEntry(words["kind." + each], $"/settings/alert-rules?kind={each}#put", each == kind))],
                form,
                [.. reader.Query<Named>(Sql.Surveys).Select(each => new Option(each.Code, chinese ? each.NameZh : each.NameEn)).Prepend(new Option("", words["everySurvey"]))],
                touchpoints, [.. indicators, .. form.Values("indicators").Where(code => !indicators.Exists(option => option.Value == code)).Select(code => new Option(code, code))],
                [.. Options("priority", "high", "normal", "low")], [.. Options("standing", RuleForm.Standings)], [.. Options("leastRisk", "medium", "high")]);

            IEnumerable<Option> Options(string of, params IEnumerable<string> values) => values.Select(value => new Option(value, words[$"{of}.{value}"]));

            string When(Response rule) => rule.Kind switch
            {
                RuleForm.Health => words.Get("when.health", ("standings", string.Join(words["or"], rule.Standings!.Select(standing => words["standing." + standing]))), ("risk", words["leastRisk." + rule.LeastRisk])),
                RuleForm.Indicator => words["when.indicator"],
                _ => words.Get(rule.Survey is null ? "when.answer" : "when.survey", ("question", rule.Question), ("survey", rule.Survey), ("score", rule.AtMost)),
            };

            string Where(Response rule) => rule.Kind switch
            {
                RuleForm.Health => words["everyAccount"],
                RuleForm.Indicator => rule.Indicators is null ? words["everyIndicator"] : Names(rule.Indicators, indicators),
                _ => rule.Touchpoints is null ? words["everywhere"] : Names(rule.Touchpoints, touchpoints),
            };

            string Names(string[] codes, List<Option> options) => string.Join(words["between"], codes.Select(code => options.Find(option => option.Value == code)?.Label ?? code));
        }));
    }
}

file sealed record Named(string Code, string NameEn, string NameZh);

file static class Sql
{
    public const string List = """
        SELECT code, name_en, name_zh, kind, question, survey, at_most, touchpoints, standings, least_risk, indicators, priority, required_action_en, required_action_zh, promised_hours, active
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
