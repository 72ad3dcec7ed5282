using Cem.Kernel.Text;

namespace Cem.Server.Features.Indicators;

/// <summary>An indicator as it travels and as each version of the library keeps it.</summary>
/// <param name="Level">1 north star, 2 journey or business domain, 3 scene or touchpoint, 4 concrete factor.</param>
/// <param name="Parent">Code of the indicator above; null for the north star alone.</param>
/// <param name="Kind">x: what people say; o: what they and we do.</param>
/// <param name="Domain">experience for x; business or operational for o.</param>
/// <param name="Weight">Among its siblings, 0 or more; need not add up to 1.</param>
/// <param name="Measure">How its value is found; null where it takes its score from below, or is not measured yet.</param>
/// <param name="Direction">Which way is better; best and worst say it too, and must agree.</param>
/// <param name="Best">The value that counts as 100, in the unit of the measure.</param>
/// <param name="Worst">The value that counts as 0.</param>
/// <param name="Owner">Who answers for it: a role, a name or a mail address.</param>
/// <param name="Target">What is wanted: in the unit of the measure, or as score where there is none.</param>
/// <param name="Targets">The target of an org unit and of those below it, where it differs.</param>
/// <param name="Threshold">What must not be passed, in the same unit.</param>
/// <param name="Weighting">How the weights of the indicators below it were found; null for by hand.</param>
/// <param name="Retired">Kept for its history, and counted no more.</param>
sealed record Indicator(
    string Code, Wording Name, int Level, string? Parent = null, IndicatorKind Kind = IndicatorKind.X, IndicatorDomain? Domain = null, double Weight = 1,
    Wording? Definition = null, Measure? Measure = null, Direction? Direction = null, double? Best = null, double? Worst = null, string? Touchpoint = null,
    string? Owner = null, double? Target = null, IReadOnlyDictionary<string, double>? Targets = null, double? Threshold = null,
    Weighting? Weighting = null, bool Retired = false)
{
    /// <summary>Whether a smaller value is the better one.</summary>
    public bool LessIsBetter() => Goalposts() is var (best, worst) && best < worst;

    /// <summary>The values that count as 100 and as 0: as stated, else those of the measure; null where neither says.</summary>
    public (double Best, double Worst)? Goalposts() => (Best, Worst) is ({ } best, { } worst) ? (best, worst) : Measure?.Type switch
    {
        MeasureType.Nps => (100, -100),
        MeasureType.CsatTopBox or MeasureType.CesEasy or MeasureType.OptionShare or MeasureType.FieldShare => (100, 0),
        MeasureType.CesMean => (7, 1),
        _ => null,
    };
}

enum IndicatorKind
{
    X,
    O,
}

enum IndicatorDomain
{
    Experience,
    Business,
    Operational,
}

enum Direction
{
    Higher,
    Lower,
}

enum MeasureType
{
    /// <summary>Promoters less detractors, -100 to 100.</summary>
    Nps,

    /// <summary>Satisfied answers, as the question says what that is, in percent.</summary>
    CsatTopBox,

    /// <summary>Answers 5 to 7 of 7, in percent.</summary>
    CesEasy,

    /// <summary>Mean ease, 1 to 7.</summary>
    CesMean,

    /// <summary>Answers that chose one of the options, in percent.</summary>
    OptionShare,

    /// <summary>Mean of a number of a source's rows.</summary>
    Mean,

    /// <summary>Sum of it.</summary>
    Sum,

    /// <summary>Events of a source.</summary>
    Count,

    /// <summary>One sum over another, times <c>per</c>.</summary>
    Ratio,

    /// <summary>Events of a source whose field has one of the options, in percent.</summary>
    FieldShare,
}

/// <summary>How a value is found. Answers: survey, question, touchpoints, options. O-data: source, metric or field, or the two terms of a ratio.</summary>
/// <param name="Of">What the options are a share of; everything unless said.</param>
/// <param name="Per">What a ratio is stated per: 1000 for "per 1,000 bookings".</param>
sealed record Measure(
    MeasureType Type, string? Survey = null, string? Question = null, IReadOnlyList<string>? Touchpoints = null, IReadOnlyList<string>? Options = null,
    IReadOnlyList<string>? Of = null, string? Source = null, string? Metric = null, string? Field = null, Term? Numerator = null, Term? Denominator = null, double Per = 1)
{
    /// <summary>Whether it is counted from answers.</summary>
    public bool IsX() => Type <= MeasureType.OptionShare;

    /// <summary>The sources of O-data that it is counted from.</summary>
    public IEnumerable<string> Sources() => new[] { Source, Numerator?.Source, Denominator?.Source }.OfType<string>();
}

/// <summary>A term of a ratio: the sum of a metric, or, without one, the number of events; at these touchpoints where some are named.</summary>
sealed record Term(string Source, string? Metric = null, IReadOnlyList<string>? Touchpoints = null);

enum WeightingMethod
{
    Manual,
    Ahp,
    Entropy,
}

/// <summary>How the weights below an indicator were found.</summary>
/// <param name="Children">The codes of all indicators directly below it, in the order of the matrix.</param>
/// <param name="Matrix">Ahp: how many times the row is as important as the column. Entropy: one row a unit, one column an indicator, more is better.</param>
sealed record Weighting(WeightingMethod Method, IReadOnlyList<string>? Children = null, IReadOnlyList<IReadOnlyList<double>>? Matrix = null);
