using System.Text.Json;

namespace Cem.Server.Questionnaires;

/// <summary>
/// One answer, as its question's type understands it: a number, the code of an option, codes of several options, a text,
/// or "not applicable". Not answered is no answer at all.
/// </summary>
sealed class Answer
{
    static readonly Answer[] Small = [.. Enumerable.Range(0, 11).Select(number => new Answer { Number = number })];

    /// <summary>The person says that the question does not apply to them.</summary>
    public static readonly Answer NotApplicable = new();

    /// <summary>A rating.</summary>
    public int? Number { get; private init; }

    /// <summary>A text, or the code of the one option chosen.</summary>
    public string? Text { get; private init; }

    /// <summary>The codes of the options chosen, in the order of the options.</summary>
    public IReadOnlyList<string> Codes { get; private init; } = [];

    public static Answer Of(int number) => number >= 0 && number < Small.Length ? Small[number] : new Answer { Number = number };

    public static Answer Of(string text) => new() { Text = text };

    public static Answer Of(IReadOnlyList<string> codes) => new() { Codes = codes };

    /// <summary>The answer as it travels and is stored; every type reads it back.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Number is { } number)
            json.WriteNumberValue(number);
        else if (Text is not null)
            json.WriteStringValue(Text);
        else if (Codes.Count > 0)
        {
            json.WriteStartArray();
            foreach (var code in Codes)
                json.WriteStringValue(code);
            json.WriteEndArray();
        }
        else
            json.WriteStringValue(Wire.NotApplicable);
    }

    /// <summary>Values with a meaning of their own.</summary>
    internal static class Wire
    {
        /// <summary>"Not applicable" in JSON and in forms.</summary>
        public const string NotApplicable = "notApplicable";
    }
}
