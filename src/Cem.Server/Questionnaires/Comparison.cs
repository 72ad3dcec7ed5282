using System.Collections.Frozen;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>How a condition holds an earlier answer against its value.</summary>
/// <param name="Name">Its field in the definition.</param>
/// <param name="Holds">Whether an answer that was given meets the value.</param>
/// <param name="Words">The sentence for people, <c>{0}</c> the question and <c>{1}</c> the value.</param>
sealed record Comparison(string Name, Func<Answer, Operand, bool> Holds, Say Words)
{
    public static readonly Comparison AtMost = new("atMost", (answer, value) => answer.Number <= value.Number, ("{0} is at most {1}", "{0} 不高于 {1}"));
    public static readonly Comparison AtLeast = new("atLeast", (answer, value) => answer.Number >= value.Number, ("{0} is at least {1}", "{0} 不低于 {1}"));
    public static readonly Comparison Is = new("is", (answer, value) => Same(answer, value), ("{0} is {1}", "{0} 为 {1}"));
    public static readonly Comparison IsNot = new("isNot", (answer, value) => !Same(answer, value), ("{0} is not {1}", "{0} 不为 {1}"));
    public static readonly Comparison Includes = new("includes", (answer, value) => answer.Codes.Contains(value.Code), ("{0} includes {1}", "{0} 包含 {1}"));

    /// <summary>All comparisons by name.</summary>
    public static readonly FrozenDictionary<string, Comparison> All =
        new[] { AtMost, AtLeast, Is, IsNot, Includes }.ToFrozenDictionary(comparison => comparison.Name, StringComparer.Ordinal);

    /// <summary>The names in the order people learn them.</summary>
    public static readonly IReadOnlyList<string> Names = ["atMost", "atLeast", "is", "isNot", "includes"];

    static bool Same(Answer answer, Operand value) => value.Number is { } number ? answer.Number == number : answer.Text == value.Code;
}

/// <summary>The value of a condition: a number for ratings, the code of an option for choices.</summary>
readonly record struct Operand(int? Number, string? Code)
{
    public override string ToString() => Code ?? Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}

/// <summary>
/// When a question is shown: an earlier question was answered, and its answer meets the value. What was not asked or not
/// answered meets nothing, <c>isNot</c> included.
/// </summary>
/// <param name="Question">Id of the earlier question.</param>
sealed record Condition(string Question, Comparison Comparison, Operand Value)
{
    public bool Holds(Answer? answer) => answer is not null && answer != Answer.NotApplicable && Comparison.Holds(answer, Value);
}
