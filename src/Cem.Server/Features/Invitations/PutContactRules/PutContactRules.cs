using System.Globalization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Features.Invitations.Rules;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Invitations.PutContactRules;

/// <summary>
/// Sets how often contacts and accounts may be asked. It holds from the next decision on, also for what is already scheduled;
/// links that are out keep their expiry.
/// </summary>
/// <inheritdoc cref="ContactRules"/>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(
    int TouchpointDays, int RelationshipDays, int BudgetContacts, int BudgetDays, int ReminderDays, int ExpiryDays, int TooOldDays) : IRequest<ContactRules>;

/// <summary>The form.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 930, "/settings/contact-rules", Roles.Programme)];

    public Module()
    {
        Put("/api/v1/contact-rules", (Request body, IMediator mediator, CancellationToken ct) => mediator.Send(body, ct))
            .Sends<Request>()
            .Summary("Set the contact rules")
            .Describe("Zero days switch a clock, the budget or the reminder off.")
            .Example("""{"touchpointDays": 30, "relationshipDays": 90, "budgetContacts": 3, "budgetDays": 30, "reminderDays": 0, "expiryDays": 30, "tooOldDays": 14}""");

        Get("/settings/contact-rules", async Task<Page> (IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new FormRequest(), ct)))
            .Sends<FormRequest>();

        Post("/settings/contact-rules", (IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(Read(form), ct);
                    return "/settings/contact-rules?done=saved";
                },
                again: refused => Task.FromResult<object>(new View(refused))))
            .Sends<Request>();
    }

    static Request Read(IFormCollection form)
    {
        var errors = new List<FieldError>();
        int Number(string name)
        {
            if (int.TryParse(form[name].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            errors.Add(new FieldError("/" + name, "number", ("A whole number is needed.", "请输入整数。")));
            return 0;
        }
        var request = new Request(Number("touchpointDays"), Number("relationshipDays"), Number("budgetContacts"), Number("budgetDays"),
            Number("reminderDays"), Number("expiryDays"), Number("tooOldDays"));
        return errors.Count == 0 ? request : throw Problem.Rules(errors);
    }
}

sealed record View(Form Form);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.TouchpointDays).InclusiveBetween(0, 730);
        RuleFor(request => request.RelationshipDays).InclusiveBetween(0, 730);
        RuleFor(request => request.BudgetContacts).InclusiveBetween(1, 100_000);
        RuleFor(request => request.BudgetDays).InclusiveBetween(0, 730);
        RuleFor(request => request.ReminderDays).InclusiveBetween(0, 365);
        RuleFor(request => request.ExpiryDays).InclusiveBetween(1, 365);
        RuleFor(request => request.TooOldDays).InclusiveBetween(1, 730);
    }
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, View>
{
    public Task<View> Handle(FormRequest request, CancellationToken cancellationToken)
    {
        var rules = db.Read(reader => reader.ContactRules());
        return Task.FromResult(new View(Form.Of(
            ("touchpointDays", rules.TouchpointDays), ("relationshipDays", rules.RelationshipDays), ("budgetContacts", rules.BudgetContacts),
            ("budgetDays", rules.BudgetDays), ("reminderDays", rules.ReminderDays), ("expiryDays", rules.ExpiryDays), ("tooOldDays", rules.TooOldDays))));
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, ContactRules>
{
    public Task<ContactRules> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var before = tx.ContactRules();
        tx.Execute(Sql.Put, new
        {
            request.TouchpointDays, request.RelationshipDays, request.BudgetContacts, request.BudgetDays, request.ReminderDays, request.ExpiryDays,
            request.TooOldDays, tx.Now,
        });
        var after = tx.ContactRules();
        if (after != before)
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "contact-rules.changed", "contact-rules", Json.Write(new { before, after })));
        return after;
    }, cancellationToken);
}

file static class Sql
{
    public const string Put = """
        UPDATE invitations_rules SET touchpoint_days = @TouchpointDays, relationship_days = @RelationshipDays, budget_contacts = @BudgetContacts,
          budget_days = @BudgetDays, reminder_days = @ReminderDays, expiry_days = @ExpiryDays, too_old_days = @TooOldDays, updated_at = @Now
        """;
}
