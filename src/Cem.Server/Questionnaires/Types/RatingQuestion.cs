using System.Globalization;
using System.Text.Json;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Questionnaires.Types;

/// <summary>What the types that ask for a whole number on a scale share.</summary>
/// <param name="least">The lowest rating.</param>
/// <param name="most">The highest rating.</param>
abstract class RatingQuestion(QuestionHead head, int least, int most) : Question(head)
{
    readonly Reading outside = Reading.Refuse("range", head.NotApplicable
        ? ($"A whole number from {least} to {most} is needed, or \"notApplicable\".", $"须为 {least} 到 {most} 之间的整数，或 \"notApplicable\"。")
        : ($"A whole number from {least} to {most} is needed.", $"须为 {least} 到 {most} 之间的整数。"));

    public int Least => least;

    public int Most => most;

    /// <summary>What a rating means; null where only the ends have names.</summary>
    public abstract Say? Name(int rating);

    /// <summary>The name of the template of the type.</summary>
    public abstract string Template { get; }

    public override IReadOnlyList<Comparison> Comparisons { get; } = [Comparison.AtMost, Comparison.AtLeast, Comparison.Is, Comparison.IsNot];

    public override Operand? ReadOperand(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? new Operand(number, null) : null;

    public override Reading ReadJson(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt32(out var number) || Whole(value, out number) ? Read(number) : outside;
        return value.ValueKind == JsonValueKind.String && value.ValueEquals(Answer.Wire.NotApplicable) ? NotApplicable()
            : value.ValueKind == JsonValueKind.String ? outside : Faults.WrongType;
    }

    public override Reading ReadForm(StringValues values)
    {
        var text = values.Count > 0 ? values[0] : null;
        return string.IsNullOrEmpty(text) ? Reading.Nothing
            : text == Answer.Wire.NotApplicable ? NotApplicable()
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Read(number) : outside;
    }

    public override int? Score(Answer answer) => answer.Number;

    public override IReadOnlyList<Say> Said(Answer answer) => [answer.Number is not { } number ? Words.NotApplicable
        : Name(number) is { } name ? ($"{Text(number)} ({name.En})", $"{Text(number)}（{name.Zh}）") : (Text(number), Text(number))];

    public override QuestionView View(ViewContext context) => new RatingView(this, context);

    public override QuestionSummary Summarise(IEnumerable<Answer> answers)
    {
        var (counts, apart) = (new int[most + 1], 0);
        foreach (var answer in answers)
            if (answer.Number is { } number)
                counts[number]++;
            else
                apart++;
        return new QuestionSummary(counts.Sum(), apart, [.. Ratings.Select(rating => new SummaryRow(Text(rating), Label(rating), counts[rating]))]);
    }

    public override IReadOnlyList<ExportColumn> Columns =>
        [new ExportColumn(Id, "integer", Head.Text, [.. Ratings.Select(rating => new ExportValue(Text(rating), Label(rating))),
            .. Head.NotApplicable ? [new ExportValue(Answer.Wire.NotApplicable, Words.NotApplicable)] : Array.Empty<ExportValue>()])];

    public override IReadOnlyList<string?> Cells(Answer? answer) =>
        [answer is null ? null : answer.Number is { } number ? Text(number) : Answer.Wire.NotApplicable];

    public IEnumerable<int> Ratings => Enumerable.Range(least, most - least + 1);

    // Where zero is no rating, old tools send it for "not applicable".
    Reading Read(int number) =>
        number >= least && number <= most ? Answer.Of(number) : number == 0 && Head.NotApplicable ? Answer.NotApplicable : outside;

    Reading NotApplicable() => Head.NotApplicable ? Answer.NotApplicable : outside;

    Say Label(int rating) => Name(rating) ?? (Text(rating), Text(rating));

    // JSON knows one kind of number: 9.0 is 9.
    static bool Whole(JsonElement value, out int number)
    {
        var whole = value.TryGetDecimal(out var exact) && exact == decimal.Truncate(exact) && Math.Abs(exact) < 1000;
        number = whole ? (int)exact : 0;
        return whole;
    }

    static string Text(int rating) => rating.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A scale as its fragment draws it.</summary>
sealed class RatingView(RatingQuestion question, ViewContext context) : QuestionView(question, context)
{
    public override string Template => question.Template;

    /// <summary>The ratings, lowest first; the first carries the anchor.</summary>
    public IReadOnlyList<ChoiceView> Points => [.. question.Ratings.Select(Point)];

    /// <summary>The ratings, highest first, each with its name.</summary>
    public IReadOnlyList<ChoiceView> NamedPoints =>
        [.. question.Ratings.Reverse().Select((rating, index) => new ChoiceView(IdOf(index), Number(rating), question.Name(rating) is { } name ? In(name) : Number(rating), Given?.Number == rating))];

    public int PointCount => question.Most - question.Least + 1;

    public string LowEnd => question.Name(question.Least) is { } name ? In(name) : "";

    public string HighEnd => question.Name(question.Most) is { } name ? In(name) : "";

    /// <summary>The way out, where the question has one.</summary>
    public ChoiceView? NotApplicable => question.Head.NotApplicable
        ? new ChoiceView($"{Anchor}-na", Answer.Wire.NotApplicable, In(Words.NotApplicable), Given == Answer.NotApplicable)
        : null;

    ChoiceView Point(int rating, int index) => new(IdOf(index), Number(rating), Number(rating), Given?.Number == rating,
        question.Name(rating) is { } name ? $"{Number(rating)}, {In(name)}" : null);

    string IdOf(int index) => index == 0 ? Anchor : $"{Anchor}-{index}";

    static string Number(int rating) => rating.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Words that several types say.</summary>
static class Words
{
    public static readonly Say NotApplicable = ("Does not apply to me", "不适用");
    public static readonly Say Yes = ("Yes", "是");
    public static readonly Say No = ("No", "否");
}
