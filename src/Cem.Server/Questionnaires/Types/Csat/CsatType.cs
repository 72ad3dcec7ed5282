using System.Text.Json;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires.Types.Csat;

/// <summary>
/// Satisfaction, on 3 named options or 5 points. Which ratings count as satisfied is part of the question: the top box
/// of 3, the top two of 5, unless it says otherwise.
/// </summary>
sealed class CsatType : IQuestionType
{
    public string Name => "csat";

    public Say Label => ("Satisfaction (CSAT)", "满意度（CSAT）");

    public IReadOnlyList<string> Settings => ["notApplicable", "scale", "satisfied"];

    public Question Read(QuestionHead head, Fields fields)
    {
        var scale = fields.Number("scale", 3, 5);
        if (scale is null && !fields.Has("scale"))
            fields.Fault("scale", "missing", ("Missing: scale, 3 or 5.", "缺少：scale（3 或 5）。"));
        else if (scale == 4)
            fields.Fault("scale", "range", ("A scale has 3 or 5 points.", "量表须为 3 级或 5 级。"));
        var points = scale is 3 ? 3 : 5;
        var satisfied = fields.Numbers("satisfied");
        if (satisfied is not null && (satisfied.Count == 0 || satisfied.Distinct().Count() != satisfied.Count || satisfied.Count >= points || satisfied.Any(one => one < 1 || one > points)))
            fields.Fault("satisfied", "range", ($"Some, not all, of the ratings 1 to {points}, each once.", $"须为 1 到 {points} 中的部分分值，且不重复。"));
        return new CsatQuestion(head, points, satisfied is { Count: > 0 } ? [.. satisfied.Order()] : null);
    }
}

sealed class CsatQuestion(QuestionHead head, int scale, IReadOnlyList<int>? satisfied) : RatingQuestion(head, 1, scale)
{
    static readonly Say[] Three = [("Very dissatisfied", "非常不满意"), ("So-so", "一般"), ("Very satisfied", "非常满意")];
    static readonly Say[] Five = [("Very dissatisfied", "非常不满意"), ("Dissatisfied", "不满意"), ("Neither", "一般"), ("Satisfied", "满意"), ("Very satisfied", "非常满意")];

    /// <summary>The ratings that count as satisfied.</summary>
    public IReadOnlyList<int> Satisfied { get; } = satisfied ?? (scale == 3 ? [3] : [4, 5]);

    public override string Template => Most == 3 ? "Questionnaires/Types/Csat/CsatOptions" : "Questionnaires/Types/Csat/CsatPoints";

    public override string Measure => "csat";

    public override string Coding => $"csat {Most}, satisfied {string.Join(' ', Satisfied)}";

    public override Say? Settings => (
        $"{Most} points, satisfied: {string.Join(", ", Satisfied.Select(rating => Name(rating)!.Value.En))}",
        $"{Most} 级，计为满意：{string.Join("、", Satisfied.Select(rating => Name(rating)!.Value.Zh))}");

    public override Say? Name(int rating) => (Most == 3 ? Three : Five)[rating - 1];

    public override Say OperandWords(Operand value) => Name(value.Number ?? 1) is { } name ? ($"{value} ({name.En})", $"{value}（{name.Zh}）") : base.OperandWords(value);

    public override void WriteSettings(Utf8JsonWriter json)
    {
        json.WriteNumber("scale", Most);
        if (satisfied is null)
            return;
        json.WriteStartArray("satisfied");
        foreach (var rating in satisfied)
            json.WriteNumberValue(rating);
        json.WriteEndArray();
    }
}
