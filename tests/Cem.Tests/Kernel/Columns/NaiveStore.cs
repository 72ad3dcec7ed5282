using Cem.Kernel.Columns;

namespace Cem.Tests.Kernel.Columns;

/// <summary>The same promises as <see cref="ColumnStore"/>, kept by a dictionary and LINQ: slow and plainly right.</summary>
sealed class NaiveStore(params string[] dimensions)
{
    public Dictionary<long, Row> Rows { get; } = [];

    public sealed record Row(long Key, DateOnly Day, long Cluster, int? Value, Member[] Members);

    /// <summary>What a filter means, beside the filter itself.</summary>
    public sealed record Question(
        CellQuery Query, Func<int?, int?> BinOf, Dictionary<string, HashSet<Member>> Allowed,
        Func<long, bool> Clusters, DateOnly From, DateOnly To, Func<DateOnly, int?> PeriodOf);

    /// <summary>Cells as text, each with its counts, sorted; clusters under their cell.</summary>
    public List<string> Ask(Question question)
    {
        var allowed = question.Allowed.Select(pair => (Index: Array.IndexOf(dimensions, pair.Key), Set: pair.Value)).ToArray();
        var groups = question.Query.By.Select(name => Array.IndexOf(dimensions, name)).ToArray();
        var passing = Rows.Values.Where(row =>
            row.Day >= question.From && row.Day <= question.To
            && question.Clusters(row.Cluster)
            && allowed.All(pair => pair.Set.Contains(row.Members[pair.Index]))
            && (question.Query.Periods is null || question.PeriodOf(row.Day) is not null));
        var cells =
            from row in passing
            group row by string.Join("|", groups.Select(index => Show(row.Members[index])))
                + (question.Query.Periods is null ? "" : "@" + question.PeriodOf(row.Day));
        return
        [
            .. cells.SelectMany(cell => (string[])
            [
                Line(cell.Key, cell, question),
                .. question.Query.PerCluster
                    ? cell.GroupBy(row => row.Cluster).Select(rows => Line($"{cell.Key}#{rows.Key}", rows, question))
                    : [],
            ]).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The engine's answer in the same words.</summary>
    public static List<string> Show(CellQuery query, CellTable table)
    {
        var lines = new List<string>();
        foreach (var cell in table)
        {
            var name = string.Join("|", query.By.Select(dimension => Show(cell[dimension])))
                + (query.Periods is null ? "" : "@" + cell.Period);
            lines.Add(Line(name, cell.Counts));
            if (query.PerCluster)
                lines.AddRange(cell.Clusters.Select(part => Line($"{name}#{part.Cluster}", part.Counts)));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    static string Show(Member member) =>
        member.IsNone ? "none" : member.Id is null ? $"'{member.Text}'" : member.ToString();

    static string Line(string name, Histogram counts) =>
        $"{name} {string.Join(',', counts.Bins.ToArray())} n={counts.N} excluded={counts.Excluded}";

    static string Line(string name, IEnumerable<Row> rows, Question question)
    {
        var bins = rows.ToLookup(row => question.BinOf(row.Value));
        var counts = Enumerable.Range(0, question.Query.Scale.Bins).Select(bin => bins[bin].Count()).ToList();
        return $"{name} {string.Join(',', counts)} n={counts.Sum()} excluded={bins[null].Count()}";
    }
}
