using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Indicators.WeighIndicators;

/// <summary>
/// Sets the weights of the indicators below one: by hand, by comparing them in pairs (AHP, refused while the comparisons
/// contradict each other), or by how much they tell the branches apart (entropy). They hold from a day on.
/// </summary>
/// <param name="Code">The indicator whose family it is.</param>
/// <param name="Weights">By code, where they are set by hand.</param>
/// <param name="Weighting">Where they are found; null for by hand.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, IReadOnlyDictionary<string, double> Weights, Weighting? Weighting, DateOnly? ValidFrom, string? Note) : IRequest<Response>;

sealed record Response(int Version);

/// <summary>The family as the newest version of the library has it.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string Code) : IRequest<Family>;

sealed record Family(LibraryVersion Version, Indicator Parent, IReadOnlyList<Indicator> Children)
{
    /// <summary>Changes with any of its members.</summary>
    public long Revision => Children.Aggregate(LibraryEdit.Revision(Parent), (all, child) => unchecked(all * 31 + LibraryEdit.Revision(child)) & long.MaxValue);
}

/// <summary>The scores of the family in each branch over the last 52 weeks: what entropy weighs by.</summary>
[Access(Staff = Roles.Programme)]
sealed record SpreadRequest(Family Family) : IRequest<Spread>;

/// <param name="Branches">Names of the branches in which all of the family have a score.</param>
/// <param name="LeftOut">How many have not.</param>
/// <param name="Rows">One row a branch, one column a child; 0 to 100.</param>
sealed record Spread(IReadOnlyList<string> Branches, int LeftOut, IReadOnlyList<IReadOnlyList<double>> Rows);

sealed class Module : Routes
{
    public Module()
    {
        Get("/indicators/{code}/weights", async (string code, IMediator mediator, Drawer drawer, CancellationToken ct) =>
            {
                var family = await mediator.Send(new FormRequest(code), ct);
                return Page.Of(drawer.Draw(family, WeightForm.Of(family, drawer.FirstDay(family)), null));
            })
            .Sends<FormRequest>();

        Post("/indicators/{code}/weights", async (string code, IFormCollection form, IMediator mediator, Drawer drawer, Caller caller, CancellationToken ct) =>
            {
                var family = await mediator.Send(new FormRequest(code), ct);
                return await Page.Submit(form, caller,
                    act: async () =>
                    {
                        var method = WeightForm.Method(form);
                        var spread = method == WeightingMethod.Entropy ? await mediator.Send(new SpreadRequest(family), ct) : null;
                        var asked = WeightForm.Read(form, family, method, spread);
                        if (form["act"] == "try")
                            return Page.Of(drawer.Draw(family, Form.Posted(form), new Trial(asked, spread)), "WeighIndicators");
                        await mediator.Send(asked, ct);
                        return TypedResults.LocalRedirect($"/indicators/{Uri.EscapeDataString(code)}/weights?done=saved");
                    },
                    again: refused => Task.FromResult<object>(drawer.Draw(family, refused, null)));
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx => new Response(LibraryEdit.Change(tx, caller, time, request.Code,
        it => it.Code == request.Code ? it with { Weighting = request.Weighting } : it.Parent == request.Code && request.Weights.TryGetValue(it.Code, out var weight) ? it with { Weight = weight } : it,
        request.ValidFrom, request.Note).Version.Version), cancellationToken);
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, Family>
{
    public Task<Family> Handle(FormRequest request, CancellationToken cancellationToken)
    {
        var newest = db.Read(LibraryStore.Newest);
        return newest?.Live.FirstOrDefault(it => it.Code == request.Code) is { } parent
            ? Task.FromResult(new Family(newest, parent, [.. newest.Live.Where(it => it.Parent == parent.Code)]))
            : throw LibraryEdit.NotFound(request.Code);
    }
}

sealed class SpreadHandler(TreeScorer scorer, Branches branches, CompanyTime time) : IRequestHandler<SpreadRequest, Spread>
{
    const int Weeks = 52;

    public async Task<Spread> Handle(SpreadRequest request, CancellationToken cancellationToken)
    {
        var (names, rows, leftOut) = (new List<string>(), new List<IReadOnlyList<double>>(), 0);
        var window = new Window(time.Today.AddDays(1 - 7 * Weeks), time.Today);
        foreach (var (id, _, name) in branches.Below(0))
        {
            var tree = await scorer.Score(request.Family.Version, id, window, null, cancellationToken);
            List<double> row = [.. request.Family.Children.Select(child => tree.Nodes.First(node => node.It.Code == child.Code).Score).OfType<double>()];
            if (row.Count == request.Family.Children.Count)
            {
                names.Add(name);
                rows.Add(row);
            }
            else
                leftOut++;
        }
        return rows.Count >= 2 ? new Spread(names, leftOut, rows)
            : throw Problem.Rule("/method", "too-few", ("Entropy needs at least two branches in which all of these have a score.", "熵权法至少需要两个分支机构对全部下级指标都有得分。"));
    }
}

sealed class Services : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<Drawer>();
}
