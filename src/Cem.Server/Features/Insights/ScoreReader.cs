using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Columns;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Insights;

/// <summary>One cell of a query: its answers counted, and by account where that was asked for.</summary>
/// <param name="Keys">One for each dimension asked for: codes of org units and branches, ids of accounts in decimal, texts of the others; null for none.</param>
/// <param name="Accounts">Each account once; answers without one stand under <see cref="ScoreColumns.NoAccount"/>.</param>
sealed record ScoreGroup(IReadOnlyList<string?> Keys, DateOnly? Period, Histogram Counts, IReadOnlyList<ClusterCounts> Accounts);

/// <summary>Puts the questions of the contracts to the columns.</summary>
sealed class ScoreReader(ScoreColumns columns)
{
    public const string Branch = "branch";
    public const string Account = "account";

    /// <summary>What can be grouped and filtered by.</summary>
    public static readonly IReadOnlyList<string> Dimensions =
    [
        ScoreColumns.OrgUnit, Branch, ScoreColumns.Region, ScoreColumns.Tier, ScoreColumns.Product, ScoreColumns.Channel, ScoreColumns.Role,
        ScoreColumns.Touchpoint, ScoreColumns.Survey, ScoreColumns.Question, Account,
    ];

    /// <summary>Answers the queries, in their order, all from the same state of the columns; cells by period, then by key.</summary>
    /// <exception cref="ArgumentException">A dimension or a period is unknown.</exception>
    public IReadOnlyList<IReadOnlyList<ScoreGroup>> Read(IReadOnlyList<ScoreQuery> queries, Func<ScoreQuery, Scale> scale)
    {
        var units = columns.Units;
        var filters = new Dictionary<string, Filter>(StringComparer.Ordinal);
        var asked = queries.Select(query => new CellQuery(scale(query))
        {
            Filter = Shared(query, units, filters),
            By = [.. query.By?.Select(Column).OfType<string>().Distinct() ?? []],
            Periods = PeriodsOf(query),
            PerCluster = query.PerAccount || query.By?.Contains(Account) == true,
        }).ToList();
        var tables = columns.Store.Ask(asked);
        return [.. queries.Select((query, index) => Groups(query, tables[index], units))];
    }

    /// <summary>The column that decides a dimension; null for the account, which is the cluster.</summary>
    static string? Column(string dimension) => dimension switch
    {
        Account => null,
        Branch => ScoreColumns.OrgUnit,
        _ => Dimensions.Contains(dimension) ? dimension : throw new ArgumentException($"There is no dimension '{dimension}'.", nameof(dimension)),
    };

    Periods? PeriodsOf(ScoreQuery query)
    {
        if (query.Period is not { } period)
            return null;
        var (first, last) = columns.Days ?? (default, default);
        // Days without answers need no label, however far the caller reaches.
        var from = query.From is { } asked && asked > first ? asked : first;
        var to = query.To is { } until && until < last ? until : last;
        return Periods.Of(from, to < from ? from : to, day => CalendarPeriod.StartOf(period, day)?.DayNumber ?? throw new ArgumentException($"There is no period '{period}'."));
    }

    /// <summary>Queries that ask for the same rows share one filter, and with it its work.</summary>
    static Filter Shared(ScoreQuery query, OrgTree units, Dictionary<string, Filter> known)
    {
        var key = string.Join('\u001f',
            [
                query.Measure, query.Scope.ToString(CultureInfo.InvariantCulture), query.From?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? "",
                query.To?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? "", query.WithoutInterested ? "1" : "0", .. query.Questions,
                .. query.Filter.SelectMany(pair => (string[])["\u001e", pair.Key, .. pair.Value]),
            ]);
        return known.TryGetValue(key, out var filter) ? filter : known[key] = FilterOf(query, units);
    }

    static Filter FilterOf(ScoreQuery query, OrgTree units)
    {
        var filter = Filter.All.Where(ScoreColumns.Measure, query.Measure)
            .Between(query.From ?? DateOnly.MinValue, query.To ?? DateOnly.MaxValue);
        if (query.Scope != 0)
            filter = filter.Where(ScoreColumns.OrgUnit, units.Reach(query.Scope).Select(id => (Member)id));
        if (query.Questions.Count > 0)
            filter = filter.Where(ScoreColumns.Question, query.Questions.Select(Member.Of));
        if (query.WithoutInterested)
            filter = filter.Where(ScoreColumns.Interested, 0);
        foreach (var (dimension, values) in query.Filter)
            filter = dimension switch
            {
                ScoreColumns.OrgUnit or Branch => filter.Where(ScoreColumns.OrgUnit, values.Select(units.Find).OfType<OrgNode>().SelectMany(unit => units.Reach(unit.Id)).Select(id => (Member)id)),
                Account => values.Select(value => long.Parse(value, CultureInfo.InvariantCulture)).ToHashSet() is var accounts ? filter.WhereCluster(accounts.Contains) : filter,
                _ => filter.Where(Column(dimension)!, values.Select(value => value.Length == 0 ? Member.None : Member.Of(value))),
            };
        return filter;
    }

    static IReadOnlyList<ScoreGroup> Groups(ScoreQuery query, CellTable table, OrgTree units)
    {
        var by = query.By ?? [];
        IEnumerable<ScoreGroup> groups = table.Select(cell => new ScoreGroup(
            [.. by.Select(dimension => Key(cell, dimension, units))],
            query.Period is null ? null : DateOnly.FromDayNumber(cell.Period),
            cell.Counts, query.PerAccount || by.Contains(Account) ? cell.Clusters : []));
        if (by.Contains(Account))
            groups = groups.SelectMany(group => ByAccount(group, by.ToList().IndexOf(Account)));
        // Several org units make one branch, and units that are gone share the key null.
        if (by.Contains(Branch) || by.Contains(ScoreColumns.OrgUnit))
            groups = Merge(groups);
        return [.. groups.OrderBy(group => group.Period).ThenBy(group => group.Keys, KeyOrder.Instance)];
    }

    static string? Key(Cell cell, string dimension, OrgTree units) => dimension switch
    {
        Account => null,
        ScoreColumns.OrgUnit => cell[ScoreColumns.OrgUnit].Id is { } id ? units.Find(id)?.Code : null,
        Branch => cell[ScoreColumns.OrgUnit].Id is { } id ? units.Nearest(id, "branch")?.Code : null,
        _ => cell[dimension].Text,
    };

    static IEnumerable<ScoreGroup> ByAccount(ScoreGroup group, int place) => group.Accounts.Select(account =>
    {
        var keys = group.Keys.ToArray();
        keys[place] = account.Cluster == ScoreColumns.NoAccount ? null : account.Cluster.ToString(CultureInfo.InvariantCulture);
        return new ScoreGroup(keys, group.Period, account.Counts, [account]);
    });

    static IEnumerable<ScoreGroup> Merge(IEnumerable<ScoreGroup> groups) => groups
        .GroupBy(group => (group.Period, string.Join('\u001f', group.Keys.Select(key => key ?? "\u001e"))))
        .Select(same => same.Count() == 1 ? same.First() : new ScoreGroup(
            same.First().Keys, same.Key.Period, same.Aggregate(new Histogram(), (sum, group) => sum + group.Counts),
            [
                .. same.SelectMany(group => group.Accounts).GroupBy(account => account.Cluster)
                    .Select(account => new ClusterCounts(account.Key, account.Aggregate(new Histogram(), (sum, part) => sum + part.Counts))),
            ]));

    sealed class KeyOrder : IComparer<IReadOnlyList<string?>>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(IReadOnlyList<string?>? x, IReadOnlyList<string?>? y)
        {
            for (var i = 0; i < x!.Count; i++)
                if (string.CompareOrdinal(x[i], y![i]) is not 0 and var order)
                    return order;
            return 0;
        }
    }
}
