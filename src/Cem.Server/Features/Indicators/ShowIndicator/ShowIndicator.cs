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
/// <param name="By">The dimension of the second table.</param>
[Access(Staff = Roles.All)]
sealed record Request(string Code, TreeFilter Filter, string? By = null) : IRequest<View>;

sealed class Module : Routes
{
    public Module() =>
        Get("/indicators/{code}", async (string code, [AsParameters] TreeFilter filter, string? by, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(code, filter, by), ct)))
            .Sends<Request>();
}

sealed class Handler(TreeScorer scorer, SeriesScorer series, TreeBar bar, OrgUnitChoices units, Caller caller, Texts texts, CompanyTime time) : IRequestHandler<Request, View>
{
    const string DefaultBy = "branch";

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var words = texts.For(caller.Language, "Indicators/ShowIndicator");
        var by = request.By is { } dimension && SeriesScorer.Dimensions.Contains(dimension) ? dimension : DefaultBy;
        var (filter, now) = (request.Filter, request.Filter.Days(time));
        var (scope, part) = (units.Scope(filter.OrgUnit), filter.Part());
        var tree = await scorer.Score(scope, part, now, now.Before(), cancellationToken);
        var node = tree?.Nodes.FirstOrDefault(node => node.It.Code == request.Code) ?? throw LibraryEdit.NotFound(request.Code);
        var year = SeriesScorer.YearBefore("week", now);
        var years = await scorer.Read(scope, part, [now], [year], request.Code, cancellationToken);
        var lastYear = years!.Tree(now, year).Nodes.First(it => it.It.Code == request.Code).Change;
        var over = filter.Weeks > 26 ? "month" : "week";
        var fields = await bar.Make(filter, new FilterField("by", words["by"], by, [.. SeriesScorer.Dimensions.Select(key => new Option(key, words["by." + key]))]) { Default = DefaultBy }, cancellationToken);
        return new ViewMaker(words, caller, filter, bar.Name).Make(
            fields, tree!, node, lastYear, over, await series.Over(request.Code, scope, part, over, now, cancellationToken),
            by, await series.By(request.Code, scope, part, by, now, cancellationToken), series.Untold(request.Code, by, now));
    }
}
