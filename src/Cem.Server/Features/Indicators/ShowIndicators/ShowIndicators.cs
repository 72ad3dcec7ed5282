using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.Indicators.ShowIndicators;

/// <summary>The indicator tree as a page: where we stand, what moved the root, and where it is not measured.</summary>
[Access(Staff = Roles.All)]
sealed record Request(TreeFilter Filter) : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Indicators", 400, "/indicators", Roles.All)];

    public Module() =>
        Get("/indicators", async ([AsParameters] TreeFilter filter, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(filter), ct)))
            .Sends<Request>();
}

sealed class Handler(Db db, TreeScorer scorer, TreeBar bar, OrgUnitChoices units, Caller caller, Texts texts, CompanyTime time) : IRequestHandler<Request, View>
{
    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var (filter, now) = (request.Filter, request.Filter.Days(time));
        var tree = await scorer.Score(units.Scope(filter.OrgUnit), filter.Part(), now, now.Before(), cancellationToken);
        return new ViewMaker(texts.For(caller.Language, "Indicators/ShowIndicators"), caller, filter.Weeks)
            .Make(await bar.Make(filter, null, cancellationToken), tree, db.Read(LibraryStore.Versions).LastOrDefault(version => version.ValidFrom > time.Today));
    }
}
