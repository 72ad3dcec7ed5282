using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Housekeeping.ChangeCompany;

/// <summary>The company's name in both languages and its colour: what customers see on surveys and mails, and staff on every page.</summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(string NameEn, string NameZh, string Colour) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 900, "/settings/company", Roles.Administrator)];

    public Module()
    {
        Get("/settings/company", (CompanyProfile company) => Page.Of(new View(Form.Of(
                ("nameEn", company.Current.NameEn), ("nameZh", company.Current.NameZh), ("colour", company.Current.Colour)))))
            .Sends<Request>();

        Post("/settings/company", (IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new Request(form["nameEn"].ToString().Trim(), form["nameZh"].ToString().Trim(), form["colour"].ToString().Trim()), ct);
                    return "/settings/company?done=saved";
                },
                again: refused => Task.FromResult<object>(new View(refused))))
            .Sends<Request>();
    }
}

sealed record View(Form Form);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.NameEn).NotEmpty().MaximumLength(60);
        RuleFor(request => request.NameZh).NotEmpty().MaximumLength(60);
        RuleFor(request => request.Colour).Matches("^#[0-9a-fA-F]{6}$");
    }
}

sealed class Handler(Db db, CompanyProfile company, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        CompanyStore.Put(tx, company, new(request.NameEn, request.NameZh, request.Colour));
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "setting.changed", "company", Json.Write(request)));
        return new Response();
    }, cancellationToken);
}

/// <summary>Brings the stored profile into memory when the server starts.</summary>
sealed class LoadProfile(Store store, CompanyProfile company) : IWarmUp
{
    public void Run()
    {
        if (store.Read(CompanyStore.Find) is { } profile)
            company.Set(profile);
    }
}
