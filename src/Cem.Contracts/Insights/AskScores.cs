using MediatR;

namespace Cem.Contracts.Insights;

/// <summary>
/// The one question everybody asks of the scored answers: filter, dimensions and periods to histogram cells. Batch-shaped,
/// and answered from memory; never asked inside a write.
/// </summary>
public sealed record AskScores(IReadOnlyList<ScoreQuery> Queries) : IRequest<IReadOnlyList<ScoreTable>>;

/// <summary>One table of scores.</summary>
/// <param name="Measure">The question type: <c>nps</c>, <c>csat</c>, <c>ces</c>; with <see cref="Questions"/> single questions of it.</param>
/// <param name="Scope">The org unit whose tree bounds it; 0 is the whole company.</param>
/// <param name="From">First day, inclusive, in company time; null is from the beginning.</param>
/// <param name="To">Last day, inclusive; null is up to now.</param>
/// <param name="By">Dimensions to group by, in order: <c>orgUnit</c>, <c>branch</c>, <c>region</c>, <c>tier</c>, <c>product</c>, <c>channel</c>, <c>role</c>, <c>touchpoint</c>, <c>survey</c>, <c>question</c>, <c>account</c>.</param>
/// <param name="Period">Groups by <c>week</c>, <c>month</c>, <c>quarter</c>, <c>day</c>, or not at all (null).</param>
/// <param name="PerAccount">Whether each cell also lists its accounts: for clustered errors, one vote per account, coverage.</param>
public sealed record ScoreQuery(
    string Measure, long Scope, DateOnly? From = null, DateOnly? To = null,
    IReadOnlyList<string>? By = null, string? Period = null, bool PerAccount = false)
{
    /// <summary>Allowed values per dimension; a dimension that is not named is not bounded.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filter { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Question ids; empty for all of the measure.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Leaves out what an interested party recorded; on unless asked otherwise.</summary>
    public bool WithoutInterested { get; init; } = true;
}

/// <summary>The cells of one query, only those that hold answers.</summary>
/// <param name="AsOf">Instant of the newest answer that was counted in.</param>
public sealed record ScoreTable(IReadOnlyList<ScoreCell> Cells, DateTimeOffset? AsOf);

/// <summary>One cell.</summary>
/// <param name="Keys">One value for each dimension asked for; null where the answer had none.</param>
/// <param name="Period">First day of its period; null where none was asked for.</param>
/// <param name="Histogram">Index = score, value = number of answers.</param>
/// <param name="Excluded">Answers "not applicable", counted apart.</param>
/// <param name="Accounts">Each account's own histogram; empty unless asked for.</param>
public sealed record ScoreCell(
    IReadOnlyList<string?> Keys, DateOnly? Period, IReadOnlyList<int> Histogram, int Excluded, IReadOnlyList<AccountScores> Accounts);

/// <summary>The answers of one account in a cell.</summary>
public sealed record AccountScores(long AccountId, IReadOnlyList<int> Histogram);
