namespace Cem.Server.Features.Insights.Models;

/// <summary>Keeps the rows of a table that an input's <c>filter</c> names: <c>{"BU": "Apples"}</c>; all when there is none.</summary>
internal static class RowFilter
{
    public static Table Apply(ModelInput read, Table table)
    {
        if (!read.Has("filter")) return table;
        var filter = read.Map("filter");
        foreach (var column in filter.Names)
        {
            if (!table.Has(column)) throw filter.Refuse(column, ModelRefusal.Inconsistent, $"data has no column \"{column}\".");
            if (filter.IsNumber(column))
            {
                var wanted = filter.Number(column);
                var numbers = table.Numbers(column);
                table = table.Where(i => numbers[i] == wanted);
            }
            else
            {
                var wanted = filter.IsList(column) ? filter.Texts(column) : [filter.Text(column)];
                var cells = table.Cells(column);
                table = table.Where(i => wanted.Contains(cells[i], StringComparer.Ordinal));
            }
        }
        return table;
    }
}
