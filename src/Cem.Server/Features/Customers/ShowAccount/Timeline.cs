using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Customers.ShowAccount;

/// <summary>What happened between us and an account, in words.</summary>
static class Timeline
{
    public const int Shown = 60;

    /// <param name="people">Names of the account's contacts; those who were erased are missing.</param>
    public static IReadOnlyList<TimelineEntry> Of(IEnumerable<Happening> happenings, IReadOnlyDictionary<long, string> people, ScopedTexts words) =>
        [.. happenings.Select(happening => Entry(happening, people, words))];

    static TimelineEntry Entry(Happening happening, IReadOnlyDictionary<long, string> people, ScopedTexts words)
    {
        var chinese = words.Language == Languages.Chinese;
        var what = (chinese ? happening.TitleZh : happening.TitleEn) ?? (happening.Source switch { "feedback" => words.Find("feedback." + happening.What), "event" => words.Find("event." + happening.What), _ => null }) ?? happening.What;
        return new TimelineEntry(happening.At, Title(happening, what, words))
        {
            Text = happening.Source == "invitation" ? happening.Text is { } reason ? words.Find("reason." + reason) ?? reason : null : happening.Text,
            By = string.Join(" · ", new[] { chinese ? happening.TouchpointZh : happening.TouchpointEn, happening.ContactId is { } id ? people.GetValueOrDefault(id) : null }.OfType<string>()),
            Href = happening switch
            {
                { Reachable: false } => null,
                { Source: "answer" } => $"/responses/{happening.Id}",
                { Source: "workOrder" } => $"/work-orders/{happening.Id}",
                _ => null,
            },
            Tone = happening.Score switch { >= 9 => "good", <= 6 => "bad", _ => "none" },
        };
    }

    static string Title(Happening happening, string what, ScopedTexts words) => happening.Source switch
    {
        "invitation" => words.Get(happening.State switch { "suppressed" => "notAsked", "scheduled" => "willBeAsked", _ => "asked" }, ("survey", what)),
        "answer" => happening.Score is { } score ? words.Get("answered.nps", ("survey", what), ("score", score)) : words.Get("answered", ("survey", what)),
        "workOrder" => words.Get("workOrder", ("number", what), ("state", words["workOrder." + happening.State])),
        _ => what,
    };
}

/// <param name="Source">event, invitation, answer, feedback or workOrder.</param>
/// <param name="What">Type of the event, code of the survey, kind of the feedback, number of the work order.</param>
/// <param name="Score">The recommendation given with an answer, 0-10.</param>
/// <param name="Reachable">Whether it has a page that the reader may open: it belongs to the org unit it happened in, not to the account's.</param>
/// <param name="Text">What was said; the reason of an invitation that was suppressed; what was done about a work order.</param>
sealed record Happening(
    Id Id, string Source, DateTimeOffset At, string What, string? TitleEn, string? TitleZh, string? Touchpoint, string? TouchpointEn, string? TouchpointZh,
    string? State, long? ContactId, int? Score, string? Text, bool Reachable);
