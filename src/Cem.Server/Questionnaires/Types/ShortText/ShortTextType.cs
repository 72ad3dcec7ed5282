using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires.Types.ShortText;

/// <summary>A few words on one line.</summary>
sealed class ShortTextType : IQuestionType
{
    const int DefaultLength = 200;

    public string Name => "shortText";

    public Say Label => ("Short text", "短文本");

    public IReadOnlyList<string> Settings => ["maxLength"];

    public Question Read(QuestionHead head, Fields fields)
    {
        var limit = TextQuestion.ReadLimit(head, fields, 500);
        return new ShortTextQuestion(head, limit ?? DefaultLength, limit);
    }
}

sealed class ShortTextQuestion(QuestionHead head, int longest, int? given) : TextQuestion(head, longest, given)
{
    public override string Template => "Questionnaires/Types/ShortText/ShortText";
}
