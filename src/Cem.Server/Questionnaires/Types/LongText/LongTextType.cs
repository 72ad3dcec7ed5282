using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires.Types.LongText;

/// <summary>A comment of several lines.</summary>
sealed class LongTextType : IQuestionType
{
    public const int DefaultLength = 2000;

    public string Name => "longText";

    public Say Label => ("Comment", "长文本");

    public IReadOnlyList<string> Settings => ["maxLength"];

    public Question Read(QuestionHead head, Fields fields)
    {
        var limit = TextQuestion.ReadLimit(head, fields, 10_000);
        return new LongTextQuestion(head, limit ?? DefaultLength, limit);
    }
}

class LongTextQuestion(QuestionHead head, int longest, int? given = null) : TextQuestion(head, longest, given)
{
    public override string Template => "Questionnaires/Types/LongText/LongText";
}
