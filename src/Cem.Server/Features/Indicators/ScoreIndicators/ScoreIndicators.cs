using System.ComponentModel;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;

namespace Cem.Server.Features.Indicators.ScoreIndicators;

/// <summary>
/// The whole tree scored for other systems: each indicator with n, interval, coverage, change and what it contributed to the
/// change of the root, and where it is not measured. The change is computed by one version on both sides, so that it never
/// comes from a weight.
/// </summary>
/// <param name="Compare">previous (as many days just before), lastYear, or none.</param>
[Access(Keys = [Scopes.InsightsRead])]
sealed record Request(ScoreFilter Filter, string? Compare = null) : IRequest<Response>;

/// <param name="Version">The version of the library that holds on the last day, and scores both sides.</param>
/// <param name="CompareVersion">The version that held on the last day compared with.</param>
/// <param name="MinCoverage">A parent has a score when at least this share of the weight directly below it has.</param>
/// <param name="Change">The root's change on what both sides measure.</param>
/// <param name="NotMeasured">Leaves without a score, the heaviest first.</param>
sealed record Response(
    int Version, DateOnly ValidFrom, DateOnly From, DateOnly To, DateOnly? CompareFrom, DateOnly? CompareTo, int? CompareVersion, double MinCoverage,
    RootChange? Change, IReadOnlyList<Node> Indicators, IReadOnlyList<Missing> NotMeasured);

/// <param name="Before">The root on the leaves that both sides have.</param>
/// <param name="LeftOut">Leaves measured on one side only, and counted on neither.</param>
sealed record RootChange(double? Before, double? After, IReadOnlyList<string> LeftOut);

/// <summary>One indicator.</summary>
/// <param name="Score">0 to 100; null when too little of it is measured.</param>
/// <param name="Value">Its own measure, in its own unit; null where it has none.</param>
/// <param name="GlobalWeight">Its share of the root.</param>
/// <param name="Coverage">Share by weight of the leaves below it that have data.</param>
/// <param name="N">Answers and rows behind it.</param>
/// <param name="Contribution">Points of the root's change that come from it.</param>
/// <param name="Standing">reached, missed, below (past its threshold) or none.</param>
sealed record Node(
    string Code, Wording Name, int Level, string? Parent, double? Score, double? StandardError, double? Lower, double? Upper, double Coverage, long N, bool TooFew,
    Value? Value, double Weight, double GlobalWeight, Compared? Comparison, double? Contribution, double? Target, double? Threshold, string Standing, bool SurelyBelow);

sealed record Value(double? Estimate, double? Lower, double? Upper, long N);

/// <param name="Change">On the leaves that both sides have.</param>
/// <param name="Significant">At 5 % after Benjamini-Hochberg over the tree; null where it cannot be told.</param>
sealed record Compared(double? Score, double Coverage, Value? Value, double? Change, double? Lower, double? Upper, double? P, bool? Significant);

/// <param name="Reason">no-measure, no-answers, no-data, or not-narrowed: its source does not say what it was to be narrowed by.</param>
sealed record Missing(string Code, Wording Name, double GlobalWeight, string Reason);

/// <summary>One indicator over time or by a dimension.</summary>
/// <param name="By">day, week, month, quarter; branch, orgUnit (what lies directly below), region, tier (or segment), product, channel, role, touchpoint or survey.</param>
[Access(Keys = [Scopes.InsightsRead])]
sealed record SeriesRequest(string Code, ScoreFilter Filter, string? By = null) : IRequest<SeriesResponse>;

/// <param name="Total">All of the days together.</param>
/// <param name="NotMeasured">Leaves of it without a score in the total.</param>
/// <param name="NotTold">Codes of its leaves that no row counts, for their sources do not say what value of the dimension their rows have.</param>
sealed record SeriesResponse(string Code, Wording Name, string By, DateOnly From, DateOnly To, Node Total, IReadOnlyList<Missing> NotMeasured, IReadOnlyList<string> NotTold, IReadOnlyList<Point> Rows);

/// <param name="Key">The value of the dimension, an org unit by its code; null in a series over time.</param>
/// <param name="Start">First day of the period; null by a dimension.</param>
/// <param name="Version">The version of the library that scored it.</param>
/// <param name="Trailing">Against the 12 periods before, pooled; by a dimension each as long as the days asked for.</param>
/// <param name="LastYear">Against the same days a year earlier.</param>
/// <param name="NotMeasured">Codes of its leaves without a score there.</param>
sealed record Point(string? Key, DateOnly? Start, int Version, Node Score, Moved? Trailing, Moved? LastYear, IReadOnlyList<string> NotMeasured);

/// <param name="Change">On the leaves that both sides have.</param>
/// <param name="Significant">At 5 % after Benjamini-Hochberg over the rows; null where it cannot be told.</param>
sealed record Moved(double Change, double? Lower, double? Upper, double? P, bool? Significant);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/indicators/scores", ([AsParameters] ScoreFilter filter, [Description("`previous` (as many days just before, unless said), `lastYear` or `none`.")] string? compare, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(filter, compare), ct))
            .Sends<Request>()
            .Summary("Scores of all indicators")
            .Describe("The whole tree by the version that holds on the last day, with n, interval, coverage, change and each indicator's contribution to the change of the root. Roll-up is by weight, not by n. Narrowed by touchpoint, survey, segment, product, channel, role or region (several values separated by commas), answers count by what they had on their day, and O-data where their source says it; indicators whose source does not are left out of the roll-up and named. 404 while there is no library.");

        Get("/api/v1/indicators/{code}/score", (string code, [AsParameters] ScoreFilter filter, [Description("`day`, `week`, `month`, `quarter`; `branch`, `orgUnit` (what lies directly below), `region`, `tier` (or `segment`), `product`, `channel`, `role`, `touchpoint` or `survey`.")] string? by, IMediator mediator, CancellationToken ct) => mediator.Send(new SeriesRequest(code, filter, by), ct))
            .Sends<SeriesRequest>()
            .Summary("Score of one indicator")
            .Describe("By day, week (unless said), month or quarter, or by branch, orgUnit, region, tier (or segment), product, channel, role, touchpoint or survey, narrowed by any of them. Each period is scored by the version that held at its end, and compared by that same version with the last period before it that has data, with the 12 before it pooled, and with the same days a year earlier: a trend does not move because a weight did. Region, tier and role of answers are those of that day, of O-data those of today.");
    }
}

sealed class Handler(TreeScorer scorer, OrgUnitChoices units, CompanyTime time) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var now = Ask.Window(request.Filter, time);
        var before = request.Compare switch
        {
            null or "previous" => now.Before(),
            "lastYear" => new Window(now.From.AddYears(-1), now.To.AddYears(-1)),
            "none" => null,
            _ => throw Ask.Choice("compare", "previous", "lastYear", "none"),
        };
        var tree = await scorer.Score(units.Scope(request.Filter.OrgUnit), request.Filter.Part(), now, before, cancellationToken) ?? throw LibraryStore.NotFound(1);
        return new Response(
            tree.Version.Version, tree.Version.ValidFrom, now.From, now.To, before?.From, before?.To, tree.VersionBefore, TreeScorer.MinCoverage,
            before is null ? null : new RootChange(tree.RootBefore, tree.RootAfter, tree.LeftOut),
            [.. tree.Nodes.Select(Ask.Show)], [.. tree.Gaps.Select(Ask.Missing)]);
    }
}

sealed class SeriesHandler(TreeScorer scorer, SeriesScorer series, OrgUnitChoices units, CompanyTime time) : IRequestHandler<SeriesRequest, SeriesResponse>
{
    public async Task<SeriesResponse> Handle(SeriesRequest request, CancellationToken cancellationToken)
    {
        var all = Ask.Window(request.Filter, time);
        var by = request.By switch { null => "week", "segment" => "tier", var asked => asked };
        if (!SeriesScorer.Periods.Contains(by) && !SeriesScorer.Dimensions.Contains(by))
            throw Ask.Choice("by", [.. SeriesScorer.Periods, .. SeriesScorer.Dimensions]);
        var (scope, part) = (units.Scope(request.Filter.OrgUnit), request.Filter.Part());
        var total = await scorer.Score(scope, part, all, all.Before(), cancellationToken) ?? throw LibraryStore.NotFound(1);
        var node = total.Nodes.FirstOrDefault(node => node.It.Code == request.Code)
            ?? throw Problem.NotFound("indicator-not-found", ($"There is no indicator '{request.Code}' in version {total.Version.Version}.", $"版本 {total.Version.Version} 中没有指标“{request.Code}”。"));
        var over = SeriesScorer.Periods.Contains(by);
        var rows = over ? await series.Over(request.Code, scope, part, by, all, cancellationToken) : await series.By(request.Code, scope, part, by, all, cancellationToken);
        return new SeriesResponse(
            node.It.Code, node.It.Name, by, all.From, all.To, Ask.Show(node), [.. total.GapsOf(request.Code).Select(Ask.Missing)], [.. series.Untold(request.Code, by, all).Select(it => it.Code)],
            [.. rows.Select(row => new Point(row.Key, over ? row.Period.From : null, row.Version, Ask.Show(row.Node), Ask.Show(row.Trailing), Ask.Show(row.LastYear), [.. row.Gaps.Select(gap => gap.It.Code)]))]);
    }
}
