using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Features.Responses.AnswerSurvey;

/// <summary>One person's way through the steps of a survey; decides what is shown, and writes nothing.</summary>
sealed class Walk
{
    /// <summary>How soon a person has read an answer: two working days.</summary>
    static readonly TimeSpan ReadWithin = TimeSpan.FromHours(18);

    readonly SurveyLink? link;
    readonly Questionnaire? questionnaire;
    readonly CompanyTime time;
    readonly FormTokens tokens;
    readonly bool languageChosen;

    public Walk(SurveyLink? link, Questionnaire? questionnaire, string? language, CompanyTime time, FormTokens tokens)
    {
        (this.link, this.questionnaire, this.time, this.tokens) = (link, questionnaire, time, tokens);
        languageChosen = Languages.Knows(language);
        Language = languageChosen ? language! : link?.ResponseLanguage ?? link?.Language ?? Languages.Default;
        Kept = questionnaire is null || link?.Answers is null ? null : questionnaire.Kept(link.Answers);
    }

    public string Language { get; }

    public Questionnaire Questionnaire => questionnaire!;

    Answers? Kept { get; }

    Answers Given => Kept ?? new Answers(Questionnaire);

    string? Touchpoint => Language == Languages.Chinese ? link!.TouchpointZh : link!.TouchpointEn;

    DateOnly? OpenUntil => link!.ExpiresAt is { } expires ? time.DayOf(expires) : null;

    int Furthest => Math.Clamp(link!.Page ?? 0, 0, Questionnaire.Steps.Count - 1);

    /// <summary>What forms of a link are bound to.</summary>
    public static string Purpose(string secret) => "survey:" + Secret.Hash(secret);

    /// <summary>The page of a link that takes no answers (any more); null where it does.</summary>
    /// <param name="sent">Whether an answer was sent to it, which is not taken then.</param>
    public Outcome? Closed(string secret, bool sent = false)
    {
        if (link is null || questionnaire is null)
            return MailLinks.IsForgotten(secret)
                ? new Outcome.Closed(new ClosedView("forgotten"), Language, StatusCodes.Status410Gone)
                : new Outcome.Closed(new ClosedView("unknown"), Language, StatusCodes.Status404NotFound);
        if (link.IsAnswered)
            return new Outcome.Thanks(
                new ThanksView(sent, questionnaire.Definition.Thanks?.In(Language), time.DayOf(time.AddWorkingTime(link.CompletedAt ?? time.Now, ReadWithin)), OptOut(secret), Others()),
                Language, sent ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
        return link.IsExpired(time.Now) ? new Outcome.Closed(new ClosedView("expired"), Language, StatusCodes.Status410Gone) : null;
    }

    /// <summary>Goes on at a step; null for the end.</summary>
    public Outcome GoTo(int? step) => new Outcome.GoTo(step, languageChosen ? Language : null);

    /// <summary>Shows a step as far as it was reached; null for where the person left off.</summary>
    public Outcome Show(string secret, int? asked)
    {
        if (Kept is null)
            return new Outcome.First(new Look(link!.SurveyId, link.SurveyVersion!.Value, languageChosen, Touchpoint, OpenUntil), mark => Draw(mark, null), Language, tokens.For(Purpose(secret)));
        return new Outcome.Step(Draw(secret, asked), Language, StatusCodes.Status200OK);
    }

    StepView Draw(string secret, int? asked)
    {
        var step = Math.Clamp(asked ?? Furthest, 0, Furthest);
        if (!Questionnaire.Steps[step].Questions.Any(question => Questionnaire.IsShown(question, Given)))
            step = Questionnaire.NextStep(step, Given, backwards: true) ?? 0;
        return View(secret, step, step, Questionnaire.Steps[step].View(Language, Given, []), [], Given);
    }

    /// <summary>Reads what the page sent: its step, and those its script showed with it.</summary>
    public Sent Read(int step, int to, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        step = Math.Min(step, Questionnaire.Steps.Count - 1);
        to = Math.Clamp(to, step, LastOfPage(step));
        var given = Given;
        var (errors, views) = (new List<FieldError>(), new List<QuestionView>());
        for (var each = step; each <= to; each++)
        {
            var reading = Questionnaire.ReadForm(Questionnaire.Steps[each], form, given);
            given = reading.Given;
            errors.AddRange(reading.Errors);
            views.AddRange(Questionnaire.Steps[each].View(Language, reading.Entered, reading.Errors));
        }
        return new Sent(step, to, Questionnaire.Shown(given), errors, views);
    }

    public Outcome Refuse(string secret, Sent sent) => new Outcome.Step(
        View(secret, sent.Step, sent.Last, sent.Views, [.. sent.Errors.Select(Error)], sent.Given), Language, StatusCodes.Status422UnprocessableEntity);

    /// <summary>The step to go back to before the answer is whole; null when nothing is missing.</summary>
    public Outcome? StillMissing(string secret, Sent sent)
    {
        if (Questionnaire.Missing(sent.Given).FirstOrDefault() is { } missing)
        {
            var step = Questionnaire.Steps.First(step => step.Questions.Contains(missing));
            var error = new FieldError(missing.Id, "required", Faults.Required);
            return new Outcome.Step(
                View(secret, step.Number, step.Number, step.View(Language, sent.Given, [error]), [Error(error)], sent.Given), Language, StatusCodes.Status422UnprocessableEntity);
        }
        if (!sent.Given.IsEmpty)
            return null;
        Say empty = ("Please answer at least one question.", "请至少回答一道题。");
        return new Outcome.Step(
            View(secret, sent.Step, sent.Last, sent.Views, [new ErrorView(sent.Views.Count > 0 ? "#" + sent.Views[0].Anchor : "#content", empty.In(Language))], sent.Given),
            Language, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The questions of the page that follow from what was sent, for the script to show at once.</summary>
    public Outcome Fragment(Sent sent)
    {
        var last = LastOfPage(sent.Step);
        return new Outcome.Fragment(new FragmentView(last, [.. Questionnaire.Steps.Skip(sent.Step + 1).Take(last - sent.Step)
            .SelectMany(step => step.View(Language, sent.Given, []))]), Language);
    }

    StepView View(string secret, int step, int to, IReadOnlyList<QuestionView> questions, IReadOnlyList<ErrorView> errors, Answers answers)
    {
        var definition = Questionnaire.Definition;
        return new StepView(definition.Title.In(Language), step == 0 ? definition.Intro?.In(Language) : null, Questionnaire.Steps[step].Title?.In(Language), step, to)
        {
            First = step == 0,
            Last = Questionnaire.NextStep(LastOfPage(step), answers) is null && Questionnaire.NextStep(step, answers) is null && !MayGrow(step),
            Count = Questionnaire.Steps.Count,
            // What was reached stays reached: the bar never runs backwards.
            Reached = Math.Max(step, Furthest),
            Minutes = definition.Minutes,
            Touchpoint = Touchpoint,
            OpenUntil = OpenUntil,
            Questions = questions,
            Errors = errors,
            FormToken = tokens.For(Purpose(secret)),
            Language = languageChosen ? Language : null,
            OptOut = OptOut(secret),
            Others = Others(step),
        };
    }

    /// <summary>Whether an answer on this step may bring up another one.</summary>
    bool MayGrow(int step) => Questionnaire.Steps.Skip(step + 1).SelectMany(later => later.Questions)
        .Any(question => question.Head.ShowWhen is { } condition && Questionnaire.Steps[step].Questions.Any(here => here.Id == condition.Question));

    int LastOfPage(int step)
    {
        var page = Questionnaire.Definition.Pages.First(page => page.AllQuestions.Contains(Questionnaire.Steps[step].Questions[0]));
        while (step + 1 < Questionnaire.Steps.Count && page.AllQuestions.Contains(Questionnaire.Steps[step + 1].Questions[0]))
            step++;
        return step;
    }

    ErrorView Error(FieldError error) => new($"#q-{error.Pointer}",
        $"{Questionnaire.Find(error.Pointer)?.TextFor(Given).In(Language)} — {error.Message.In(Language)}");

    string OptOut(string secret) => $"/unsubscribe/{Uri.EscapeDataString(secret)}?lang={Language}";

    /// <summary>The same page in the other languages.</summary>
    LanguageView[] Others(int? step = null) => [.. Languages.All.Where(language => language != Language).Select(language =>
        new LanguageView(language, language == Languages.Chinese ? "中文" : "English", step is null ? $"?lang={language}" : $"?step={step}&lang={language}"))];
}

/// <summary>What a page sent.</summary>
/// <param name="Last">The last step of it.</param>
/// <param name="Given">All sound answers of the person, those hidden by now left out.</param>
/// <param name="Views">The questions as they were entered.</param>
sealed record Sent(int Step, int Last, Answers Given, IReadOnlyList<FieldError> Errors, IReadOnlyList<QuestionView> Views);
