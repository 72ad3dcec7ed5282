using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires.Types.Ces;

/// <summary>Ease, 1 to 7: how far somebody agrees that we made it easy (CES 2.0, Dixon et al. 2013). High is good.</summary>
sealed class CesType : IQuestionType
{
    public string Name => "ces";

    public Say Label => ("Ease (CES, 1–7)", "费力度（CES，1–7）");

    public IReadOnlyList<string> Settings => ["notApplicable"];

    public Question Read(QuestionHead head, Fields fields) => new CesQuestion(head);
}

sealed class CesQuestion(QuestionHead head) : RatingQuestion(head, 1, 7)
{
    public override string Template => "Questionnaires/Types/Ces/Ces";

    public override string Measure => "ces";

    public override Say? Name(int rating) => rating switch
    {
        1 => ("Strongly disagree", "非常不同意"),
        7 => ("Strongly agree", "非常同意"),
        _ => null,
    };
}
