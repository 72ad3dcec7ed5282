using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Surveys.ReadSurvey;

/// <summary>The page: the definition as an outline in words, what publishing would change, and the versions.</summary>
/// <param name="Verdict">What publishing does to trends: <c>first</c>, <c>breaks</c>, <c>changes</c> or <c>words</c>.</param>
/// <param name="Tag">The tag of the draft shown, so that nobody publishes what they have not seen.</param>
sealed record View(
    string Code, string Title, string Kind, string State, string Tone, bool MayEdit, bool CanPublish, string Verdict, string Tag, string? Intro, string? Thanks,
    IReadOnlyList<NavigationEntry> Breadcrumb, IReadOnlyList<ViewChange> Changes, IReadOnlyList<ViewPage> Pages, IReadOnlyList<FrozenVersion> Versions)
{
    public static View Of(Response survey, Caller caller, Texts texts)
    {
        var language = caller.Language;
        var words = texts.For(language, "Surveys/ReadSurvey");
        var definition = SurveyDefinition.Stored(survey.Definition.GetRawText());
        var changes = DefinitionChanges.Between(survey.Published is null ? null : SurveyDefinition.Stored(survey.Published), definition);
        var (state, tone) = survey switch { { PublishedVersion: null } => ("draft", ""), { Changed: true } => ("changed", "active"), _ => ("published", "done") };
        var mayEdit = caller.Is(Roles.Programme);
        var address = $"/surveys/{survey.Code}";
        return new View(
            survey.Code, survey.Title.In(language), survey.Kind, state, tone, mayEdit, mayEdit && survey.Changed,
            survey.Published is null ? "first" : changes.Any(change => change.BreaksTrend) ? "breaks" : changes.Count > 0 ? "changes" : "words",
            ETags.Of(survey.Revision), definition.Intro?.In(language), definition.Thanks?.In(language),
            [new NavigationEntry(words["section"], "/surveys"), new NavigationEntry(survey.Title.In(language), address, Current: true)],
            [.. changes.Select(change => new ViewChange(change.Message.In(language), change.BreaksTrend))],
            Outline.Pages(definition, language, words, mayEdit ? address : null),
            survey.Versions);
    }
}

/// <summary>The page of a frozen version.</summary>
sealed record VersionView(string Code, string Title, int Version, DateTimeOffset PublishedAt, string PublishedBy, string? Intro, string? Thanks, IReadOnlyList<NavigationEntry> Breadcrumb, IReadOnlyList<ViewPage> Pages)
{
    public static VersionView Of(VersionResponse survey, Caller caller, Texts texts)
    {
        var language = caller.Language;
        var words = texts.For(language, "Surveys/ReadSurvey");
        var definition = SurveyDefinition.Stored(survey.Definition.GetRawText());
        var title = survey.Title.In(language);
        return new VersionView(
            survey.Code, title, survey.Version, survey.PublishedAt, survey.PublishedBy, definition.Intro?.In(language), definition.Thanks?.In(language),
            [new NavigationEntry(words["section"], "/surveys"), new NavigationEntry(title, $"/surveys/{survey.Code}"), new NavigationEntry(words.Get("version.number", ("version", survey.Version)), "", Current: true)],
            Outline.Pages(definition, language, words, null));
    }
}

/// <summary>A definition in words, question by question.</summary>
static class Outline
{
    /// <param name="editAt">The survey's address, where it may be edited; null where not.</param>
    public static IReadOnlyList<ViewPage> Pages(SurveyDefinition definition, string language, ScopedTexts words, string? editAt)
    {
        return [.. definition.Pages.Select((page, index) => new ViewPage(index + 1, page.Title?.In(language), editAt is null ? null : $"{editAt}/questions/new?page={index}",
            [.. page.Questions.SelectMany(question => question.FollowUps.Select(each => InWords(each, follows: true)).Prepend(InWords(question, follows: false)))]))];

        ViewQuestion InWords(Question question, bool follows) => new(
            question.Id, question.Head.Text.In(language), question.Head.Type.Label.In(language), question.Settings?.In(language),
            question.Head.Required, question.Head.NotApplicable, follows,
            question.Head.ShowWhen is { } condition ? words.Get("showWhen", ("condition", When(condition))) : null,
            editAt is null || follows ? null : $"{editAt}/questions/{question.Id}");

        string When(Condition condition) => string.Format(
            null, condition.Comparison.Words.In(language), condition.Question, definition.Questions.First(question => question.Id == condition.Question).OperandWords(condition.Value).In(language));
    }
}

sealed record ViewChange(string Message, bool BreaksTrend);

sealed record ViewPage(int Number, string? Title, string? AddHref, IReadOnlyList<ViewQuestion> Questions);

/// <param name="Follows">Whether another question brings it along.</param>
sealed record ViewQuestion(string Id, string Text, string Type, string? Settings, bool Required, bool NotApplicable, bool Follows, string? Condition, string? EditHref);
