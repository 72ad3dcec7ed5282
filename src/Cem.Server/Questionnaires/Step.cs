using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>
/// What is shown at a time: a page of the definition, or a part of it. A page is cut before a question that depends on
/// an answer of the same page, so that the survey needs no script to show or hide anything.
/// </summary>
/// <param name="Number">From 0.</param>
/// <param name="Title">The title of its page; null for none.</param>
sealed record Step(int Number, Say? Title, IReadOnlyList<Question> Questions)
{
    internal static IReadOnlyList<Step> Cut(SurveyDefinition definition)
    {
        var steps = new List<Step>();
        foreach (var page in definition.Pages)
        {
            var questions = new List<Question>();
            foreach (var question in page.AllQuestions)
            {
                if (question.Head.ShowWhen is { } condition && questions.Any(other => other.Id == condition.Question))
                {
                    steps.Add(new Step(steps.Count, page.Title, questions));
                    questions = [];
                }
                questions.Add(question);
            }
            steps.Add(new Step(steps.Count, page.Title, questions));
        }
        return steps;
    }

    /// <summary>The questions of this step that are asked, as a page shows them.</summary>
    /// <param name="entered">The answers to show: those given, or those just entered.</param>
    /// <param name="errors">What is wrong; pointers are names of form fields.</param>
    public IReadOnlyList<QuestionView> View(string language, Answers entered, IReadOnlyList<FieldError> errors) =>
        [.. Questions.Where(question => entered.Questionnaire.IsShown(question, entered)).Select(question => question.View(new ViewContext(
            language, entered, entered[question.Id], errors.FirstOrDefault(error => error.Pointer == question.Id)?.Message.In(language))))];
}
