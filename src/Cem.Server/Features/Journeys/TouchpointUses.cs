using Cem.Kernel.Data;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Journeys;

/// <summary>What a touchpoint is used by, in words that name it.</summary>
static class TouchpointUses
{
    public static IReadOnlyList<Wording> Of(Session session, string code)
    {
        var uses = new List<Wording>();
        var by = new { Code = code };
        Named(session.Query<NameRow>(Sql.Journeys, by), "journey", "旅程");
        Named(session.Query<NameRow>(Sql.Cells, by), "survey matrix", "问卷矩阵");
        Named(session.Query<NameRow>(Sql.Indicators, by), "indicator", "指标");
        foreach (var (used, en, zh) in new[] { (session.Single<bool>(Sql.Responses, by), "what customers answered there", "该触点的答卷"), (session.Single<bool>(Sql.Events, by), "events that happened there", "该触点的事件"), (session.Single<bool>(Sql.Orders, by), "work orders about it", "相关工单") })
            if (used)
                uses.Add(new(en, zh));
        return uses;

        void Named(IReadOnlyList<NameRow> rows, string en, string zh)
        {
            if (rows.Count > 0)
                uses.Add(new($"{en} {string.Join(", ", rows.Select(row => $"'{row.En}'"))}", $"{zh}{string.Join("、", rows.Select(row => $"“{row.Zh}”"))}"));
        }
    }

    sealed record NameRow(string En, string Zh);

    static class Sql
    {
        public const string Journeys = """
            SELECT j.name_en AS en, j.name_zh AS zh FROM journeys_journeys j
            WHERE j.code IN (SELECT p.journey FROM journeys_v_places p WHERE p.touchpoint = @Code) ORDER BY j.code
            """;

        public const string Cells = "SELECT role || ': ' || survey_code AS en, role || '：' || survey_code AS zh FROM surveys_v_matrix WHERE touchpoint = @Code ORDER BY role";

        public const string Indicators = """
            SELECT i.name_en AS en, i.name_zh AS zh FROM indicators_v_indicators i
            WHERE i.version = (SELECT MAX(version) FROM indicators_v_versions) AND i.retired = 0
              AND (i.touchpoint = @Code OR EXISTS (SELECT 1 FROM json_each(i.definition, '$.measure.touchpoints') t WHERE t.value = @Code))
            ORDER BY i.position
            """;

        public const string Responses = "SELECT EXISTS (SELECT 1 FROM responses_v_responses WHERE touchpoint = @Code)";

        public const string Events = "SELECT EXISTS (SELECT 1 FROM operational_data_v_events WHERE touchpoint = @Code)";

        public const string Orders = "SELECT EXISTS (SELECT 1 FROM work_orders_v_orders WHERE touchpoint = @Code)";
    }
}
