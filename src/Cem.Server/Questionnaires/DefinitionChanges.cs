using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>One difference between two versions of a survey.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Change"><c>added</c>, <c>removed</c>, <c>recoded</c>, <c>optionAdded</c>, <c>optionRemoved</c>, <c>reworded</c> or <c>askedOtherwise</c>.</param>
/// <param name="BreaksTrend">Whether its figures before and after cannot be compared.</param>
sealed record DefinitionChange(string Question, string Change, bool BreaksTrend, Say Message);

/// <summary>What publishing changes for the people who read trends.</summary>
static class DefinitionChanges
{
    /// <summary>The differences, those that break trends first, then in the order of the questions.</summary>
    /// <param name="before">The version published so far; null when nothing was.</param>
    public static IReadOnlyList<DefinitionChange> Between(SurveyDefinition? before, SurveyDefinition after)
    {
        if (before is null)
            return [];
        var (old, now) = (before.Questions.ToDictionary(question => question.Id), after.Questions.ToDictionary(question => question.Id));
        return
        [
            .. old.Values.Where(question => !now.ContainsKey(question.Id)).Select(Removed)
                .Concat(now.Values.SelectMany(question => old.TryGetValue(question.Id, out var earlier) ? Differences(earlier, question) : [Added(question)]))
                .OrderByDescending(change => change.BreaksTrend),
        ];
    }

    static IEnumerable<DefinitionChange> Differences(Question old, Question now)
    {
        if (old.Coding != now.Coding)
        {
            yield return new(now.Id, "recoded", true, ($"'{now.Id}' was {old.Coding} and is now {now.Coding}: its figures before and after cannot be compared.", $"“{now.Id}”由 {old.Coding} 改为 {now.Coding}：前后数据不可比。"));
            yield break;
        }
        foreach (var gone in Values(old).Except(Values(now)))
            yield return new(now.Id, "optionRemoved", true, ($"'{now.Id}' no longer has '{gone}': its shares before and after cannot be compared.", $"“{now.Id}”不再有选项“{gone}”：前后占比不可比。"));
        foreach (var added in Values(now).Except(Values(old)))
            yield return new(now.Id, "optionAdded", false, ($"'{now.Id}' also has '{added}': its other shares may fall.", $"“{now.Id}”新增选项“{added}”：其他选项占比可能下降。"));
        if (old.Head.Text != now.Head.Text)
            yield return new(now.Id, "reworded", false, ($"'{now.Id}' is worded differently: small steps may come from the wording.", $"“{now.Id}”的题干有改动：小幅变化可能来自措辞。"));
        if (old.Head.ShowWhen != now.Head.ShowWhen || old.Head.Required != now.Head.Required)
            yield return new(now.Id, "askedOtherwise", false, ($"'{now.Id}' is asked of other people than before, or may now be skipped or not.", $"“{now.Id}”的提问对象或必答设置有变化。"));
    }

    // Every type's coding lists its values, so that no type needs to be known here.
    static IEnumerable<string> Values(Question question) => question.Columns.SelectMany(column => column.Type == "flag" ? [column.Name] : column.Values.Select(value => value.Value));

    static DefinitionChange Removed(Question question) => new(question.Id, "removed", question.Measure is not null,
        ($"'{question.Id}' is no longer asked: its trend ends.", $"不再询问“{question.Id}”：其趋势到此为止。"));

    static DefinitionChange Added(Question question) => new(question.Id, "added", false,
        ($"'{question.Id}' is new: its trend begins.", $"新增“{question.Id}”：其趋势由此开始。"));
}
