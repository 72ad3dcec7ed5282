using Cem.Kernel.Columns;

namespace Cem.Server.Features.Insights;

/// <summary>
/// The scored answers in memory, one row an answer, and the org units they are cut by: what every statistic of the
/// server is counted from. Filled and kept current by the slice KeepScores; the others only ask.
/// </summary>
sealed class ScoreColumns
{
    public const string OrgUnit = "orgUnit";
    public const string Region = "region";
    public const string Tier = "tier";
    public const string Product = "product";
    public const string Channel = "channel";
    public const string Role = "role";
    public const string Touchpoint = "touchpoint";
    public const string Survey = "survey";
    public const string Question = "question";
    public const string Measure = "measure";
    public const string Contact = "contact";
    public const string Interested = "interested";

    /// <summary>The cluster of answers that belong to no account.</summary>
    public const long NoAccount = 0;

    long newest;
    int firstDay = int.MaxValue;
    int lastDay = int.MinValue;
    OrgTree units = new([]);

    /// <summary>Cluster is the account; the members of <see cref="OrgUnit"/> and <see cref="Contact"/> are ids, of <see cref="Interested"/> 0 or 1.</summary>
    public ColumnStore Store { get; } = new(OrgUnit, Region, Tier, Product, Channel, Role, Touchpoint, Survey, Question, Measure, Contact, Interested);

    /// <summary>The same answers, those of one response side by side.</summary>
    public RatingTables Ratings { get; } = new();

    /// <summary>When the newest answer was completed; null while there is none.</summary>
    public DateTimeOffset? AsOf => Interlocked.Read(ref newest) is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>The days of the first and the last answer; null while there is none.</summary>
    public (DateOnly First, DateOnly Last)? Days => Volatile.Read(ref firstDay) is < int.MaxValue and var day
        ? (DateOnly.FromDayNumber(day), DateOnly.FromDayNumber(Math.Max(day, Volatile.Read(ref lastDay))))
        : null;

    public OrgTree Units
    {
        get => Volatile.Read(ref units);
        set => Volatile.Write(ref units, value);
    }

    /// <summary>Adds answers or corrects them by their ids, all in one change; those of one response together.</summary>
    public void Put(IEnumerable<ScoreRow> rows)
    {
        using var change = Store.Change();
        using var ratings = Ratings.Change();
        foreach (var row in rows)
        {
            change.Put(row.Id, row.Day, row.AccountId ?? NoAccount, row.Score,
                Member.Of(row.OrgUnitId), row.Region, row.Tier, row.Product, row.Channel, row.Role, row.Touchpoint, row.Survey, row.Question, row.Measure,
                Member.Of(row.ContactId), row.Interested);
            Volatile.Write(ref lastDay, Math.Max(lastDay, row.Day.DayNumber));
            Volatile.Write(ref firstDay, Math.Min(firstDay, row.Day.DayNumber));
            ratings.Put(row);
        }
    }

    /// <summary>Says that an answer completed at this instant is in.</summary>
    public void Reached(DateTimeOffset completed)
    {
        if (completed.ToUnixTimeMilliseconds() is var at && at > Interlocked.Read(ref newest))
            Interlocked.Exchange(ref newest, at);
    }
}

/// <summary>One scored answer, as <c>responses_v_scores</c> shows it.</summary>
/// <param name="Score">Null for "not applicable".</param>
/// <param name="Interested">1 where an interested party recorded it.</param>
sealed record ScoreRow(
    long Id, long ResponseId, string Question, string Measure, int? Score, DateOnly Day, long? AccountId, long? ContactId, long? OrgUnitId,
    string Survey, string? Touchpoint, string Channel, string? Region, string? Tier, string? Product, string? Role, long Interested);
