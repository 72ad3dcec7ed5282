using System.Text;
using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>What a survey is about.</summary>
enum SurveyKind
{
    /// <summary>One interaction, soon after it.</summary>
    Touchpoint,

    /// <summary>The whole relation, in waves.</summary>
    Relationship,
}

/// <summary>A survey as its author wrote it, checked.</summary>
/// <param name="Minutes">How long it takes, as told to the person asked; null for not told.</param>
sealed record SurveyDefinition(SurveyKind Kind, Say Title, Say? Intro, Say? Thanks, int? Minutes, IReadOnlyList<SurveyPage> Pages)
{
    /// <summary>The questions in order, each followed by those it brings along.</summary>
    public IEnumerable<Question> Questions => Pages.SelectMany(page => page.AllQuestions);

    /// <summary>Reads and checks a definition.</summary>
    /// <param name="pointer">Where it stands in the body; empty for the body itself.</param>
    /// <returns>The definition, or null and everything that is wrong with it.</returns>
    public static (SurveyDefinition? Definition, IReadOnlyList<FieldError> Errors) Read(JsonElement json, string pointer = "")
    {
        var reader = new DefinitionReader();
        var definition = reader.Read(json, pointer);
        return reader.Errors.Count == 0 ? (definition, []) : (null, reader.Errors);
    }

    /// <summary>Reads a definition that was checked when it was stored.</summary>
    public static SurveyDefinition Stored(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (definition, errors) = Read(document.RootElement);
        return definition ?? throw new InvalidDataException($"A stored survey is broken at {errors[0].Pointer}: {errors[0].Message.En}");
    }

    /// <summary>The definition in its one canonical form: equal definitions give equal text.</summary>
    public string Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Stored.Encoder }))
        {
            json.WriteStartObject();
            json.WriteWords("title", Title);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(Kind.ToString()));
            json.WriteWords("intro", Intro);
            json.WriteWords("thanks", Thanks);
            if (Minutes is { } minutes)
                json.WriteNumber("minutes", minutes);
            json.WriteStartArray("pages");
            foreach (var page in Pages)
                page.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

/// <summary>Questions that stand together.</summary>
sealed record SurveyPage(Say? Title, IReadOnlyList<Question> Questions)
{
    /// <summary>The questions in order, each followed by those it brings along.</summary>
    public IEnumerable<Question> AllQuestions => Questions.SelectMany(question => question.FollowUps.Prepend(question));

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteWords("title", Title);
        json.WriteStartArray("questions");
        foreach (var question in Questions)
            question.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>How definitions write what they share.</summary>
static class DefinitionJson
{
    extension(Utf8JsonWriter json)
    {
        /// <summary>Words in both languages; nothing for none.</summary>
        public void WriteWords(string name, Say? words)
        {
            if (words is not { } both)
                return;
            json.WriteStartObject(name);
            json.WriteString(Languages.English, both.En);
            json.WriteString(Languages.Chinese, both.Zh);
            json.WriteEndObject();
        }

        /// <summary>A flag that is set; nothing for one that is not.</summary>
        public void WriteFlag(string name, bool flag)
        {
            if (flag)
                json.WriteBoolean(name, true);
        }
    }
}
