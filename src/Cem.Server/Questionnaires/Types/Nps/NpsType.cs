using System.Text.Json;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires.Types.LongText;
using Cem.Server.Questionnaires.Types.SingleChoice;

namespace Cem.Server.Questionnaires.Types.Nps;

/// <summary>
/// How likely somebody is to recommend us, 0 to 10 (Reichheld 2003: 0-6 detractors, 7-8 passives, 9-10 promoters), with
/// the questions that follow by band.
/// </summary>
sealed class NpsType : IQuestionType
{
    public string Name => "nps";

    public Say Label => ("Recommendation (NPS, 0–10)", "推荐度（NPS，0–10）");

    public IReadOnlyList<string> Settings => ["notApplicable", "followUps"];

    public Question Read(QuestionHead head, Fields fields) => new NpsQuestion(head, fields.Flag("followUps"));
}

sealed class NpsQuestion : RatingQuestion
{
    const int MostOfDetractors = 6;

    readonly bool followUps;

    public NpsQuestion(QuestionHead head, bool followUps) : base(head, 0, 10)
    {
        this.followUps = followUps;
        FollowUps = followUps ? Follow() : [];
    }

    public override string Template => "Questionnaires/Types/Nps/Nps";

    public override string Measure => "nps";

    public override IReadOnlyList<Question> FollowUps { get; }

    public override Say? Name(int rating) => rating switch
    {
        0 => ("Not at all likely", "完全不可能"),
        10 => ("Extremely likely", "非常可能"),
        _ => null,
    };

    public override void WriteSettings(Utf8JsonWriter json) => json.WriteFlag("followUps", followUps);

    IReadOnlyList<Question> Follow()
    {
        var asked = new Condition(Id, Comparison.AtLeast, new Operand(0, null));
        var unhappy = new Condition(Id, Comparison.AtMost, new Operand(MostOfDetractors, null));
        return
        [
            new NpsReasonQuestion(Head(QuestionTypes.Find("longText")!, "reason", ("Why did you give this score?", "您给出这个分数的原因是什么？"), asked), Id),
            YesOrNo("warn", ("Would you warn others off?", "您会劝别人不要选择我们吗？"), unhappy),
            YesOrNo("contact", ("May we contact you about this?", "我们可以就此与您联系吗？"), unhappy),
        ];

        SingleChoiceQuestion YesOrNo(string suffix, Say text, Condition when) =>
            new(Head(QuestionTypes.Find("singleChoice")!, suffix, text, when), [new ChoiceOption("yes", Words.Yes), new ChoiceOption("no", Words.No)]);

        QuestionHead Head(IQuestionType type, string suffix, Say text, Condition when) => new(type, $"{Id}_{suffix}", text, null, false, false, when);
    }
}

/// <summary>One open question, worded by band, so that all reasons stand in one column.</summary>
sealed class NpsReasonQuestion(QuestionHead head, string nps) : LongTextQuestion(head, LongTextType.DefaultLength)
{
    public override Say TextFor(Answers answers) => answers[nps]?.Number switch
    {
        null => Head.Text,
        >= 9 => ("What do you like most?", "您最满意的是什么？"),
        >= 7 => ("What keeps you from recommending us?", "是什么让您没有更愿意推荐我们？"),
        _ => ("What went wrong?", "哪里让您不满意？"),
    };
}
