using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>What a question is shown with.</summary>
/// <param name="Language">The reader's language.</param>
/// <param name="Answers">All answers so far.</param>
/// <param name="Answer">What was answered or entered; null for nothing.</param>
/// <param name="Error">What is wrong with it, in the reader's language.</param>
/// <param name="Prefix">Put before names and ids, for pages that show a survey twice.</param>
sealed record ViewContext(string Language, Answers Answers, Answer? Answer = null, string? Error = null, string Prefix = "");

/// <summary>
/// A question as its fragment draws it. <see cref="Template"/> names the fragment: a page draws a question with
/// <c>{{> (lookup this "template") this}}</c>.
/// </summary>
abstract class QuestionView(Question question, ViewContext context)
{
    public abstract string Template { get; }

    /// <summary>Name of the form field.</summary>
    public string Name => context.Prefix + question.Id;

    /// <summary>Id of the element that error summaries lead to: the first input.</summary>
    public string Anchor => $"{context.Prefix}q-{question.Id}";

    public string Text => question.TextFor(context.Answers).In(context.Language);

    public string? Hint => question.Head.Hint?.In(context.Language);

    public bool Required => question.Head.Required;

    /// <summary>The word beside a question that may be skipped; in the survey's language, which need not be the page's.</summary>
    public string Optional => In(("optional", "选填"));

    public string? Error => context.Error;

    public string? HintId => Hint is null ? null : Anchor + "-hint";

    public string? ErrorId => Error is null ? null : Anchor + "-error";

    /// <summary>Ids for <c>aria-describedby</c>; null for none.</summary>
    public string? DescribedBy => (ErrorId, HintId) switch
    {
        (null, null) => null,
        var (error, hint) => string.Join(' ', new[] { error, hint }.Where(id => id is not null)),
    };

    protected Answer? Given => context.Answer;

    protected string In(Say say) => say.In(context.Language);
}

/// <summary>One input among several.</summary>
/// <param name="Id">Id of the input.</param>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is shown.</param>
/// <param name="Said">What a screen reader says where the label alone says too little; null for the label.</param>
sealed record ChoiceView(string Id, string Value, string Label, bool Chosen, string? Said = null);
