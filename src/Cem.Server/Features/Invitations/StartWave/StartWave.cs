using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Invitations.StartWave;

/// <summary>
/// Asks a whole part of the customer base by a relationship survey. Starting only writes the wave down; the server then works
/// through the accounts in pieces, by the contact rules, and goes on where it was after a restart.
/// </summary>
/// <param name="OrgUnit">The code of the org unit whose accounts are asked, and those below; empty for all the caller sees.</param>
[Access(Staff = Cem.Kernel.Security.Roles.Programme)]
sealed record Request(string Survey, IReadOnlyList<string> Roles, string OrgUnit) : IRequest<Response>;

sealed record Response(Id Wave, int Contacts);

/// <summary>The form, and what the wave would do as far as it is filled in; nothing is written.</summary>
[Access(Staff = Cem.Kernel.Security.Roles.Programme)]
sealed record FormRequest(string? Survey, IReadOnlyList<string> Roles, string? OrgUnit) : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/surveys/waves/new", async Task<Page> (string? survey, [FromQuery] string[] roles, string? orgUnit, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new FormRequest(survey, roles, orgUnit), ct)))
            .Sends<FormRequest>();

        Post("/surveys/waves", (IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new Request(form["survey"].ToString(), Texts(form["roles"]), form["orgUnit"].ToString()), ct);
                    return "/surveys/waves?done=started";
                },
                again: async refused => await mediator.Send(new FormRequest(null, Texts(form["roles"]), form["orgUnit"]), ct) with { Form = refused }))
            .Sends<Request>();
    }

    static string[] Texts(IEnumerable<string?> values) => [.. values.OfType<string>()];
}

/// <param name="Preview">Null until the form is filled in.</param>
sealed record View(Form Form, IReadOnlyList<Option> Surveys, IReadOnlyList<Option> Roles, IReadOnlyList<Option> OrgUnits, Preview? Preview);

/// <param name="Suppressed">Why how many would not be asked, the most common reason first.</param>
sealed record Preview(int Contacts, int Asked, IReadOnlyList<ReasonCount> Suppressed, string Survey, IReadOnlyList<string> Roles, string OrgUnit);

sealed record ReasonCount(string Words, int Contacts);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Survey).NotEmpty();
        RuleFor(request => request.Roles).NotEmpty();
        RuleForEach(request => request.Roles).Must(Wave.Roles.Contains);
    }
}

sealed class FormHandler(Db db, CompanyTime time, Caller caller, Texts texts) : IRequestHandler<FormRequest, View>
{
    public Task<View> Handle(FormRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var words = texts.For(caller.Language, "Invitations/StartWave");
        var wished = request.Survey is not null;
        var roles = request.Roles.Count > 0 ? request.Roles : Wave.Roles;
        return new View(
            Form.Of(("survey", request.Survey), ("roles", wished ? request.Roles : roles), ("orgUnit", request.OrgUnit)),
            [.. Wave.Surveys(reader).Select(survey => new Option(survey.Code, caller.Language == Languages.Chinese ? survey.TitleZh : survey.TitleEn))],
            [.. Wave.Roles.Select(role => new Option(role, words["role." + role]))],
            [new Option("", words["orgUnit.all"]), .. Wave.OrgUnits(reader, caller).Select(unit => new Option(unit.Code, unit.Name))],
            wished && request.Roles.Count > 0 && Wave.Surveys(reader).Any(survey => survey.Code == request.Survey) ? Look(reader, request) : null);
    }));

    Preview Look(Reader reader, FormRequest request)
    {
        var book = reader.OpenRuleBook(time, time.Now);
        var chosen = Wave.Choose(reader, book, request.Roles, Wave.ScopeOf(reader, caller, request.OrgUnit ?? "")).ToList();
        return new Preview(chosen.Count, chosen.Count(choice => choice.Reason is null),
            [.. chosen.Where(choice => choice.Reason is not null).CountBy(choice => choice.Reason!).OrderByDescending(pair => pair.Value)
                .Select(pair => new ReasonCount(Reasons.Of(pair.Key).In(caller.Language), pair.Value))],
            request.Survey!, request.Roles, request.OrgUnit ?? "");
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var survey = Wave.Surveys(tx).FirstOrDefault(survey => survey.Code == request.Survey)
            ?? throw Problem.Rule("/survey", "survey-not-found", ("Choose a relationship survey that is published.", "请选择已发布的关系型问卷。"));
        var scope = Wave.ScopeOf(tx, caller, request.OrgUnit);
        var roles = request.Roles.Distinct().ToArray();
        var contacts = tx.Single<int>(Sql.Count, new { Roles = roles, Scope = scope });
        var id = new Id(tx.NewId());
        tx.Execute(Sql.Start, new { Id = id, SurveyId = survey.Id, SurveyCode = survey.Code, Roles = roles, Scope = scope, Contacts = contacts, By = caller.Name, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "wave.started", id.ToString(), Json.Write(new { survey = survey.Code, roles, request.OrgUnit, contacts })));
        return new Response(id, contacts);
    }, cancellationToken);
}

file static class Sql
{
    public const string Count = """
        SELECT COUNT(*) FROM invitations_candidates
        WHERE erased = 0 AND role IN (SELECT value FROM json_each(@Roles))
          AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
        """;

    public const string Start = """
        INSERT INTO invitations_waves (id, survey_id, survey_code, roles, org_unit_id, state, contacts, started_by, started_at)
        VALUES (@Id, @SurveyId, @SurveyCode, @Roles, @Scope, 'running', @Contacts, @By, @Now)
        """;
}
