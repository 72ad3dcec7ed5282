using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses.ListFeedback;

/// <summary>The page: the list with its filter bar.</summary>
sealed record View(IReadOnlyList<ViewRow> Rows, FilterBar Filters, Pager Pager)
{
    public static readonly IReadOnlyList<string> Kinds = ["complaint", "visitNote", "callBack", "review"];

    public static View Of(Listing<FeedbackAnswer> list, ResponseFilter filter, string? kind, string? cursor, Db db, Caller caller, ScopedTexts words)
    {
        var units = db.Query<Unit>(Sql.Units, new { caller.OrgUnit });
        var period = string.IsNullOrEmpty(filter.Period) ? ResponseFilter.DefaultPeriod : filter.Period;
        var first = Urls.Build("/feedback", [new("period", filter.Period ?? ""), new("orgUnit", filter.OrgUnit ?? ""), new("kind", kind ?? ""), new("account", filter.Account ?? ""), new("from", filter.From ?? ""), new("to", filter.To ?? "")]);
        return new View(
            [.. list.Items.Select(row => new ViewRow(row, words["kind." + row.Kind]))],
            new FilterBar([
                new FilterField("period", words["filter.period"], period, [.. ResponseFilter.Periods.Select(each => new Option(each, words["period." + each]))]) { Default = ResponseFilter.DefaultPeriod },
                new FilterField("kind", words["kind"], kind ?? "", [new Option("", words["all"]), .. Kinds.Select(each => new Option(each, words["kind." + each]))]),
                new FilterField("orgUnit", words["filter.orgUnit"], filter.OrgUnit ?? "", [new Option("", words["all"]), .. units.Select(unit => new Option(unit.Code, unit.Name))]),
            ]) { Always = 3 },
            new Pager(list.Next is { } next ? Urls.Build(first, [new("cursor", next)]) : null, cursor is null ? null : first, list.Items.Count));
    }

    sealed record Unit(string Code, string Name);

    static class Sql
    {
        public const string Units = """
            SELECT u.code, u.name FROM customers_v_org_units u
            WHERE @OrgUnit = 0 OR u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
            ORDER BY u.name
            """;
    }
}

/// <param name="Kind">In words.</param>
sealed record ViewRow(FeedbackAnswer Said, string Kind);
