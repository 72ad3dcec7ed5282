using System.Text.Json;
using Cem.Kernel.Columns;

namespace Cem.Server.Features.Insights;

/// <summary>
/// Who gave a scored answer in some days, an interested party's statements left out. As JSON lists of ids, the form in which
/// SQL takes them.
/// </summary>
sealed record Heard(string Accounts, string Contacts)
{
    static readonly Scale Any = Scale.Values(0, ColumnStore.HighestValue);

    public static Heard Between(DateOnly from, DateOnly to, ScoreColumns columns)
    {
        var people = columns.Store.Ask(new CellQuery(Any)
        {
            Filter = Filter.All.Between(from, to).Where(ScoreColumns.Interested, 0),
            By = [ScoreColumns.Contact],
            PerCluster = true,
        });
        var accounts = new HashSet<long>();
        var contacts = new List<long>();
        foreach (var cell in people)
        {
            if (cell[ScoreColumns.Contact].Id is { } contact)
                contacts.Add(contact);
            foreach (var (account, _) in cell.Clusters)
                accounts.Add(account);
        }
        accounts.Remove(ScoreColumns.NoAccount);
        return new(JsonSerializer.Serialize(accounts), JsonSerializer.Serialize(contacts));
    }
}
