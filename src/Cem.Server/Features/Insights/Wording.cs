using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Features.Insights.Models;

namespace Cem.Server.Features.Insights;

/// <summary>The words of this area's pages for one reader: texts, numbers, and the names that stand behind codes.</summary>
sealed class Wording
{
    readonly ScopedTexts texts;
    readonly OrgTree units;
    readonly Dictionary<string, string> touchpoints;
    readonly Dictionary<string, string> surveys;

    public Wording(Texts texts, string scope, string language, Db db, ScoreColumns columns)
    {
        this.texts = texts.For(language, scope);
        Formats = Formats.For(language);
        units = columns.Units;
        var say = db.Read(reader => (reader.Query<NameRow>(Sql.Touchpoints), reader.Query<NameRow>(Sql.Surveys)));
        touchpoints = say.Item1.ToDictionary(row => row.Code, row => new Say(row.En, row.Zh).In(language));
        surveys = say.Item2.ToDictionary(row => row.Code, row => new Say(row.En, row.Zh).In(language));
    }

    public Formats Formats { get; }

    public string this[string key] => texts[key];

    public string Get(string key, params ReadOnlySpan<(string Name, object? Value)> args) => texts.Get(key, args);

    /// <summary>What a person calls a value of a dimension; its code where it has no name.</summary>
    public string Name(string dimension, string? key) => key is null ? texts["value.none"] : dimension switch
    {
        ScoreColumns.OrgUnit or ScoreReader.Branch => units.Find(key)?.Name ?? key,
        ScoreColumns.Touchpoint => touchpoints.GetValueOrDefault(key, key),
        ScoreColumns.Survey => surveys.GetValueOrDefault(key, key),
        ScoreColumns.Role or ScoreColumns.Channel => texts.Find(dimension + "." + key) ?? key,
        _ => key,
    };

    /// <summary>A day, week, month or quarter, short for an axis and in full.</summary>
    public (string Label, string Name) Period(string grain, DateOnly start) => grain switch
    {
        "month" => (start.ToString("MM", CultureInfo.InvariantCulture) is var month && start.Month == 1 ? $"{start.Year}-{month}" : month, Formats.Month(start)),
        "quarter" => ($"{start.Year} Q{(start.Month + 2) / 3}", $"{Formats.Month(start)} – {Formats.Month(start.AddMonths(2))}"),
        "day" => (Formats.DayMonth(start), Formats.Date(start)),
        _ => (Formats.DayMonth(start), $"{Formats.Date(start)} – {Formats.Date(start.AddDays(6))}"),
    };

    public static Estimate Estimate(NpsFigure figure, string? href = null) => new(figure.Nps, figure.Lower, figure.Upper, figure.N) { TooFew = figure.TooFew, Href = href };

    /// <summary>What scores are held against, in words.</summary>
    public string Against(string? compare, int weeks) => compare switch
    {
        "lastYear" => texts["against.lastYear"],
        "trailing" => texts.Get("against", ("count", InsightFilter.TrailingDays / 7)),
        _ => texts.Get("against", ("count", weeks)),
    };

    public static Change Change(NpsFigure figure, string against) =>
        new(figure.Change, figure.TooFew || figure.CompareN is null or < Bases.Show ? null : figure.Significant, against);

    /// <summary>How the score divides and whether it moved, in a sentence.</summary>
    public string Verdict(NpsFigure figure, string against) => figure switch
    {
        { N: 0 } => texts["verdict.none"],
        { TooFew: true } => texts.Get("verdict.few", ("n", Formats.Number(figure.N))),
        { CompareN: null or < Bases.Show } => texts.Get("verdict.first", ("nps", Formats.Signed(figure.Nps, 1)), ("n", Formats.Number(figure.N)), ("low", Formats.Signed(figure.Lower)), ("high", Formats.Signed(figure.Upper))),
        { Significant: false } => texts.Get("verdict.same", ("nps", Formats.Signed(figure.Nps, 1)), ("n", Formats.Number(figure.N)), ("change", Formats.Signed(figure.Change, 1)), ("against", against)),
        { Change: > 0 } => texts.Get("verdict.up", ("nps", Formats.Signed(figure.Nps, 1)), ("n", Formats.Number(figure.N)), ("change", Formats.Number(figure.Change, 1)), ("against", against)),
        _ => texts.Get("verdict.down", ("nps", Formats.Signed(figure.Nps, 1)), ("n", Formats.Number(figure.N)), ("change", Formats.Number(-figure.Change, 1)), ("against", against)),
    };

    sealed record NameRow(string Code, string En, string Zh);

    static class Sql
    {
        public const string Touchpoints = "SELECT code, name_en AS en, name_zh AS zh FROM journeys_v_touchpoints";

        public const string Surveys = "SELECT code, title_en AS en, title_zh AS zh FROM surveys_v_surveys";
    }
}

/// <summary>Makes the <see cref="Wording"/> of a page.</summary>
sealed class Wordings(Texts texts, Db db, ScoreColumns columns)
{
    /// <param name="scope">The slice, whose own texts come first: <c>Insights/ShowNps</c>.</param>
    public Wording For(string scope, string language) => new(texts, scope, language, db, columns);
}
