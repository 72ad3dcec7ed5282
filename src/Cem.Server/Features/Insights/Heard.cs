using Cem.Kernel.Columns;

namespace Cem.Server.Features.Insights;

/// <summary>Who gave a scored answer in some days, an interested party's statements left out.</summary>
sealed record Heard(IReadOnlySet<long> Accounts, IReadOnlySet<long> Contacts)
{
    static readonly Scale Any = Scale.Values(0, ColumnStore.HighestValue);

    public static Heard Between(DateOnly from, DateOnly to, ScoreColumns columns)
    {
        var query = new CellQuery(Any) { Filter = Filter.All.Between(from, to).Where(ScoreColumns.Interested, 0) };
        // Apart, because pairs of contact and account would have to be sorted.
        var answers = columns.Store.Ask(query with { PerCluster = true }, query with { By = [ScoreColumns.Contact] });
        var accounts = answers[0].SelectMany(cell => cell.Clusters).Select(account => account.Cluster).ToHashSet();
        accounts.Remove(ScoreColumns.NoAccount);
        return new(accounts, answers[1].Select(cell => cell[ScoreColumns.Contact].Id).OfType<long>().ToHashSet());
    }
}
