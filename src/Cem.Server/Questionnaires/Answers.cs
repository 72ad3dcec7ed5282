namespace Cem.Server.Questionnaires;

/// <summary>The answers of one person to one version of a survey, whole or in part. Not safe to share while being filled.</summary>
sealed class Answers(Questionnaire questionnaire)
{
    readonly Answer?[] values = new Answer?[questionnaire.Questions.Count];

    public Questionnaire Questionnaire => questionnaire;

    /// <summary>The answer to a question of that id; null for none.</summary>
    public Answer? this[string id] => questionnaire.IndexOf(id) is >= 0 and var index ? values[index] : null;

    internal Answer? this[int index]
    {
        get => values[index];
        set => values[index] = value;
    }

    public bool IsEmpty => values.All(value => value is null);

    internal Answers Copy()
    {
        var copy = new Answers(questionnaire);
        values.CopyTo(copy.values, 0);
        return copy;
    }
}
