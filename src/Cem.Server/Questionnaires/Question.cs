using System.Text.Json;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Questionnaires;

/// <summary>What every question has, whatever its type.</summary>
/// <param name="Required">Whether the survey cannot be completed without it (where it is shown).</param>
/// <param name="NotApplicable">Whether "not applicable" may be answered.</param>
/// <param name="ShowWhen">When it is shown; null for always.</param>
sealed record QuestionHead(IQuestionType Type, string Id, Say Text, Say? Hint, bool Required, bool NotApplicable, Condition? ShowWhen);

/// <summary>One question of a survey; immutable, and safe to share between requests.</summary>
abstract class Question(QuestionHead head)
{
    public QuestionHead Head => head;

    public string Id => head.Id;

    /// <summary>What the statistics call its scores (<c>nps</c>, <c>csat</c>, <c>ces</c>); null where it has none.</summary>
    public virtual string? Measure => null;

    /// <summary>What must stay the same for a trend to go on: type, scale and what counts as satisfied.</summary>
    public virtual string Coding => head.Type.Name;

    /// <summary>Questions it brings along, asked after it and coded as questions of their own.</summary>
    public virtual IReadOnlyList<Question> FollowUps => [];

    /// <summary>The comparisons that conditions of later questions may make with its answers.</summary>
    public virtual IReadOnlyList<Comparison> Comparisons => [];

    /// <summary>The wording, where it depends on earlier answers.</summary>
    public virtual Say TextFor(Answers answers) => head.Text;

    /// <summary>Reads the value of a condition; null when no answer could ever meet it.</summary>
    public virtual Operand? ReadOperand(JsonElement value) => null;

    /// <summary>The value of a condition in words.</summary>
    public virtual Say OperandWords(Operand value) => (value.ToString(), value.ToString());

    /// <summary>The type's own settings in words; null where there are none to speak of.</summary>
    public virtual Say? Settings => null;

    /// <summary>Reads an answer sent as JSON.</summary>
    public abstract Reading ReadJson(JsonElement value);

    /// <summary>Reads an answer sent as form fields of the question's id.</summary>
    public abstract Reading ReadForm(StringValues values);

    /// <summary>The score, or null: not applicable, or nothing to score.</summary>
    public virtual int? Score(Answer answer) => null;

    /// <summary>Comments and chosen options, for reading and searching.</summary>
    public virtual IReadOnlyList<string> Texts(Answer answer) => [];

    /// <summary>Whether answers are in the person's own words.</summary>
    public virtual bool IsFree => false;

    /// <summary>An answer as people say it: the names of what was chosen, the words themselves.</summary>
    public abstract IReadOnlyList<Say> Said(Answer answer);

    /// <summary>What the page shows of it.</summary>
    public abstract QuestionView View(ViewContext context);

    /// <summary>What a results page shows of its answers.</summary>
    public abstract QuestionSummary Summarise(IEnumerable<Answer> answers);

    /// <summary>The columns an export has for it, with their coding.</summary>
    public abstract IReadOnlyList<ExportColumn> Columns { get; }

    /// <summary>The cells of those columns; null for an empty cell.</summary>
    public abstract IReadOnlyList<string?> Cells(Answer? answer);

    /// <summary>Writes the type's own settings, leaving out what is default.</summary>
    public virtual void WriteSettings(Utf8JsonWriter json)
    {
    }

    /// <summary>The question in its one canonical form.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", head.Id);
        json.WriteString("type", head.Type.Name);
        json.WriteWords("text", head.Text);
        json.WriteWords("hint", head.Hint);
        json.WriteFlag("required", head.Required);
        json.WriteFlag("notApplicable", head.NotApplicable);
        WriteSettings(json);
        if (head.ShowWhen is { } condition)
        {
            json.WriteStartObject("showWhen");
            json.WriteString("question", condition.Question);
            if (condition.Value.Number is { } number)
                json.WriteNumber(condition.Comparison.Name, number);
            else
                json.WriteString(condition.Comparison.Name, condition.Value.Code);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}

/// <summary>A column of an export, for the codebook.</summary>
/// <param name="Name">Head of the column.</param>
/// <param name="Type"><c>integer</c>, <c>code</c>, <c>flag</c> (0 or 1) or <c>text</c>.</param>
/// <param name="Values">The values it may hold and what they mean; empty where it is free.</param>
sealed record ExportColumn(string Name, string Type, Say Label, IReadOnlyList<ExportValue> Values);

/// <summary>A value of a column and what it means.</summary>
sealed record ExportValue(string Value, Say Label);

/// <summary>The answers to one question, counted.</summary>
/// <param name="Answered">People who answered, "not applicable" left out.</param>
/// <param name="NotApplicable">People to whom it did not apply.</param>
/// <param name="Rows">Values in their order; empty for texts.</param>
sealed record QuestionSummary(int Answered, int NotApplicable, IReadOnlyList<SummaryRow> Rows);

/// <summary>How often one value was given; options of multiple choices add up to more than those who answered.</summary>
sealed record SummaryRow(string Value, Say Label, int Count);
