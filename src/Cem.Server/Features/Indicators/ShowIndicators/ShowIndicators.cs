using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.Indicators.ShowIndicators;

/// <summary>The indicator tree as a page: where we stand, what moved the root, and where it is not measured.</summary>
/// <param name="Period">4w, 13w, 26w or 52w; what cannot be read counts as not chosen.</param>
[Access(Staff = Roles.All)]
sealed record Request(string? Period = null, string? OrgUnit = null) : IRequest<View>;

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Indicators", 400, "/indicators", Roles.All)];

    public Module() =>
        Get("/indicators", async ([AsParameters] Request request, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(request, ct)))
            .Sends<Request>();
}

sealed class Handler(Db db, TreeScorer scorer, OrgUnitChoices units, Caller caller, Texts texts, CompanyTime time) : IRequestHandler<Request, View>
{
    static readonly Dictionary<string, int> Periods = new() { ["4w"] = 4, ["13w"] = 13, ["26w"] = 26, ["52w"] = 52 };

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "Indicators/ShowIndicators");
        var period = request.Period is { } name && Periods.ContainsKey(name) ? name : "13w";
        var now = new Window(time.Today.AddDays(1 - 7 * Periods[period]), time.Today);
        var bar = new FilterBar(
        [
            new FilterField("period", words["period"], period, [.. Periods.Keys.Select(key => new Option(key, words["period." + key]))]) { Default = "13w" },
            new FilterField("orgUnit", words["orgUnit"], request.OrgUnit ?? "", [new Option("", words[caller.OrgUnit == 0 ? "company" : "own"]), .. units.Options()]),
        ]);
        var tree = await scorer.Score(units.Scope(request.OrgUnit), now, now.Before(), cancellationToken);
        return new ViewMaker(words, caller, Periods[period]).Make(bar, tree, db.Read(LibraryStore.Versions).LastOrDefault(version => version.ValidFrom > time.Today));
    }
}
