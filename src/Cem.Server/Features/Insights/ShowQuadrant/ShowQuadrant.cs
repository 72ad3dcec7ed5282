using Cem.Contracts.Insights;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Unit = Cem.Kernel.Html.Unit;

namespace Cem.Server.Features.Insights.ShowQuadrant;

/// <summary>What to improve first: the factors of a survey by their influence on an outcome and by how satisfied people are with them.</summary>
/// <param name="Factors">Question ids, separated by commas.</param>
[Access(Staff = Roles.All)]
sealed record Request(PageFilter Filter, string? Outcome = null, string? Factors = null) : IRequest<View>;

/// <param name="State"><c>none</c> without a survey to make it of, <c>refused</c> with the reason in <paramref name="Answer"/>, else <c>drawn</c>.</param>
/// <param name="Longer">Where there may be more answers; null for the longest period.</param>
/// <param name="Base">How much the factors explain, of how many answers, in words.</param>
/// <param name="Kinds">Which factors are surely must-haves or delighters, in words.</param>
/// <param name="Kept">What the form of the factors must not lose.</param>
sealed record View(
    FilterBar Bar, string State, string Answer, string? Longer, string Base, string Method, QuadrantChart? Chart, IReadOnlyList<Row> Rows, string Kinds, string Outcome, string OutcomeHref, string AnswersHref,
    IReadOnlyList<string> Warnings, IReadOnlyList<Tick> Ticks, IReadOnlyList<KeyValuePair<string, string>> Kept, string? AllFactors, string? AsOf);

/// <param name="Number">In the dot.</param>
/// <param name="Stays">In what share of the resamples it stays in its corner; null where that reads as all of them.</param>
sealed record Row(int Number, string Name, string Href, string Area, string Tone, bool Borderline, double? Stays, Estimate Influence, Estimate Satisfaction, double? Priority, Kind? Kind);

/// <summary>What a factor is to people, by what a low and a high rating of it do to the outcome.</summary>
/// <param name="Name">Must-have, performance, delighter, or that it cannot be told.</param>
/// <param name="LowRatings">Which ratings count as low, in words.</param>
sealed record Kind(string Name, bool Known, bool Sure, Estimate Penalty, string LowRatings, Estimate Reward, string HighRatings);

/// <summary>A question that can be a factor.</summary>
sealed record Tick(string Id, string Name, bool Chosen);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Insights", 507, "/insights/quadrant", Roles.All)];

    public Module() =>
        Get("/insights/quadrant", async ([AsParameters] PageFilter filter, string? outcome, string? factors, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(filter, outcome, factors), ct)))
            .Sends<Request>()
            .Summary("Satisfaction-influence quadrant");
}

sealed class Handler(IMediator mediator, Caller caller, ScoreColumns columns, CompanyTime time, Wordings wordings) : IRequestHandler<Request, View>
{
    const double ReadsAsAll = 0.995;

    const int MostNames = 3;

    static readonly string[] TellingKinds = ["basic", "excitement"];

    readonly Wording words = wordings.For("Insights/ShowQuadrant", caller.Language);

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var asked = request.Factors?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var quadrant = await mediator.Send(new AskQuadrant(request.Filter.Scores(caller, columns, time), request.Filter.Survey, request.Outcome, asked), cancellationToken);
        var filter = request.Filter with { Survey = quadrant.Survey?.Code };
        var rows = quadrant.Factors.Select((factor, index) => Draw(factor, index + 1, quadrant, filter)).ToList();
        (string, string?)[] chosen = [("outcome", quadrant.Outcome?.Id), ("factors", request.Factors)];
        return new View(
            Bar(request.Filter, filter, quadrant, request.Factors), quadrant.Survey is null ? "none" : quadrant.Refusal is null ? "drawn" : "refused",
            quadrant.Refusal is { } refusal ? In(refusal) : Answer(quadrant),
            request.Filter.Weeks < 52 && quadrant.Survey is not null ? filter.Link("/insights/quadrant", [("period", "52w"), .. chosen]) : null,
            Base(quadrant), words["method." + quadrant.Method], quadrant.SatisfactionLine is null ? null : Chart(quadrant, rows), rows, Kinds(quadrant),
            quadrant.Outcome is { } outcome ? In(outcome) : "", quadrant.Outcome is { } of ? Results(of, filter) : "",
            filter.Link("/responses", ("interested", "0")), [.. quadrant.Warnings.Select(In)],
            [.. (quadrant.Survey?.Questions ?? []).Where(question => question.Id != quadrant.Outcome!.Id).Select(question => new Tick(question.Id, In(question), quadrant.Factors.Any(factor => factor.Question.Id == question.Id)))],
            filter.Parameters(("outcome", quadrant.Outcome?.Id)), request.Factors is null ? null : filter.Link("/insights/quadrant", ("outcome", quadrant.Outcome?.Id)),
            columns.AsOf is { } at ? words.Get("asOf", ("time", words.Formats.Time(at))) : null);
    }

    /// <summary>The filter bar, its survey one of those that rate something, with the outcome beside it.</summary>
    FilterBar Bar(PageFilter asked, PageFilter filter, Quadrant quadrant, string? factors)
    {
        var bar = filter.Bar(caller, columns, words, factors is null ? [] : [("factors", factors)]);
        if (quadrant.Survey is not { } survey)
            return bar;
        return bar with
        {
            Fields =
            [
                .. bar.Fields.Take(2),
                new FilterField("survey", words["dimension.survey"], survey.Code, [.. quadrant.Surveys.Select(each => new Option(each.Code, Say(each.English, each.Chinese)))]) { Default = asked.Survey is null ? survey.Code : "" },
                new FilterField("outcome", words["outcome"], quadrant.Outcome!.Id, [.. survey.Questions.Select(question => new Option(question.Id, In(question)))]) { Default = survey.Questions.FirstOrDefault(question => question.Measure == RatingScales.Nps)?.Id ?? survey.Questions[0].Id },
                .. bar.Fields.Skip(2).Where(field => field.Name != "survey"),
            ],
        };
    }

    string Answer(Quadrant quadrant)
    {
        var first = quadrant.Factors.Where(factor => factor.Area == "improveFirst").ToList();
        var names = Names(first.Take(MostNames));
        return first.Count == 0 ? words["answer.none"] : first.Count > MostNames ? words.Get("answer.many", ("names", names), ("more", first.Count - MostNames)) : words.Get("answer", ("names", names));
    }

    string Names(IEnumerable<QuadrantFactor> factors) => string.Join(words["between"], factors.Select(factor => words.Get("quoted", ("name", In(factor.Question)))));

    string Kinds(Quadrant quadrant)
    {
        if (quadrant.Factors.All(factor => factor.Asymmetry?.Impact is null))
            return words["kinds.few"];
        var sure = quadrant.Factors.Where(factor => factor.Asymmetry is { Sure: true }).ToLookup(factor => factor.Asymmetry!.Kind);
        string[] said = [.. TellingKinds.Where(sure.Contains).Select(kind => words.Get("kinds." + kind, ("names", Names(sure[kind]))))];
        return said.Length == 0 ? words["kinds.none"] : string.Join(words["sentences"], said);
    }

    string Base(Quadrant quadrant) => quadrant.R2 is { } r2
        ? words.Get("base", ("share", words.Formats.Percent(r2)), ("r2", words.Formats.Number(r2, 2)), ("count", quadrant.Factors.Count), ("n", words.Formats.Number(quadrant.N)), ("accounts", words.Formats.Number(quadrant.Accounts)), ("excluded", words.Formats.Number(quadrant.Excluded)))
        : "";

    QuadrantChart Chart(Quadrant quadrant, List<Row> rows) => new(
        words["chart"], [.. quadrant.Factors.Zip(rows).Where(pair => pair.First.Area is not null).Select(pair => new QuadrantPoint(pair.Second.Name, pair.First.Influence!.Value / 100, pair.First.Satisfaction!.Value)
        {
            Number = pair.Second.Number, XLow = pair.First.InfluenceLower / 100, XHigh = pair.First.InfluenceUpper / 100, YLow = pair.First.SatisfactionLower, YHigh = pair.First.SatisfactionUpper,
            Href = pair.Second.Href, Tone = pair.Second.Tone.Length == 0 ? "none" : pair.Second.Tone,
        })],
        quadrant.InfluenceLine!.Value / 100, quadrant.SatisfactionLine!.Value,
        new Corners(words["area.raiseValue"], words["area.keep"], words["area.improveSecond"], words["area.improveFirst"]))
    {
        XLabel = words["influence"], YLabel = words["satisfaction"], XUnit = Unit.Share,
    };

    Row Draw(QuadrantFactor factor, int number, Quadrant quadrant, PageFilter filter)
    {
        var href = Results(factor.Question, filter);
        return new Row(
            number, In(factor.Question), href, factor.Area is { } area ? words["area." + area] : words["area.none"], factor.Area switch { "improveFirst" => "bad", "keep" => "good", _ => "" },
            factor.Borderline, factor.Stays >= ReadsAsAll ? null : factor.Stays,
            new Estimate(factor.Influence / 100, factor.InfluenceLower / 100, factor.InfluenceUpper / 100, quadrant.N) { Unit = Unit.Share, TooFew = false },
            new Estimate(factor.Satisfaction, factor.SatisfactionLower, factor.SatisfactionUpper, quadrant.N) { Href = href }, factor.Priority,
            factor.Asymmetry is { } asymmetry ? Draw(asymmetry) : null);
    }

    Kind Draw(QuadrantAsymmetry asymmetry)
    {
        return new Kind(
            words["kind." + (asymmetry.Kind ?? (asymmetry.Impact is null ? "unknown" : "none"))], asymmetry.Kind is not null, asymmetry.Sure,
            Of(asymmetry.Penalty), Ratings(asymmetry.Penalty), Of(asymmetry.Reward), Ratings(asymmetry.Reward));

        Estimate Of(QuadrantEffect effect) => new(effect.Value, effect.Lower, effect.Upper, effect.N) { TooFew = effect.Value is null };
        string Ratings(QuadrantEffect effect) => words.Get(effect.Least == effect.Most ? "rating" : "ratings", ("least", effect.Least), ("most", effect.Most), ("n", words.Formats.Number(effect.N)));
    }

    /// <summary>What a factor is made of: how its question was answered.</summary>
    static string Results(QuadrantQuestion question, PageFilter filter) =>
        filter.Link($"/surveys/{Uri.EscapeDataString(filter.Survey!)}/results", ("survey", null), ("interested", "0")) + "#" + Uri.EscapeDataString(question.Id);

    string In(QuadrantQuestion question) => Say(question.English, question.Chinese);

    string In(QuadrantNote note) => Say(note.English, note.Chinese);

    string Say(string english, string chinese) => caller.Language == Languages.Chinese ? chinese : english;
}
