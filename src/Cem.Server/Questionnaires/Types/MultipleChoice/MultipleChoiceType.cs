using System.Text.Json;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Questionnaires.Types.MultipleChoice;

/// <summary>Any of several options. None chosen is not answered.</summary>
sealed class MultipleChoiceType : IQuestionType
{
    public string Name => "multipleChoice";

    public Say Label => ("Multiple choice", "多选");

    public IReadOnlyList<string> Settings => ["options"];

    public Question Read(QuestionHead head, Fields fields)
    {
        ChoiceOption.RefuseNotApplicable(head, fields);
        return new MultipleChoiceQuestion(head, ChoiceOption.ReadAll(fields));
    }
}

sealed class MultipleChoiceQuestion(QuestionHead head, IReadOnlyList<ChoiceOption> options) : Question(head)
{
    public IReadOnlyList<ChoiceOption> Options => options;

    public override Say? Settings => ChoiceOption.InWords(options);

    public override IReadOnlyList<Comparison> Comparisons { get; } = [Comparison.Includes];

    public override Operand? ReadOperand(JsonElement value) =>
        JsonText.Read(value) is { } code && options.Any(option => option.Code == code) ? new Operand(null, code) : null;

    public override Say OperandWords(Operand value) => options.FirstOrDefault(option => option.Code == value.Code)?.Text ?? base.OperandWords(value);

    public override Reading ReadJson(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? Read([.. value.EnumerateArray().Select(item => JsonText.Read(item) ?? "")])
        : Faults.WrongType;

    public override Reading ReadForm(StringValues values) => Read([.. values.Where(value => value?.Length > 0).Select(value => value!)]);

    public override IReadOnlyList<string> Texts(Answer answer) => answer.Codes;

    public override IReadOnlyList<Say> Said(Answer answer) => [.. answer.Codes.Select(code => OperandWords(new Operand(null, code)))];

    public override QuestionView View(ViewContext context) => new MultipleChoiceView(this, context);

    public override QuestionSummary Summarise(IEnumerable<Answer> answers)
    {
        var all = answers.ToList();
        return new QuestionSummary(all.Count, 0, [.. options.Select(option => new SummaryRow(option.Code, option.Text, all.Count(answer => answer.Codes.Contains(option.Code))))]);
    }

    /// <summary>A column an option, 1 for chosen; all empty where nothing was answered.</summary>
    public override IReadOnlyList<ExportColumn> Columns => [.. options.Select(option => new ExportColumn($"{Id}.{option.Code}", "flag",
        ($"{Head.Text.En}: {option.Text.En}", $"{Head.Text.Zh}：{option.Text.Zh}"), [new ExportValue("0", Words.No), new ExportValue("1", Words.Yes)]))];

    public override IReadOnlyList<string?> Cells(Answer? answer) =>
        [.. options.Select(option => answer is null ? null : answer.Codes.Contains(option.Code) ? "1" : "0")];

    public override void WriteSettings(Utf8JsonWriter json) => ChoiceOption.WriteAll(options, json);

    Reading Read(string[] codes)
    {
        if (codes.Length == 0)
            return Reading.Nothing;
        var chosen = options.Select(option => option.Code).Where(codes.Contains).ToArray();
        return chosen.Length == codes.Length ? Answer.Of(chosen)
            : codes.Length != codes.Distinct().Count() ? Reading.Refuse("taken", ("An option stands here twice.", "选项重复。"))
            : ChoiceOption.NoneOf(options);
    }
}

/// <summary>Options of which any may be chosen.</summary>
sealed class MultipleChoiceView(MultipleChoiceQuestion question, ViewContext context) : QuestionView(question, context)
{
    public override string Template => "Questionnaires/Types/MultipleChoice/MultipleChoice";

    public string Note => In(("Choose all that apply", "可多选"));

    public IReadOnlyList<ChoiceView> Choices =>
        [.. question.Options.Select((option, index) => new ChoiceView(index == 0 ? Anchor : $"{Anchor}-{index}", option.Code, In(option.Text), Given?.Codes.Contains(option.Code) == true))];
}
