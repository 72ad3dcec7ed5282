using System.Collections.Concurrent;

namespace Cem.Server.Features.Insights;

/// <summary>What is the same for all ratings of one response, and what it can be filtered by.</summary>
readonly record struct RatingProfile(
    long? OrgUnit, string? Region, string? Tier, string? Product, string Channel, string? Role, string? Touchpoint, bool Interested);

/// <summary>
/// The ratings of each response side by side, in memory: what relates the questions of a survey to each other, which the
/// histograms of <see cref="ScoreColumns.Store"/> cannot. One row a response and survey: 20 bytes and one a question.
/// One thread at a time puts; readers never wait.
/// </summary>
sealed class RatingTables
{
    readonly ConcurrentDictionary<string, RatingTable> surveys = new(StringComparer.Ordinal);
    readonly Dictionary<RatingProfile, int> codes = [];
    RatingProfile[] profiles = new RatingProfile[64];

    /// <summary>The surveys that anybody has answered.</summary>
    public ICollection<string> Surveys => surveys.Keys;

    public RatingTable? Of(string survey) => surveys.GetValueOrDefault(survey);

    /// <summary>What the codes in the rows stand for; those given out after a row was read are of no concern to it.</summary>
    public RatingProfile[] Profiles => Volatile.Read(ref profiles);

    /// <summary>Begins a change; readers see it once it is disposed.</summary>
    public RatingChange Change() => new(this);

    internal RatingTable Add(string survey) => surveys.GetOrAdd(survey, _ => new RatingTable());

    internal int CodeOf(ScoreRow row)
    {
        var profile = new RatingProfile(row.OrgUnitId, row.Region, row.Tier, row.Product, row.Channel, row.Role, row.Touchpoint, row.Interested != 0);
        if (codes.TryGetValue(profile, out var code))
            return code;
        code = codes.Count;
        if (code == profiles.Length)
        {
            var larger = profiles;
            Array.Resize(ref larger, 2 * code);
            Volatile.Write(ref profiles, larger);
        }
        profiles[code] = profile;
        return codes[profile] = code;
    }
}

/// <summary>
/// Takes the ratings of whole responses, those of one together. A response that is known already is only brought up to date.
/// </summary>
sealed class RatingChange(RatingTables tables) : IDisposable
{
    readonly HashSet<RatingTable> touched = [];
    RatingTable? table;
    long response;
    int at;

    public void Put(ScoreRow row)
    {
        if (table is null || row.ResponseId != response)
        {
            table = tables.Add(row.Survey);
            at = table.RowOf(row.ResponseId, row.Day.DayNumber, row.AccountId ?? ScoreColumns.NoAccount, tables.CodeOf(row));
            response = row.ResponseId;
            touched.Add(table);
        }
        table.Rate(at, row.Question, row.Measure, row.Score);
    }

    public void Dispose()
    {
        foreach (var each in touched)
            each.Publish();
    }
}

/// <summary>The responses to one survey.</summary>
sealed class RatingTable
{
    /// <summary>No rating: not asked, not answered, or "not applicable".</summary>
    public const byte None = byte.MaxValue;

    public static readonly RatingSnapshot Nobody = new(0, [], [], [], [], new Dictionary<(string, string), byte[]>());

    // Loaded in the order of their ids and nearly always told in it: only what comes out of order needs an index.
    readonly Dictionary<long, int> outOfOrder = [];
    int sorted;
    int count;
    long[] responses = new long[16];
    int[] days = new int[16];
    int[] codes = new int[16];
    long[] accounts = new long[16];
    Dictionary<(string Question, string Measure), byte[]> ratings = [];
    RatingSnapshot current = Nobody;

    /// <summary>The rows as they were after one whole change.</summary>
    public RatingSnapshot Current => Volatile.Read(ref current);

    internal int RowOf(long response, int day, long account, int code)
    {
        var row = Array.BinarySearch(responses, 0, sorted, response);
        if (row < 0 && !outOfOrder.TryGetValue(response, out row))
        {
            row = count++;
            if (row == responses.Length)
                Grow();
            if (row == sorted && (row == 0 || responses[row - 1] < response))
                sorted = count;
            else
                outOfOrder[response] = row;
        }
        (responses[row], days[row], accounts[row], codes[row]) = (response, day, account, code);
        return row;
    }

    internal void Rate(int row, string question, string measure, int? score)
    {
        if (!ratings.TryGetValue((question, measure), out var column))
        {
            column = new byte[responses.Length];
            Array.Fill(column, None);
            ratings = new(ratings) { [(question, measure)] = column };
        }
        column[row] = score is >= 0 and < None ? (byte)score : None;
    }

    internal void Publish() => Volatile.Write(ref current, new(count, responses, days, accounts, codes, ratings));

    // Arrays are replaced, never shortened: whoever reads the old ones finds all rows of their time there.
    void Grow()
    {
        var length = 2 * responses.Length;
        Array.Resize(ref responses, length);
        Array.Resize(ref days, length);
        Array.Resize(ref accounts, length);
        Array.Resize(ref codes, length);
        ratings = ratings.ToDictionary(pair => pair.Key, pair =>
        {
            var larger = pair.Value;
            Array.Resize(ref larger, length);
            larger.AsSpan(pair.Value.Length).Fill(None);
            return larger;
        });
    }
}

/// <summary>The rows 0 to <paramref name="Count"/> - 1 of a survey; what lies behind is not there yet.</summary>
/// <param name="Days">Day numbers.</param>
/// <param name="Accounts"><see cref="ScoreColumns.NoAccount"/> for none.</param>
/// <param name="Codes">Into <see cref="RatingTables.Profiles"/>.</param>
/// <param name="Ratings">One array a question and measure; <see cref="RatingTable.None"/> for no rating.</param>
sealed record RatingSnapshot(
    int Count, long[] Responses, int[] Days, long[] Accounts, int[] Codes, IReadOnlyDictionary<(string Question, string Measure), byte[]> Ratings);
