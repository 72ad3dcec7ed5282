using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>What became of one value sent: an answer, nothing (left empty), or a fault.</summary>
/// <param name="Answer">The answer; with a fault what was entered, so that it can be shown again; null for nothing.</param>
/// <param name="Code">Code of the fault; null when there is none.</param>
/// <param name="Message">What is wrong.</param>
readonly record struct Reading(Answer? Answer, string? Code = null, Say Message = default)
{
    public static readonly Reading Nothing;

    public static implicit operator Reading(Answer answer) => new(answer);

    public static Reading Refuse(string code, Say message, Answer? entered = null) => new(entered, code, message);
}
