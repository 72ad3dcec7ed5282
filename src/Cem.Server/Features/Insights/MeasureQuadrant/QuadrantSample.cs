using Cem.Contracts.Insights;
using Cem.Server.Features.Insights.Models.KeyDrivers;

namespace Cem.Server.Features.Insights.MeasureQuadrant;

/// <summary>The complete responses of a quadrant: one walk over the rows in memory, of which moments are kept, and where they lie.</summary>
/// <param name="Excluded">Responses asked for that lack a rating.</param>
/// <param name="Values">How many values the outcome has.</param>
/// <param name="Bundles">The moments of each account, or of each response without one; beyond a thousand of these, of a thousand random bundles of them.</param>
/// <param name="Rows">The place of each complete response in the columns.</param>
/// <param name="BundleOf">The bundle of each.</param>
/// <param name="Columns">Ratings of the factors, then of the outcome; null where nobody rated.</param>
sealed record QuadrantSample(
    int N, int Excluded, int Accounts, int Values, DriverMoments All, IReadOnlyList<DriverMoments> Bundles, int[] Rows, int[] BundleOf, byte[]?[] Columns)
{
    /// <summary>The spread of a thousand sums of independent accounts tells as much as that of all accounts.</summary>
    const int MostBundles = 1000;

    /// <param name="questions">The factors, then the outcome.</param>
    public static QuadrantSample Of(RatingSnapshot rows, bool[] passing, ScoreQuery asked, IReadOnlyList<QuadrantQuestion> questions)
    {
        var columns = questions.Select(question => rows.Ratings.GetValueOrDefault((question.Id, question.Measure))).ToArray();
        var (complete, excluded) = Complete(rows, passing, asked, questions, columns);
        var keys = new HashSet<long>();
        var accounts = new HashSet<long>();
        foreach (var row in complete)
        {
            keys.Add(KeyOf(rows, row));
            if (rows.Accounts[row] is not ScoreColumns.NoAccount and var account)
                accounts.Add(account);
        }
        var places = keys.Count > MostBundles ? null : keys.Order().Select((key, place) => (key, place)).ToDictionary(pair => pair.key, pair => pair.place);
        DriverMoments[] bundles = [.. Enumerable.Range(0, Math.Min(keys.Count, MostBundles)).Select(_ => new DriverMoments(questions.Count - 1))];
        var values = new bool[byte.MaxValue];
        var bundleOf = new int[complete.Length];
        Span<byte> ratings = stackalloc byte[questions.Count];
        for (var index = 0; index < complete.Length; index++)
        {
            var row = complete[index];
            for (var i = 0; i < ratings.Length; i++)
                ratings[i] = columns[i]![row];
            values[ratings[^1]] = true;
            bundleOf[index] = places is null ? (int)(Mixed(KeyOf(rows, row)) % MostBundles) : places[KeyOf(rows, row)];
            bundles[bundleOf[index]].Add(ratings);
        }
        var all = new DriverMoments(questions.Count - 1);
        foreach (var bundle in bundles)
            all.Add(bundle);
        return new(complete.Length, excluded, accounts.Count, values.Count(seen => seen), all, bundles, complete, bundleOf, columns);
    }

    static (int[] Rows, int Excluded) Complete(RatingSnapshot rows, bool[] passing, ScoreQuery asked, IReadOnlyList<QuadrantQuestion> questions, byte[]?[] columns)
    {
        var (from, to) = ((asked.From ?? DateOnly.MinValue).DayNumber, (asked.To ?? DateOnly.MaxValue).DayNumber);
        byte[] least = [.. questions.Select(question => (byte)question.Least)], most = [.. questions.Select(question => (byte)question.Most)];
        var complete = new List<int>();
        var excluded = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.Days[row] < from || rows.Days[row] > to || !passing[rows.Codes[row]])
                continue;
            var rated = 0;
            while (rated < columns.Length && columns[rated] is { } column && column[row] >= least[rated] && column[row] <= most[rated])
                rated++;
            if (rated == columns.Length)
                complete.Add(row);
            else
                excluded++;
        }
        return ([.. complete], excluded);
    }

    static long KeyOf(RatingSnapshot rows, int row) => rows.Accounts[row] is not ScoreColumns.NoAccount and var account ? account : rows.Responses[row];

    // The finaliser of SplitMix64: ids that follow each other fall into bundles far apart, the same in every run.
    static ulong Mixed(long key)
    {
        var x = (ulong)key + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

/// <summary>Which rows a query lets through, by what is the same for many of them.</summary>
static class RatingFilter
{
    public static bool[] Passing(ScoreQuery asked, RatingProfile[] profiles, OrgTree units)
    {
        var within = asked.Scope == 0 ? null : units.Reach(asked.Scope).ToHashSet();
        List<Func<RatingProfile, bool>> rules = [];
        if (asked.WithoutInterested)
            rules.Add(profile => !profile.Interested);
        if (within is not null)
            rules.Add(profile => profile.OrgUnit is { } unit && within.Contains(unit));
        foreach (var (dimension, values) in asked.Filter)
            if (dimension is ScoreColumns.OrgUnit or ScoreReader.Branch)
            {
                var reach = values.Select(units.Find).OfType<OrgNode>().SelectMany(unit => units.Reach(unit.Id)).ToHashSet();
                rules.Add(profile => profile.OrgUnit is { } unit && reach.Contains(unit));
            }
            else if (dimension != ScoreColumns.Survey)
                rules.Add(profile => values.Contains(Value(profile, dimension) ?? ""));
        return [.. profiles.Select(profile => rules.TrueForAll(rule => rule(profile)))];
    }

    static string? Value(RatingProfile profile, string dimension) => dimension switch
    {
        ScoreColumns.Region => profile.Region,
        ScoreColumns.Tier => profile.Tier,
        ScoreColumns.Product => profile.Product,
        ScoreColumns.Channel => profile.Channel,
        ScoreColumns.Role => profile.Role,
        ScoreColumns.Touchpoint => profile.Touchpoint,
        _ => throw new ArgumentException($"Responses are not filtered by '{dimension}'.", nameof(dimension)),
    };
}
