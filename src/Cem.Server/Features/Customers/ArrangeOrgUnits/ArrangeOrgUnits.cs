using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Customers.ArrangeOrgUnits;

/// <summary>Our own tree as a page: adds an org unit, names it anew, moves it with all that lies below it.</summary>
/// <param name="IsNew">Whether the code must still be free.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, string Name, OrgUnitKind? Kind, string? Parent, bool IsNew) : IRequest<Response>;

sealed record Response;

sealed record Tree(IReadOnlyList<Node> Units, Form Form, IReadOnlyList<Option> Kinds, IReadOnlyList<Option> Parents);

sealed record Node(string Code, string Name, string Indent, string Kind, long Accounts);

sealed record Edit(string Code, string Name, Form Form, IReadOnlyList<Option> Kinds, IReadOnlyList<Option> Parents);

sealed class Module : Routes
{
    const string Path = "/settings/org-units";

    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 920, Path, Roles.Programme)];

    public Module()
    {
        Get(Path, (Views views) => Page.Of(views.Tree(Form.Empty))).Sends<Request>();

        Post(Path, (IFormCollection form, IMediator mediator, Views views, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(Read(form, form["code"].ToString().Trim(), isNew: true), ct);
                    return Path + "?done=added";
                },
                again: refused => Task.FromResult<object>(views.Tree(refused))))
            .Sends<Request>();

        Get(Path + "/{code}", (string code, Views views) => Page.Of(views.Edit(code, null), "Edit")).Sends<Request>();

        Post(Path + "/{code}", (string code, IFormCollection form, IMediator mediator, Views views, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(Read(form, code, isNew: false), ct);
                    return Path + "?done=saved";
                },
                again: refused => Task.FromResult<object>(views.Edit(code, refused)), "Edit"))
            .Sends<Request>();
    }

    static Request Read(IFormCollection form, string code, bool isNew) => new(
        code, form["name"].ToString().Trim(), Enum.TryParse<OrgUnitKind>(form["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        form["parent"].ToString() is { Length: > 0 } parent ? parent : null, isNew);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Code).ExternalId().MaximumLength(64);
        RuleFor(request => request.Name).NotEmpty().OneLine(200);
        RuleFor(request => request.Kind).NotNull();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (tx.Single<bool>(Sql.IsTaken, new { request.Code }) == request.IsNew)
            throw request.IsNew
                ? Problem.Rule("/code", "taken", ("This code is taken.", "该编号已被使用。"))
                : OrgUnitLookup.NotFound(request.Code);
        OrgUnitWriter.Put(tx, caller, request.Code, request.Name, request.Kind!.Value, request.Parent);
        return new Response();
    }, cancellationToken);
}

/// <summary>What the two pages show.</summary>
sealed class Views(Db db, Caller caller, Texts texts)
{
    readonly ScopedTexts words = texts.For(caller.Language, "Customers/ArrangeOrgUnits");

    public Tree Tree(Form form)
    {
        var tree = OrgTree.Read(db, caller);
        return new Tree([.. tree.Select(node => new Node(node.Code, node.Name, node.Indent, words["kind." + node.Kind], node.Accounts))], form, Kinds(), Parents(tree));
    }

    /// <param name="refused">The form as it was sent; null for the unit as it is.</param>
    public Edit Edit(string code, Form? refused)
    {
        var tree = OrgTree.Read(db, caller);
        var unit = tree.FirstOrDefault(node => node.Code == code) ?? throw OrgUnitLookup.NotFound(code);
        var parent = tree.FirstOrDefault(node => node.Id == unit.ParentId);
        return new Edit(code, unit.Name, refused ?? Form.Of(("name", unit.Name), ("kind", unit.Kind), ("parent", parent?.Code)), Kinds(), Parents(tree));
    }

    IReadOnlyList<Option> Kinds() =>
        [.. Enum.GetValues<OrgUnitKind>().Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())).Select(kind => new Option(kind, words["kind." + kind]))];

    IReadOnlyList<Option> Parents(IEnumerable<OrgNode> tree) => [new Option("", words["top"]), .. tree.Options()];
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<Views>();
}

file static class Sql
{
    public const string IsTaken = "SELECT EXISTS (SELECT 1 FROM customers_org_units WHERE code = @Code)";
}
