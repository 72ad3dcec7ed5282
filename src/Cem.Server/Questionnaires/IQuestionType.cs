using System.Collections.Frozen;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>
/// A type of question. One folder each below <c>Types</c>; found by scan, so that adding a type touches nothing else.
/// Everything that depends on the type is a member of this or of the <see cref="Question"/> it makes.
/// </summary>
interface IQuestionType
{
    /// <summary>The name in definitions: <c>nps</c>.</summary>
    string Name { get; }

    /// <summary>The name for people.</summary>
    Say Label { get; }

    /// <summary>The fields of a definition that this type has beyond those of every question.</summary>
    IReadOnlyList<string> Settings { get; }

    /// <summary>Reads the type's own settings; faults go to <paramref name="fields"/>, and a question is returned all the same.</summary>
    Question Read(QuestionHead head, Fields fields);
}

/// <summary>All question types of this assembly.</summary>
static class QuestionTypes
{
    static readonly FrozenDictionary<string, IQuestionType> ByName = typeof(QuestionTypes).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IQuestionType)))
        .Select(type => (IQuestionType)Activator.CreateInstance(type)!)
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Every type's name, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The type of that name, or null.</summary>
    public static IQuestionType? Find(string name) => ByName.GetValueOrDefault(name);
}
