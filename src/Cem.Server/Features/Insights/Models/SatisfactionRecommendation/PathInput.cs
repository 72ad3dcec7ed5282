namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>A path model with its answers and settings, read and checked.</summary>
internal sealed record PathInput(PathModel Model, ItemData Data, bool Standardised, (int Smallest, int Largest)? Scale, List<string> Warnings)
{
    public static readonly string[] Fields =
        [.. Table.Fields, "filter", "blocks", "paths", "innerScheme", "manifestMetric", "modeB", "scaleMin", "scaleMax", "missing", "missingCode"];

    public static PathInput Read(ModelInput read)
    {
        var scheme = read.Choice("innerScheme", "path", "path", "centroid", "factorial") switch
        {
            "centroid" => InnerScheme.Centroid,
            "factorial" => InnerScheme.Factorial,
            _ => InnerScheme.Path,
        };
        var standardised = read.Choice("manifestMetric", "standardised", "standardised", "raw") == "standardised";
        (int, int)? scale = read.Has("scaleMin") || read.Has("scaleMax") ? Models.Scale.Read(read) : null;
        var table = RowFilter.Apply(read, Table.Of(read));
        var blocks = Blocks(read, table);
        var items = blocks.SelectMany(block => block.Items).ToList();
        if (items.GroupBy(item => item, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw read.Refuse("blocks", ModelRefusal.Inconsistent, $"Item \"{twice.Key}\" stands in the blocks twice.");
        if (items.Count > 200) throw read.Refuse("blocks", ModelRefusal.OutOfRange, $"At most 200 items, not {items.Count}.");
        var data = Answers(read, table, items, scale);
        var warnings = new List<string>();
        List<int> constant = [.. Enumerable.Range(0, items.Count).Where(j => data.N > 0 && !(data.Columns[j].Max() > data.Columns[j].Min()))];
        if (constant.Count > 0 && data.N > 1)
        {
            warnings.AddRange(constant.Select(j => read.Words.Say($"{items[j]} is the same in all rows, and left out.", $"{items[j]} 取值恒定，已剔除。")));
            List<int> kept = [.. Enumerable.Range(0, items.Count).Except(constant)];
            data = data with { Names = [.. kept.Select(j => items[j])], Columns = [.. kept.Select(j => data.Columns[j])] };
        }
        var model = PathModelReader.Read(read, blocks, data.Names, scheme);
        var predecessors = Enumerable.Range(0, model.Constructs.Count).Max(k => model.Predecessors(k).Length);
        if (data.N <= predecessors + 1) throw read.Refuse("data", ModelRefusal.NotComputable, $"{data.N} complete rows are too few; at least {predecessors + 2} are needed.");
        if (data.N < 10 * model.LargestArrows) warnings.Add(read.Words.Say($"Few rows: {data.N}, where 10 for each of {model.LargestArrows} arrows at one construct are wanted.", $"样本偏少：{data.N} 行，少于单一构念箭头数 {model.LargestArrows} 的 10 倍。"));
        return new(model, data, standardised, scale, warnings);
    }

    static List<(string Name, IReadOnlyList<string> Items)> Blocks(ModelInput read, Table table)
    {
        var map = read.Map("blocks");
        List<(string, IReadOnlyList<string>)> blocks = [.. map.Names.Select(name => (name, map.DistinctTexts(name)))];
        if (blocks.Count is < 2 or > 50) throw read.Refuse("blocks", ModelRefusal.OutOfRange, $"blocks must name 2 to 50 constructs, not {blocks.Count}.");
        foreach (var (name, items) in blocks)
            foreach (var item in items) table.Column(map, name, item);
        return blocks;
    }

    static ItemData Answers(ModelInput read, Table table, List<string> items, (int Smallest, int Largest)? scale)
    {
        var fillByMean = read.Choice("missing", "listwise", "listwise", "mean") == "mean";
        var missing = read.NumberOrNull("missingCode");
        var columns = items.ConvertAll(item => table.Numbers(item, missing).Select(v => scale is { } s && (v < s.Smallest || v > s.Largest) ? null : v).ToArray());
        List<int> rows = [.. Enumerable.Range(0, table.Count).Where(i => fillByMean ? columns.Exists(column => column[i] is not null) : columns.TrueForAll(column => column[i] is not null))];
        double[] Filled(double?[] column)
        {
            var mean = column.Average() ?? 0;
            return [.. rows.Select(i => column[i] ?? mean)];
        }
        return new(items, [.. columns.Select(Filled)], table.Count - rows.Count);
    }
}
