using System.Text.Json;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Questionnaires.Types;

/// <summary>What the types that ask for free words share. White space around is cut off; nothing left is not answered.</summary>
/// <param name="longest">How many characters are taken.</param>
/// <param name="given">The limit as the author set it; null for the type's own.</param>
abstract class TextQuestion(QuestionHead head, int longest, int? given) : Question(head)
{
    public int Longest => longest;

    public abstract string Template { get; }

    public override Say? Settings => ($"at most {longest} characters", $"最多 {longest} 字");

    /// <summary>Reads the author's limit and refuses what only ratings have.</summary>
    protected internal static int? ReadLimit(QuestionHead head, Fields fields, int most)
    {
        if (head.NotApplicable)
            fields.Fault("notApplicable", "not-for-type", ("Only ratings have \"not applicable\".", "仅评分题可设“不适用”。"));
        return fields.Number("maxLength", 1, most);
    }

    public override Reading ReadJson(JsonElement value) => value.ValueKind == JsonValueKind.String && JsonText.Read(value) is { } text ? Read(text) : Faults.WrongType;

    public override Reading ReadForm(StringValues values) => values.Count > 0 && values[0] is { } text ? Read(text) : Reading.Nothing;

    public override IReadOnlyList<string> Texts(Answer answer) => [answer.Text!];

    public override bool IsFree => true;

    public override IReadOnlyList<Say> Said(Answer answer) => [(answer.Text!, answer.Text!)];

    public override QuestionView View(ViewContext context) => new TextView(this, context);

    public override QuestionSummary Summarise(IEnumerable<Answer> answers) => new(answers.Count(), 0, []);

    public override IReadOnlyList<ExportColumn> Columns => [new ExportColumn(Id, "text", Head.Text, [])];

    public override IReadOnlyList<string?> Cells(Answer? answer) => [answer?.Text];

    public override void WriteSettings(Utf8JsonWriter json)
    {
        if (given is { } limit)
            json.WriteNumber("maxLength", limit);
    }

    Reading Read(string text)
    {
        // Browsers send line ends as two characters and count them as one.
        var clean = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Trim();
        return clean.Length == 0 ? Reading.Nothing
            : clean.Length <= longest ? Answer.Of(clean)
            : Reading.Refuse("too-long", ($"At most {longest} characters; there are {clean.Length}.", $"最多 {longest} 个字符，现有 {clean.Length} 个。"), Answer.Of(clean));
    }
}

/// <summary>A text field.</summary>
sealed class TextView(TextQuestion question, ViewContext context) : QuestionView(question, context)
{
    public override string Template => question.Template;

    public string Value => Given?.Text ?? "";

    public int MaxLength => question.Longest;
}
