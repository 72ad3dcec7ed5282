using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>One unit of a ranking.</summary>
/// <param name="Rank">Place; null where the unit has too few answers to be ranked.</param>
/// <param name="Name">Name of the unit.</param>
/// <param name="Estimate">Its figure.</param>
public sealed record RankingRow(int? Rank, string Name, Estimate Estimate)
{
    public string? Href { get; init; }

    /// <summary>What the order was made by, where that is not the figure itself.</summary>
    public double? Score { get; init; }

    /// <summary>Units of the same tie, which stand together, are not told apart; null for none.</summary>
    public int? Tie { get; init; }

    /// <summary><c>good</c> or <c>bad</c> where the unit differs significantly from all, else <c>none</c>.</summary>
    public string Tone { get; init; } = "none";
}

/// <summary>
/// Units in order, their intervals as bars on one axis, ties bracketed, those with too few answers below the line. A table:
/// it can be read aloud row by row, and long names wrap.
/// </summary>
/// <param name="Title">What is ranked.</param>
/// <param name="Rows">Ranked ones in order, then the others.</param>
public sealed record RankingChart(string Title, IReadOnlyList<RankingRow> Rows) : IChart
{
    public double? Least { get; init; }

    public double? Most { get; init; }

    /// <summary>The figure of all units together, drawn as a line.</summary>
    public double? Overall { get; init; }

    /// <summary>Heading of the first column; the common word for a unit where empty.</summary>
    public string UnitLabel { get; init; } = "";

    /// <summary>Heading of the figure's column.</summary>
    public string FigureLabel { get; init; } = "";

    /// <summary>Heading of the column of scores; without one there is no such column.</summary>
    public string ScoreLabel { get; init; } = "";

    /// <inheritdoc/>
    public SafeHtml Draw(RenderContext page, Texts texts)
    {
        var words = new Words(page, texts);
        var scale = Scale.Around(Rows.SelectMany(r => new[] { r.Estimate.Value, r.Estimate.Low, r.Estimate.High }).Append(Overall), Least, Most);
        var unit = Rows.Count > 0 ? Rows[0].Estimate.Unit : Unit.Plain;
        var markup = new Markup();
        markup.Open("table", ("class", "table chart-ranking")).Element("caption", Title, ("class", "visually-hidden"));
        markup.Open("thead").Open("tr")
            .Element("th", words["ranking.place"], ("class", "num place"))
            .Element("th", UnitLabel.Length > 0 ? UnitLabel : words["ranking.unit"])
            .Open("th", ("class", "axis-cell"), ("aria-hidden", "true"));
        Axis(markup, scale, words, unit);
        markup.Close();
        if (ScoreLabel.Length > 0) markup.Element("th", ScoreLabel, ("class", "num"));
        markup.Element("th", FigureLabel.Length > 0 ? FigureLabel : words["ranking.figure"], ("class", "num"))
            .Element("th", words["interval.meaning"], ("class", "num from-wide"))
            .Element("th", "n", ("class", "num")).Close().Close();
        Body(markup, scale, words, ranked: true);
        if (Rows.Any(r => r.Rank is null)) Body(markup, scale, words, ranked: false);
        return markup.Close().Done();
    }

    static void Axis(Markup markup, Scale scale, Words words, Unit unit)
    {
        markup.Open("svg", ("class", "chart"), ("width", "100%"), ("height", 18));
        var ticks = scale.Ticks.ToList();
        for (var i = 0; i < ticks.Count; i++)
            markup.Element("text", words.Value(ticks[i], unit, unit == Unit.Share ? 0 : scale.Decimals), ("class", i % 2 == 0 ? "tick" : "tick minor"), ("x", Markup.Percent(scale.At(ticks[i]))), ("y", 13),
                ("text-anchor", i == 0 ? "start" : i == ticks.Count - 1 ? "end" : "middle"));
        markup.Close();
    }

    void Body(Markup markup, Scale scale, Words words, bool ranked)
    {
        markup.Open("tbody", ("class", ranked ? null : "too-few"));
        if (!ranked)
            markup.Open("tr", ("class", "line-row")).Element("th", words["ranking.tooFew"], ("colspan", ScoreLabel.Length > 0 ? 7 : 6), ("scope", "rowgroup")).Close();
        var rows = Rows.Where(r => r.Rank is not null == ranked).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            markup.Open("tr", ("class", ranked ? Bracket(rows, i) : "row-few"))
                .Element("td", row.Rank is { } rank ? words.Formats.Number(rank) : "", ("class", "num place"))
                .Open("th", ("scope", "row"), ("class", "name")).Linked(row.Name, row.Href);
            if (ranked && Bracket(rows, i) is "tie-first") markup.Element("span", words["ranking.tie"], ("class", "visually-hidden"));
            markup.Close().Open("td", ("class", "axis-cell"));
            Bar(markup, scale, words, row);
            markup.Close();
            if (ScoreLabel.Length > 0) markup.Element("td", row.Score is { } score ? words.Value(score, row.Estimate.Unit, row.Estimate.Decimals) : Formats.Nothing, ("class", "num"));
            markup.Open("td", ("class", "num figure-cell")).Linked(words.Value(row.Estimate.Value, row.Estimate.Unit, row.Estimate.Decimals), row.Estimate.Href).Close()
                .Element("td", row.Estimate.HasInterval ? words.Interval(row.Estimate) : Formats.Nothing, ("class", "num muted from-wide"))
                .Element("td", words.Formats.Number(row.Estimate.N), ("class", "num")).Close();
        }
        markup.Close();
    }

    void Bar(Markup markup, Scale scale, Words words, RankingRow row)
    {
        markup.Open("svg", ("class", "chart mark mark-" + (row.Estimate.TooFew || row.Rank is null ? "few" : row.Tone)), ("width", "100%"), ("height", 20), ("role", "img"))
            .Element("title", $"{row.Name}: {words.Say(row.Estimate)}");
        foreach (var tick in scale.Ticks)
            markup.Leaf("line", ("class", "grid"), ("x1", Markup.Percent(scale.At(tick))), ("x2", Markup.Percent(scale.At(tick))), ("y1", 0), ("y2", 20));
        if (Overall is { } overall)
            markup.Leaf("line", ("class", "target"), ("x1", Markup.Percent(scale.At(overall))), ("x2", Markup.Percent(scale.At(overall))), ("y1", 0), ("y2", 20));
        if (row.Estimate is { Low: { } low, High: { } high })
            markup.Leaf("line", ("class", "interval"), ("x1", Markup.Percent(scale.At(low))), ("x2", Markup.Percent(scale.At(high))), ("y1", 10), ("y2", 10));
        if (row.Estimate.Value is { } value)
            markup.Leaf("circle", ("cx", Markup.Percent(scale.At(value))), ("cy", 10), ("r", 4));
        markup.Close();
    }

    static string? Bracket(List<RankingRow> rows, int i)
    {
        if (rows[i].Tie is not { } tie) return null;
        var (above, below) = (i > 0 && rows[i - 1].Tie == tie, i + 1 < rows.Count && rows[i + 1].Tie == tie);
        return (above, below) switch { (false, true) => "tie-first", (true, true) => "tie-middle", (true, false) => "tie-last", _ => null };
    }
}
