using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Customers.BrowseAccounts;

/// <summary>The list of accounts for people: who renews when, what they are worth, and who of them has been heard.</summary>
[Access(Staff = Roles.All)]
sealed record Request(string? Search, string? OrgUnit, string? Tier, string? Renewal, string? Sort, string? Cursor) : IRequest<View>;

/// <param name="DueSoon">Accounts that renew within 60 days.</param>
/// <param name="None">Whether there is no account at all yet.</param>
sealed record View(FilterBar Filters, string Search, string Sort, IReadOnlyList<Line> Accounts, Pager Pager, long Total, long DueSoon, bool None, bool MayImport)
{
    public string? RevenueOrder => Sort == Sorts.Revenue ? "descending" : null;

    public string? RenewalOrder => Sort == Sorts.Renewal ? "ascending" : null;

    public string? NameOrder => Sort == Sorts.Name ? "ascending" : null;
}

/// <param name="Heard">Contacts who answered in the last year.</param>
/// <param name="OpenOrders">Work orders that somebody still has to act on.</param>
sealed record Line(
    long Id, string ExternalId, string Name, string OrgUnit, string? Tier, bool KeyAccount, string? Owner, long? AnnualRevenueMinor, string? AnnualRevenueCurrency,
    DateOnly? RenewalDate, long Contacts, long Heard, long OpenOrders)
{
    public Estimate Nps { get; init; } = new(null, null, null, 0);

    public string Href => $"/accounts/{Uri.EscapeDataString(ExternalId)}";
}

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Customers", 600, "/accounts", Roles.All)];

    public Module() =>
        Get("/accounts", async (string? search, string? orgUnit, string? tier, string? renewal, string? sort, string? cursor, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(search, orgUnit, tier, renewal, sort, cursor), ct)))
            .Sends<Request>();
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Search).MaximumLength(200);
}

sealed class Handler(Db db, Caller caller, CompanyTime time, Texts texts, IMediator mediator) : IRequestHandler<Request, View>
{
    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var sort = request.Sort is Sorts.Revenue or Sorts.Renewal ? request.Sort : Sorts.Name;
        var page = Read(request, sort);
        var totals = db.Single<Totals>(Sql.Totals, new { caller.OrgUnit, time.Today, Soon = time.Today.AddDays(60) });
        KeyValuePair<string, string>[] query =
        [
            new("search", request.Search ?? ""), new("orgUnit", request.OrgUnit ?? ""), new("tier", request.Tier ?? ""),
            new("renewal", request.Renewal ?? ""), new("sort", request.Sort ?? ""),
        ];
        var pager = new Pager(
            page.Next is null ? null : Urls.Build("/accounts", query.With([new("cursor", page.Next)])),
            string.IsNullOrEmpty(request.Cursor) ? null : Urls.Build("/accounts", query), page.Items.Count);
        var nps = await AccountNps.Ask(mediator, caller, time, [.. page.Items.Select(line => line.Id)], cancellationToken);
        return new View(
            Bar(request), request.Search ?? "", sort, [.. page.Items.Select(line => line with { Nps = nps[line.Id] })], pager, totals.Accounts, totals.DueSoon,
            totals.Accounts == 0, caller.Is(Roles.Programme));
    }

    Listing<Line> Read(Request request, string sort)
    {
        var (from, to) = Renewals.Bounds(request.Renewal, time.Today);
        var key = string.IsNullOrEmpty(request.Cursor) ? null : Cursor.Read<Key>(request.Cursor);
        var parameters = new
        {
            caller.OrgUnit, Below = Nothing(request.OrgUnit), Tier = Nothing(request.Tier), RenewalFrom = from, RenewalTo = to, Search = Like.Holds(request.Search),
            After = key?.Id, key?.Name, key?.Number, Limit = Cursor.DefaultLimit + 1, Since = Day.Number(time.Today.AddYears(-1)),
        };
        var lines = sort switch
        {
            Sorts.Revenue => db.Query<Line>(Sql.ByRevenue, parameters),
            Sorts.Renewal => db.Query<Line>(Sql.ByRenewal, parameters),
            _ => db.Query<Line>(Sql.ByName, parameters),
        };
        return Cursor.Page(lines, Cursor.DefaultLimit, line => sort switch
        {
            Sorts.Revenue => new Key("", line.AnnualRevenueMinor ?? -1, line.Id),
            Sorts.Renewal => new Key("", line.RenewalDate is { } day ? Day.Number(day) : Sorts.Never, line.Id),
            _ => new Key(line.Name, 0, line.Id),
        });
    }

    FilterBar Bar(Request request)
    {
        var words = texts.For(caller.Language, "Customers/BrowseAccounts");
        var all = new Option("", words["all"]);
        return new FilterBar(
        [
            new FilterField("orgUnit", words["orgUnit"], request.OrgUnit ?? "", [all, .. OrgTree.Read(db, caller).Options()]),
            new FilterField("renewal", words["renewal"], request.Renewal ?? "", [all, .. Renewals.Values.Select(value => new Option(value, words["renewal." + value]))]),
            new FilterField("tier", words["tier"], request.Tier ?? "", [all, .. db.Query<string>(Sql.Tiers, new { caller.OrgUnit }).Select(tier => new Option(tier, tier))]),
        ])
        {
            Always = 3, Kept = [.. new KeyValuePair<string, string>[] { new("search", request.Search ?? ""), new("sort", request.Sort ?? "") }.Where(kept => kept.Value.Length > 0)],
        };
    }

    static string? Nothing(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

file static class Renewals
{
    public static readonly IReadOnlyList<string> Values = ["overdue", "30", "60", "90", "180"];

    /// <summary>The days a filter means; anything unknown means all.</summary>
    public static (DateOnly? From, DateOnly? To) Bounds(string? value, DateOnly today) => value switch
    {
        "overdue" => (null, today.AddDays(-1)),
        "30" or "60" or "90" or "180" => (today, today.AddDays(int.Parse(value, System.Globalization.CultureInfo.InvariantCulture))),
        _ => (null, null),
    };
}

static class Sorts
{
    public const string Name = "name";
    public const string Revenue = "revenue";
    public const string Renewal = "renewal";

    /// <summary>Sorts accounts without a renewal date last.</summary>
    public const int Never = 99_999_999;
}

file sealed record Key(string Name, long Number, long Id);

file sealed record Totals(long Accounts, long DueSoon);

file static class Sql
{
    const string Select = """
        SELECT a.id, a.external_id, a.name, u.name AS org_unit, a.tier, a.key_account, a.owner_email AS owner, a.annual_revenue_minor, a.annual_revenue_currency,
          a.renewal_date,
          (SELECT COUNT(*) FROM customers_contacts c WHERE c.account_id = a.id AND c.erased = 0) AS contacts,
          (SELECT COUNT(DISTINCT r.contact_id) FROM responses_v_responses r
           WHERE r.account_id = a.id AND r.state = 'complete' AND r.interested = 0 AND r.completed_day >= @Since) AS heard,
          (SELECT COUNT(*) FROM work_orders_v_orders o WHERE o.account_id = a.id AND o.state <> 'closed' AND o.state <> 'resolved') AS open_orders
        FROM customers_accounts a
        JOIN customers_org_units u ON u.id = a.org_unit_id
        WHERE a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        AND (@Below IS NULL OR a.org_unit_id IN (
          SELECT t.unit_id FROM customers_org_tree t JOIN customers_org_units b ON b.id = t.ancestor_id WHERE b.code = @Below))
        AND (@Tier IS NULL OR a.tier = @Tier)
        AND (@RenewalFrom IS NULL OR a.renewal_date >= @RenewalFrom)
        AND (@RenewalTo IS NULL OR a.renewal_date <= @RenewalTo)
        AND (@Search IS NULL OR a.name LIKE @Search ESCAPE '\' OR a.external_id LIKE @Search ESCAPE '\')

        """;

    public const string ByName = Select + """
        AND (@After IS NULL OR (a.name, a.id) > (@Name, @After))
        ORDER BY a.name, a.id LIMIT @Limit
        """;

    public const string ByRevenue = Select + """
        AND (@After IS NULL OR COALESCE(a.annual_revenue_minor, -1) < @Number OR (COALESCE(a.annual_revenue_minor, -1) = @Number AND a.id > @After))
        ORDER BY COALESCE(a.annual_revenue_minor, -1) DESC, a.id LIMIT @Limit
        """;

    public const string ByRenewal = Select + """
        AND (@After IS NULL OR (COALESCE(a.renewal_date, 99999999), a.id) > (@Number, @After))
        ORDER BY COALESCE(a.renewal_date, 99999999), a.id LIMIT @Limit
        """;

    public const string Totals = """
        SELECT COUNT(*) AS accounts, COALESCE(SUM(a.renewal_date BETWEEN @Today AND @Soon), 0) AS due_soon
        FROM customers_accounts a
        WHERE a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Tiers = """
        SELECT DISTINCT a.tier FROM customers_accounts a
        WHERE a.tier IS NOT NULL AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY a.tier
        """;
}
