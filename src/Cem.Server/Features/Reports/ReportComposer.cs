using Cem.Contracts.AccountHealth;
using Cem.Contracts.Indicators;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Statistics;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Reports;

/// <summary>An org unit as reports know it; id 0 without a code is the whole company.</summary>
sealed record ReportUnit(long Id, string? Code, string? Name)
{
    public static readonly ReportUnit Company = new(0, null, null);
}

/// <summary>
/// Puts a report together from what the other areas answer and publish. Nothing is written, and nothing is measured here
/// but which of the changes are significant among all that were looked at.
/// </summary>
sealed class ReportComposer(IMediator mediator, Db db, CompanyTime time)
{
    public async Task<Report> Compose(IsoWeek week, ReportUnit unit, string language, CancellationToken ct)
    {
        var cutOff = time.Now;
        var (to, from) = (week.Sunday, week.Monday.AddDays(-7 * (Report.TrailingWeeks - 1)));
        var (comparedFrom, comparedTo) = (from.AddDays(-7 * Report.TrailingWeeks), from.AddDays(-1));
        var units = db.Query<UnitRow>(Sql.Units, new { Scope = unit.Id });
        var trailing = new ScoreQuery("nps", unit.Id, from, to);
        var answers = await mediator.Send(new AskNps(
        [
            new(trailing, comparedFrom, comparedTo),
            new(trailing with { From = week.Monday }, from, week.Monday.AddDays(-1)),
            new(trailing with { Period = "week" }),
            new(trailing with { By = [Cell.Touchpoint] }, comparedFrom, comparedTo),
            new(trailing with { By = [Cell.Role] }, comparedFrom, comparedTo),
            .. units.Select(below => new NpsQuery(trailing with { Scope = below.Id }, comparedFrom, comparedTo)),
        ]), ct);
        var ranking = await mediator.Send(new AskRanking(trailing with { Measure = "" }), ct);
        var coverage = (await mediator.Send(new AskCoverage([unit.Id], from, to), ct)).Single();
        var names = db.Query<NameRow>(Sql.Touchpoints).ToDictionary(row => row.Code, row => language == Languages.Chinese ? row.NameZh : row.NameEn);
        Cell[] cells =
        [
            .. units.Zip(answers.Skip(5), (below, figures) => new Cell(Cell.Unit, below.Code, below.Name, Figure.Of(figures), false)),
            .. Named(Cell.Touchpoint, answers[3], key => names.GetValueOrDefault(key, key)),
            .. Named(Cell.Role, answers[4], key => key),
        ];
        var (commented, comments) = CommentsOf(week, unit, names);
        return new Report(
            week.ToString(), week.Monday, from, to, cutOff, time.Zone.Id, language, unit.Name, unit.Code,
            Figure.Of(answers[0]), Figure.Of(answers[1]), [.. answers[2].Select(cell => new WeekFigure(cell.Period!.Value, Figure.Of(cell)))],
            coverage, Tested(cells), OrdersOf(week, unit), commented, comments)
        {
            Ranking = new(ranking.Measure, ranking.All.Share,
            [
                .. ranking.Units.Join(units, ranked => ranked.Key, below => below.Code, (ranked, below) =>
                    new UnitPlace(below.Code, below.Name, ranked.Rank, ranked.Tie, ranked.Figure.N, ranked.Figure.Share, ranked.Figure.Lower, ranked.Figure.Upper)),
            ]),
            Priorities = await PrioritiesIn(trailing with { From = to.AddDays(1 - 7 * Report.PriorityWeeks) }, ct),
            AtRisk = await AtRiskIn(unit, ct),
            Indicators = await mediator.Send(new AskIndicators(unit.Id, from, to, comparedFrom, comparedTo), ct),
        };
    }

    async Task<Priorities?> PrioritiesIn(ScoreQuery scores, CancellationToken ct)
    {
        var quadrant = await mediator.Send(new AskQuadrant(scores), ct);
        return quadrant is { Survey: { } survey, Outcome: { } outcome }
            ? new(scores.From!.Value, survey.Code, new(survey.English, survey.Chinese), outcome.Id, new(outcome.English, outcome.Chinese), quadrant.N, quadrant.Accounts, quadrant.R2,
                [.. quadrant.Factors.Select(factor => new PriorityFactor(new(factor.Question.English, factor.Question.Chinese), factor.Area, factor.Satisfaction, factor.Influence / 100, factor.Borderline))],
                quadrant.Refusal is { } refusal ? new(refusal.English, refusal.Chinese) : null, [.. quadrant.Warnings.Select(warning => new Wording(warning.English, warning.Chinese))])
            : null;
    }

    async Task<AtRisk> AtRiskIn(ReportUnit unit, CancellationToken ct)
    {
        var english = await mediator.Send(new AskAccountsAtRisk(unit.Id, Languages.English, Report.RiskyAccounts, Fresh: true), ct);
        var chinese = await mediator.Send(new AskAccountsAtRisk(unit.Id, Languages.Chinese, Report.RiskyAccounts), ct);
        var translated = chinese.Accounts.ToDictionary(each => each.AccountId);
        return new(english.Measured, english.Count, english.HiddenChurn, english.RevenueMinor, english.Currency, [.. english.Accounts.Where(each => translated.ContainsKey(each.AccountId)).Select(each => new RiskyAccount(
            each.Name, each.ExternalId, each.Field, each.RevenueMinor, each.Currency, each.Renewal, each.Usage, each.Experience, each.Answers, PleaOf(each), PleaOf(translated[each.AccountId])))]);

        static Plea PleaOf(AccountHealthFigure figure) => new(figure.Sentence, [.. figure.Reasons.Take(Report.RiskReasons).Select(reason => reason.Text)]);
    }

    static IEnumerable<Cell> Named(string dimension, IReadOnlyList<NpsFigure> figures, Func<string, string> name) =>
        figures.Where(figure => figure.Keys[0] is not null).Select(figure => new Cell(dimension, figure.Keys[0]!, name(figure.Keys[0]!), Figure.Of(figure), false));

    /// <summary>Marks the changes that stand among all that were tested: a table of forty branches has two false alarms by design.</summary>
    internal static IReadOnlyList<Cell> Tested(IReadOnlyList<Cell> cells)
    {
        var tested = cells.Where(cell => cell.Figure.CanCompare).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(cell => cell.Figure.ChangeP!.Value)]);
        var moved = tested.Where((_, index) => adjusted[index] < Report.FalseDiscoveryRate).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. cells.Select(cell => cell with { Moved = moved.Contains(cell) })];
    }

    Orders OrdersOf(IsoWeek week, ReportUnit unit)
    {
        var (now, before) = (Count(week), Count(week.Add(-1)));
        return new(now.Opened, now.Closed, now.Open, now.Overdue, before.Opened, before.Closed, before.Overdue);

        OrderRow Count(IsoWeek counted) => db.Single<OrderRow>(Sql.Orders,
            new { Scope = unit.Id, From = time.StartOf(counted.Monday), End = time.StartOf(counted.Monday.AddDays(7)) });
    }

    (int Commented, IReadOnlyList<Comment> Telling) CommentsOf(IsoWeek week, ReportUnit unit, Dictionary<string, string> touchpoints)
    {
        var rows = db.Query<CommentRow>(Sql.Comments, new { Scope = unit.Id, From = Day.Number(week.Monday), To = Day.Number(week.Sunday) });
        return (rows.Select(row => row.ResponseId).Distinct().Count(), Comments.Telling(rows.Select(row => new Comment(
            row.ResponseId, row.ContactId, Day.FromNumber(row.Day), row.Score, row.Text.Trim(), row.Account, row.AccountCode, row.Role,
            row.Touchpoint is null ? null : touchpoints.GetValueOrDefault(row.Touchpoint, row.Touchpoint)))));
    }

    sealed record UnitRow(long Id, string Code, string Name);

    sealed record NameRow(string Code, string NameEn, string NameZh);

    sealed record OrderRow(int Opened, int Closed, int Open, int Overdue);

    sealed record CommentRow(
        long ResponseId, long? ContactId, int Day, int? Score, string Text, string? Account, string? AccountCode, string? Role, string? Touchpoint);

    static class Sql
    {
        // The branches below the scope; where there are none, what lies directly below it.
        public const string Units = """
            WITH below AS (
              SELECT u.id, u.code, u.name, u.kind, u.parent_id FROM customers_v_org_units u
              WHERE u.id <> @Scope AND (@Scope = 0 OR u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)))
            SELECT id, code, name FROM below
            WHERE kind = 'branch' OR (NOT EXISTS (SELECT 1 FROM below WHERE kind = 'branch') AND COALESCE(parent_id, 0) = @Scope)
            ORDER BY code
            """;

        public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_v_touchpoints";

        // As things stood at the end of the week, also when it is asked later. One that was reopened since counts as it stands now.
        public const string Orders = """
            SELECT COUNT(CASE WHEN opened_at >= @From THEN 1 END) AS opened,
              COUNT(CASE WHEN closed_at >= @From AND closed_at < @End THEN 1 END) AS closed,
              COUNT(CASE WHEN closed_at IS NULL OR closed_at >= @End THEN 1 END) AS open,
              COUNT(CASE WHEN due_at < @End AND (resolved_at IS NULL OR resolved_at >= @End) AND (closed_at IS NULL OR closed_at >= @End) THEN 1 END) AS overdue
            FROM work_orders_v_orders
            WHERE opened_at < @End AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            """;

        // Free words only, not the choices that stand in the same table; the score is the lowest of the response.
        public const string Comments = """
            SELECT r.id AS response_id, r.contact_id, r.completed_day AS day, MIN(s.score) AS score, t.text, a.name AS account, a.external_id AS account_code,
              r.role, r.touchpoint
            FROM responses_v_responses r
            JOIN responses_v_texts t ON t.response_id = r.id
            JOIN surveys_v_questions q ON q.survey_id = r.survey_id AND q.version = r.survey_version AND q.question = t.question AND q.type IN ('shortText', 'longText')
            LEFT JOIN responses_v_scores s ON s.response_id = r.id AND s.measure = 'nps'
            LEFT JOIN customers_v_accounts a ON a.id = r.account_id
            WHERE r.state = 'complete' AND r.interested = 0 AND r.completed_day BETWEEN @From AND @To AND TRIM(t.text) <> ''
              AND (@Scope = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            GROUP BY t.id
            ORDER BY r.id
            """;
    }
}
