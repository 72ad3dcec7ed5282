using System.Text.Json;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires.Types;

/// <summary>One option of a choice.</summary>
/// <param name="Code">What is stored; stays when the wording changes.</param>
sealed record ChoiceOption(string Code, Say Text)
{
    const int Most = 50;
    const int LongestText = 200;

    /// <summary>Reads the options of a choice: at least two, each code once.</summary>
    public static IReadOnlyList<ChoiceOption> ReadAll(Fields question)
    {
        var options = new List<ChoiceOption>();
        foreach (var fields in question.List("options", 2, Most))
        {
            var option = new ChoiceOption(fields.Code("code"), fields.Words("text", LongestText, required: true) ?? default);
            fields.Close();
            if (option.Code == Answer.Wire.NotApplicable)
                fields.Fault("code", "reserved", ("This code is taken by \"not applicable\".", "该代码保留给“不适用”。"));
            if (option.Code.Length > 0 && options.Any(other => other.Code == option.Code))
                fields.Fault("code", "taken", ($"There are two options '{option.Code}'.", $"选项代码“{option.Code}”重复。"));
            options.Add(option);
        }
        return options;
    }

    public static void WriteAll(IReadOnlyList<ChoiceOption> options, Utf8JsonWriter json)
    {
        json.WriteStartArray("options");
        foreach (var option in options)
        {
            json.WriteStartObject();
            json.WriteString("code", option.Code);
            json.WriteWords("text", option.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static Say InWords(IReadOnlyList<ChoiceOption> options) =>
        (string.Join(" / ", options.Select(option => option.Text.En)), string.Join(" / ", options.Select(option => option.Text.Zh)));

    /// <summary>The fault of an answer that is none of the options.</summary>
    public static Reading NoneOf(IReadOnlyList<ChoiceOption> options)
    {
        var codes = options.Select(option => option.Code).ToList();
        return Reading.Refuse("choice", ($"One of these is needed: {string.Join(", ", codes)}.", $"只能是以下之一：{string.Join("、", codes)}。"));
    }

    /// <summary>Refuses "not applicable", which on a choice is an option like any other.</summary>
    public static void RefuseNotApplicable(QuestionHead head, Fields fields)
    {
        if (head.NotApplicable)
            fields.Fault("notApplicable", "not-for-type", ("Only ratings have \"not applicable\"; here, add an option.", "仅评分题可设“不适用”；此处请增加一个选项。"));
    }
}
