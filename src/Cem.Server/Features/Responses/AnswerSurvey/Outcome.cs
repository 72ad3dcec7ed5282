using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Responses.AnswerSurvey;

/// <summary>What a call of the survey page comes to.</summary>
abstract record Outcome
{
    public abstract IResult Result(string secret);

    public sealed record Step(StepView View, string Language, int Status) : Outcome
    {
        public override IResult Result(string secret) => Page.Alone(View, Language, status: Status);
    }

    /// <summary>The survey as everybody meets it first, which is drawn once for all of them.</summary>
    /// <param name="Draw">Draws it for a link.</param>
    public sealed record First(Look Look, Func<string, StepView> Draw, string Language, string FormToken) : Outcome
    {
        static readonly string SecretMark = Stencils.Mark();
        static readonly string TokenMark = Stencils.Mark();

        public override IResult Result(string secret) => Stencils.Page(Look, () => Draw(SecretMark) with { FormToken = TokenMark }, Language,
            new Dictionary<string, string> { [SecretMark] = Uri.EscapeDataString(secret), [TokenMark] = FormToken });
    }

    /// <param name="At">The step to go on at; null for the end.</param>
    /// <param name="Language">The language chosen on the page; null for the invitation's own.</param>
    public sealed record GoTo(int? At, string? Language) : Outcome
    {
        public override IResult Result(string secret) => new SeeOther(Kernel.Html.Urls.Build($"/s/{Uri.EscapeDataString(secret)}",
        [
            .. At is { } step ? [KeyValuePair.Create("step", step.ToString(System.Globalization.CultureInfo.InvariantCulture))] : Array.Empty<KeyValuePair<string, string>>(),
            .. Language is { } language ? [KeyValuePair.Create("lang", language)] : Array.Empty<KeyValuePair<string, string>>(),
        ]));
    }

    public sealed record Thanks(ThanksView View, string Language, int Status) : Outcome
    {
        public override IResult Result(string secret) => Page.Alone(View, Language, "Thanks", Status);
    }

    public sealed record Closed(ClosedView View, string Language, int Status) : Outcome
    {
        public override IResult Result(string secret) => Page.Alone(View, Language, "Closed", Status);
    }

    public sealed record Fragment(FragmentView View, string Language) : Outcome
    {
        public override IResult Result(string secret) => Page.Alone(View, Language, "Fragment");
    }

    /// <summary>303: the browser's own back leads to the page before, not to sending it again.</summary>
    sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}

/// <summary>Whatever the first page of a survey shows beside what is the link's own.</summary>
/// <param name="LanguageChosen">Whether the language was chosen on the page, which the form then remembers.</param>
sealed record Look(long Survey, int Version, bool LanguageChosen, string? Touchpoint, DateOnly? OpenUntil);

/// <summary>A step of the survey.</summary>
/// <param name="Intro">Why we ask, in the author's words; on the first step only.</param>
/// <param name="Heading">Title of the page; null for none.</param>
/// <param name="Step">From 0.</param>
/// <param name="To">The last step shown with it.</param>
sealed record StepView(string SurveyTitle, string? Intro, string? Heading, int Step, int To)
{
    public bool First { get; init; }

    public bool Last { get; init; }

    /// <summary>Steps in all, those that answers may hide included.</summary>
    public int Count { get; init; }

    /// <summary>The furthest step reached, from 0.</summary>
    public int Reached { get; init; }

    public int StepNumber => Step + 1;

    public int? Minutes { get; init; }

    /// <summary>What the survey is about, by name; null for the relation as a whole.</summary>
    public string? Touchpoint { get; init; }

    public DateOnly? OpenUntil { get; init; }

    public required IReadOnlyList<QuestionView> Questions { get; init; }

    public required IReadOnlyList<ErrorView> Errors { get; init; }

    public required string FormToken { get; init; }

    /// <summary>The language chosen on the page; null for the invitation's own.</summary>
    public string? Language { get; init; }

    public required string OptOut { get; init; }

    public required IReadOnlyList<LanguageView> Others { get; init; }
}

/// <summary>An entry of the error summary.</summary>
sealed record ErrorView(string Href, string Message);

/// <summary>The same page in another language.</summary>
sealed record LanguageView(string Tag, string Name, string Href);

/// <summary>The end.</summary>
/// <param name="Already">Whether something was sent after the end, which does not count.</param>
/// <param name="Words">The author's thanks; null for ours.</param>
/// <param name="ReadBy">When a person will have read it.</param>
sealed record ThanksView(bool Already, string? Words, DateOnly ReadBy, string OptOut, IReadOnlyList<LanguageView> Others);

/// <summary>A link that takes no answer.</summary>
/// <param name="Why"><c>expired</c>, <c>forgotten</c> or <c>unknown</c>.</param>
sealed record ClosedView(string Why);

/// <summary>Questions that follow from others of the same page.</summary>
/// <param name="To">The last step they belong to.</param>
sealed record FragmentView(int To, IReadOnlyList<QuestionView> Questions);
