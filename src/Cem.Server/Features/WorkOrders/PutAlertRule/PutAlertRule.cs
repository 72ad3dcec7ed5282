using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.WorkOrders.PutAlertRule;

/// <summary>
/// Puts an alert rule: which question, at most which score, at which touchpoints makes a single answer an alert, which standing
/// and risk makes one of an account, or which indicators past their threshold; how urgent it is, what must be done and by when.
/// It holds from now on.
/// </summary>
[Access(Staff = Roles.Programme, Keys = [Scopes.SurveysWrite, Scopes.WorkOrdersWrite])]
sealed record Request(Words Name, Priority Priority, Words RequiredAction, int PromisedHours) : IRequest<Response>
{
    [JsonIgnore]
    public string Code { get; init; } = "";

    /// <summary>What it is about: a single answer, the health of an account, or an indicator of an org unit.</summary>
    public Kind Kind { get; init; } = Kind.Answer;

    /// <summary>Of a single answer: the question's id.</summary>
    public string? Question { get; init; }

    /// <summary>Of a single answer: this score or less.</summary>
    public int? AtMost { get; init; }

    /// <summary>Of an account: the fields of the map of usage and experience; both unless said.</summary>
    public IReadOnlyList<Standing>? Standings { get; init; }

    /// <summary>Of an account: the risk at the renewal from which on; medium unless said.</summary>
    public Risk? LeastRisk { get; init; }

    /// <summary>Of indicators: their codes; null is all with a threshold that no other rule names.</summary>
    public IReadOnlyList<string>? Indicators { get; init; }

    /// <summary>Only answers to this survey; null is every survey.</summary>
    public string? Survey { get; init; }

    /// <summary>Only at these touchpoints; null is everywhere.</summary>
    public IReadOnlyList<string>? Touchpoints { get; init; }

    public bool Active { get; init; } = true;
}

/// <param name="Created">Whether it was new.</param>
sealed record Response(string Code, bool Created);

enum Priority
{
    High,
    Normal,
    Low,
}

enum Kind
{
    Answer,
    Health,
    Indicator,
}

enum Standing
{
    HiddenChurn,
    AtRisk,
}

enum Risk
{
    Medium,
    High,
}

/// <summary>A text in both languages.</summary>
sealed record Words(string En, [property: JsonPropertyName("zh-CN")] string Zh);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/alert-rules/{code}", async Task<Results<Ok<Response>, Created<Response>>> (string code, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { Code = code }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/alert-rules/{Uri.EscapeDataString(code)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Put an alert rule")
            .Describe("Kind answer (unless said): question and atMost, where wanted survey and touchpoints. Kind health: standings (hiddenChurn, atRisk) and leastRisk (medium, high); the priority is one step higher where the renewal is within 90 days or the account belongs to the quarter with the largest revenue. Kind indicator: where wanted indicators; it says what becomes of an indicator of an org unit that surely lies past its threshold, the priority one step higher on the upper two levels. Two rules are there from the start: indicator-threshold for all indicators, account-at-risk for high risk.")
            .Example("""
                {"name": {"en": "OA sync: detractor", "zh-CN": "OA 对接：贬损者"}, "question": "nps", "survey": "oa-sync", "atMost": 6, "touchpoints": ["oa-sync"],
                 "priority": "high", "requiredAction": {"en": "Call the reporter.", "zh-CN": "致电反馈人。"}, "promisedHours": 8}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Code).NotEmpty().MaximumLength(64);
        RuleFor(request => request.Name.En).NotEmpty().MaximumLength(200);
        RuleFor(request => request.Name.Zh).NotEmpty().MaximumLength(200);
        When(request => request.Kind == Kind.Answer, () =>
        {
            RuleFor(request => request.Question).NotEmpty().MaximumLength(64);
            RuleFor(request => request.AtMost).NotNull().InclusiveBetween(0, 100);
        }).Otherwise(() =>
        {
            RuleFor(request => request.Question).Null();
            RuleFor(request => request.AtMost).Null();
            RuleFor(request => request.Survey).Null();
            RuleFor(request => request.Touchpoints).Null();
        });
        When(request => request.Kind == Kind.Health, () => RuleFor(request => request.Standings).Must(standings => standings is null or { Count: > 0 }).WithMessage(_ => AtLeastOne)).Otherwise(() =>
        {
            RuleFor(request => request.Standings).Null();
            RuleFor(request => request.LeastRisk).Null();
        });
        When(request => request.Kind == Kind.Indicator, () => RuleFor(request => request.Indicators).Must(indicators => indicators is null or { Count: > 0 }).WithMessage(_ => AtLeastOne)).Otherwise(() =>
            RuleFor(request => request.Indicators).Null());
        RuleFor(request => request.RequiredAction.En).NotEmpty().MaximumLength(1000);
        RuleFor(request => request.RequiredAction.Zh).NotEmpty().MaximumLength(1000);
        RuleFor(request => request.PromisedHours).InclusiveBetween(1, 1000);
    }

    static string AtLeastOne => new Say("Choose at least one.", "请至少选择一项。").In(System.Globalization.CultureInfo.CurrentUICulture.Name);
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        Check(tx, request);
        var created = tx.Find<long?>(Sql.Find, new { request.Code }) is null;
        tx.Execute(Sql.Put, new
        {
            Id = tx.NewId(), request.Code, NameEn = request.Name.En, NameZh = request.Name.Zh, Kind = Wire(request.Kind), request.Question, request.Survey, request.AtMost,
            Touchpoints = request.Touchpoints?.ToArray(), Priority = Wire(request.Priority),
            Standings = request.Kind == Kind.Health ? (request.Standings ?? Enum.GetValues<Standing>()).Distinct().Select(Wire).ToArray() : null,
            LeastRisk = request.Kind == Kind.Health ? Wire(request.LeastRisk ?? Risk.Medium) : null,
            Indicators = request.Indicators?.Distinct().ToArray(), ActionEn = request.RequiredAction.En, ActionZh = request.RequiredAction.Zh, request.PromisedHours, request.Active, tx.Now,
        });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), created ? "alert-rule.created" : "alert-rule.changed", request.Code));
        return new Response(request.Code, created);
    }, cancellationToken);

    static string Wire<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    static void Check(Tx tx, Request request)
    {
        var errors = new List<FieldError>();
        if (request.Survey is { } survey && tx.Find<long?>(Sql.FindSurvey, new { Code = survey }) is null)
            errors.Add(new("/survey", "survey-not-found", ($"There is no survey '{survey}'.", $"问卷“{survey}”不存在。")));
        errors.AddRange((request.Touchpoints ?? []).Select((code, index) => (code, index)).Where(each => tx.Find<string>(Sql.FindTouchpoint, new { Code = each.code }) is null).Select(each =>
            new FieldError($"/touchpoints/{each.index}", "touchpoint-not-found", ($"There is no touchpoint '{each.code}'.", $"触点“{each.code}”不存在。"))));
        errors.AddRange((request.Indicators ?? []).Select((code, index) => (code, index)).Where(each => tx.Find<string>(Sql.FindIndicator, new { Code = each.code }) is null).Select(each =>
            new FieldError($"/indicators/{each.index}", "indicator-not-found", ($"There is no indicator '{each.code}'.", $"指标“{each.code}”不存在。"))));
        if (errors.Count > 0)
            throw Problem.Rules(errors);
    }
}

/// <summary>The rule as the settings page sends it; refused by the same rules, its pointers those of the form.</summary>
sealed class FormHandler(IMediator mediator) : IRequestHandler<PutRule, bool>
{
    public async Task<bool> Handle(PutRule request, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Priority>(request.Priority, ignoreCase: true, out var priority))
            throw Problem.Rule("/priority", "choice", ("Choose a priority.", "请选择优先级。"));
        try
        {
            return (await mediator.Send(new Request(new(request.NameEn, request.NameZh), priority, new(request.RequiredActionEn, request.RequiredActionZh), request.PromisedHours)
            {
                Code = request.Code, Kind = Enum.Parse<Kind>(request.Kind, ignoreCase: true), Question = request.Question, AtMost = request.AtMost, Survey = request.Survey, Touchpoints = request.Touchpoints,
                Standings = request.Standings is null ? null : [.. request.Standings.Select(standing => Enum.Parse<Standing>(standing, ignoreCase: true))],
                LeastRisk = request.LeastRisk is null ? null : Enum.Parse<Risk>(request.LeastRisk, ignoreCase: true), Indicators = request.Indicators, Active = request.Active,
            }, cancellationToken)).Created;
        }
        catch (Problem problem) when (problem.Errors.Count > 0)
        {
            throw Problem.Rules([.. problem.Errors.Select(error => error with { Pointer = FormPointer(error.Pointer) })]);
        }
    }

    static string FormPointer(string pointer) => pointer switch
    {
        "/name/en" => "/nameEn",
        "/name/zh" => "/nameZh",
        "/requiredAction/en" => "/requiredActionEn",
        "/requiredAction/zh" => "/requiredActionZh",
        _ when pointer.StartsWith("/touchpoints/", StringComparison.Ordinal) => "/touchpoints",
        _ when pointer.StartsWith("/indicators/", StringComparison.Ordinal) => "/indicators",
        _ => pointer,
    };
}

file static class Sql
{
    public const string Find = "SELECT id FROM work_orders_rules WHERE code = @Code";

    public const string FindSurvey = "SELECT id FROM surveys_v_surveys WHERE code = @Code";

    public const string FindTouchpoint = "SELECT code FROM journeys_v_touchpoints WHERE code = @Code";

    public const string FindIndicator = "SELECT code FROM indicators_v_indicators WHERE code = @Code LIMIT 1";

    public const string Put = """
        INSERT INTO work_orders_rules (id, code, name_en, name_zh, kind, question, survey, at_most, touchpoints, standings, least_risk, indicators, priority, required_action_en, required_action_zh, promised_hours,
          active, updated_at)
        VALUES (@Id, @Code, @NameEn, @NameZh, @Kind, @Question, @Survey, @AtMost, @Touchpoints, @Standings, @LeastRisk, @Indicators, @Priority, @ActionEn, @ActionZh, @PromisedHours,
          @Active, @Now)
        ON CONFLICT (code) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, kind = excluded.kind, question = excluded.question, survey = excluded.survey,
          at_most = excluded.at_most, standings = excluded.standings, least_risk = excluded.least_risk, indicators = excluded.indicators, touchpoints = excluded.touchpoints, priority = excluded.priority, required_action_en = excluded.required_action_en,
          required_action_zh = excluded.required_action_zh, promised_hours = excluded.promised_hours, active = excluded.active, updated_at = excluded.updated_at
        """;
}
