using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.Indicators.ShowIndicator;

/// <summary>
/// One indicator as a page: where it stands, which way it goes against the weeks before and last year, where it is better and
/// worse, which leaves moved it, and the answers and rows it is made of.
/// </summary>
/// <param name="Period">13w, 26w or 52w; what cannot be read counts as not chosen.</param>
/// <param name="By">The dimension of the second table.</param>
[Access(Staff = Roles.All)]
sealed record Request(string Code, string? Period = null, string? OrgUnit = null, string? By = null) : IRequest<View>;

sealed class Module : Routes
{
    public Module() =>
        Get("/indicators/{code}", async ([AsParameters] Request request, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(request, ct)))
            .Sends<Request>();
}

sealed class Handler(TreeScorer scorer, SeriesScorer series, OrgUnitChoices units, Caller caller, Texts texts, CompanyTime time) : IRequestHandler<Request, View>
{
    static readonly Dictionary<string, int> Periods = new() { ["13w"] = 13, ["26w"] = 26, ["52w"] = 52 };

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "Indicators/ShowIndicator");
        var period = request.Period is { } name && Periods.ContainsKey(name) ? name : "13w";
        var by = request.By is { } dimension && SeriesScorer.Dimensions.Contains(dimension) ? dimension : "branch";
        var now = new Window(time.Today.AddDays(1 - 7 * Periods[period]), time.Today);
        var scope = units.Scope(request.OrgUnit);
        var tree = await scorer.Score(scope, now, now.Before(), cancellationToken);
        var node = tree?.Nodes.FirstOrDefault(node => node.It.Code == request.Code) ?? throw LibraryEdit.NotFound(request.Code);
        var year = SeriesScorer.YearBefore("week", now);
        var years = await scorer.Read(scope, [now], [year], null, request.Code, cancellationToken);
        var lastYear = years!.Tree(now, year).Nodes.First(it => it.It.Code == request.Code).Change;
        var over = Periods[period] > 26 ? "month" : "week";
        var bar = new FilterBar(
        [
            new FilterField("period", words["period"], period, [.. Periods.Keys.Select(key => new Option(key, words["period." + key]))]) { Default = "13w" },
            new FilterField("orgUnit", words["orgUnit"], request.OrgUnit ?? "", [new Option("", words[caller.OrgUnit == 0 ? "company" : "own"]), .. units.Options()]),
            new FilterField("by", words["by"], by, [.. SeriesScorer.Dimensions.Select(key => new Option(key, words["by." + key]))]) { Default = "branch" },
        ]);
        return new ViewMaker(words, caller, Periods[period], request.OrgUnit).Make(
            bar, tree!, node, lastYear, over, await series.Over(request.Code, scope, over, now, cancellationToken),
            by, await series.By(request.Code, scope, by, now, cancellationToken), units.Options().ToDictionary(unit => unit.Value, unit => unit.Label.Trim()));
    }
}
