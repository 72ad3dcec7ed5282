using System.Globalization;
using Cem.Kernel.Data;
using Scale = Cem.Kernel.Columns.Scale;

namespace Cem.Server.Features.Insights;

/// <summary>How ratings of a question are read.</summary>
/// <param name="Good">Those that count as satisfied: promoters, satisfied, easy.</param>
/// <param name="Bad">Those at the other end.</param>
sealed record RatingScale(int Least, int Most, IReadOnlySet<int> Good, IReadOnlySet<int> Bad)
{
    /// <summary>Ratings from 1 on, as many bad ones at the other end as there are good ones.</summary>
    public static RatingScale Of(int most, params IEnumerable<int> good) => new(1, most, good.ToHashSet(), good.Select(rating => most + 1 - rating).ToHashSet());
}

/// <summary>The scales of the questions of a measure, as their coding states them: "csat 5, satisfied 4 5".</summary>
sealed class RatingScales
{
    public const string Nps = "nps";
    public const string Satisfaction = "csat";
    public const string EffortScore = "ces";

    /// <summary>The measures of which shares are counted.</summary>
    public static readonly IReadOnlyList<string> Measures = [Satisfaction, EffortScore, Nps];

    static readonly Scale FromZero = Scale.Values(0, 10);
    static readonly Scale FromOne = Scale.Values(1, 10);

    static readonly RatingScale Recommendation = new(0, 10, new HashSet<int> { 9, 10 }, new HashSet<int> { 0, 1, 2, 3, 4, 5, 6 });
    static readonly RatingScale Ease = RatingScale.Of(7, 5, 6, 7);
    static readonly RatingScale FivePoints = RatingScale.Of(5, 4, 5);

    readonly string measure;
    readonly Dictionary<(string, string), RatingScale> known = [];

    public RatingScales(string measure, Db db)
    {
        this.measure = measure;
        if (measure == Satisfaction)
            foreach (var row in db.Query<CodingRow>(Sql.Codings, new { Measure = measure }))
                if (Read(row.Coding) is { } scale)
                    known[(row.SurveyCode, row.Question)] = scale;
    }

    /// <summary>How the columns count the measure: every rating by itself.</summary>
    public static Scale ColumnsOf(string measure) => measure == Nps ? FromZero : FromOne;

    /// <summary>A question that no survey of ours has is read on the usual scale of its measure.</summary>
    public RatingScale Of(string? survey, string? question) => measure switch
    {
        Nps => Recommendation,
        EffortScore => Ease,
        _ => known.GetValueOrDefault((survey ?? "", question ?? "")) ?? FivePoints,
    };

    static RatingScale? Read(string coding) => coding.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is ["csat", var most, "satisfied", .. var satisfied]
        ? RatingScale.Of(int.Parse(most, CultureInfo.InvariantCulture), satisfied.Select(rating => int.Parse(rating, CultureInfo.InvariantCulture)))
        : null;

    sealed record CodingRow(string SurveyCode, string Question, string Coding);

    static class Sql
    {
        // The newest version of a question says how it is read.
        public const string Codings = """
            SELECT survey_code, question, coding FROM surveys_v_questions WHERE measure = @Measure ORDER BY version
            """;
    }
}
