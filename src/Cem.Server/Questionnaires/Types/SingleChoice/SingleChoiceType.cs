using System.Text.Json;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Questionnaires.Types.SingleChoice;

/// <summary>One of several options.</summary>
sealed class SingleChoiceType : IQuestionType
{
    public string Name => "singleChoice";

    public Say Label => ("Single choice", "单选");

    public IReadOnlyList<string> Settings => ["options"];

    public Question Read(QuestionHead head, Fields fields)
    {
        ChoiceOption.RefuseNotApplicable(head, fields);
        return new SingleChoiceQuestion(head, ChoiceOption.ReadAll(fields));
    }
}

sealed class SingleChoiceQuestion(QuestionHead head, IReadOnlyList<ChoiceOption> options) : Question(head)
{
    // One answer object an option, whoever chooses it.
    readonly Dictionary<string, Answer> answers = options.DistinctBy(option => option.Code).ToDictionary(option => option.Code, option => Answer.Of(option.Code), StringComparer.Ordinal);

    public IReadOnlyList<ChoiceOption> Options => options;

    public override Say? Settings => ChoiceOption.InWords(options);

    public override IReadOnlyList<Comparison> Comparisons { get; } = [Comparison.Is, Comparison.IsNot];

    public override Operand? ReadOperand(JsonElement value) => JsonText.Read(value) is { } code && answers.ContainsKey(code) ? new Operand(null, code) : null;

    public override Say OperandWords(Operand value) => options.FirstOrDefault(option => option.Code == value.Code)?.Text ?? base.OperandWords(value);

    public override Reading ReadJson(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Read(JsonText.Read(value) ?? "") : Faults.WrongType;

    public override Reading ReadForm(StringValues values) => values.Count > 0 && values[0] is { Length: > 0 } code ? Read(code) : Reading.Nothing;

    public override IReadOnlyList<string> Texts(Answer answer) => [answer.Text!];

    public override IReadOnlyList<Say> Said(Answer answer) => [OperandWords(new Operand(null, answer.Text))];

    public override QuestionView View(ViewContext context) => new SingleChoiceView(this, context);

    public override QuestionSummary Summarise(IEnumerable<Answer> answers)
    {
        var counts = answers.CountBy(answer => answer.Text!).ToDictionary(StringComparer.Ordinal);
        return new QuestionSummary(counts.Values.Sum(), 0, [.. options.Select(option => new SummaryRow(option.Code, option.Text, counts.GetValueOrDefault(option.Code)))]);
    }

    public override IReadOnlyList<ExportColumn> Columns =>
        [new ExportColumn(Id, "code", Head.Text, [.. options.Select(option => new ExportValue(option.Code, option.Text))])];

    public override IReadOnlyList<string?> Cells(Answer? answer) => [answer?.Text];

    public override void WriteSettings(Utf8JsonWriter json) => ChoiceOption.WriteAll(options, json);

    Reading Read(string code) => answers.TryGetValue(code, out var answer) ? answer : ChoiceOption.NoneOf(options);
}

/// <summary>Options of which one is chosen.</summary>
sealed class SingleChoiceView(SingleChoiceQuestion question, ViewContext context) : QuestionView(question, context)
{
    public override string Template => "Questionnaires/Types/SingleChoice/SingleChoice";

    public IReadOnlyList<ChoiceView> Choices =>
        [.. question.Options.Select((option, index) => new ChoiceView(index == 0 ? Anchor : $"{Anchor}-{index}", option.Code, In(option.Text), Given?.Text == option.Code))];
}
