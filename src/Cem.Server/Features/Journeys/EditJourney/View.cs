using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Journeys.EditJourney;

/// <summary>The form of one part.</summary>
/// <param name="Send">Where the form is sent, with the filters of the map.</param>
/// <param name="Map">The map that it was opened from.</param>
/// <param name="Theirs">Where somebody else was faster: what the fields say now, as far as it differs.</param>
sealed record View(
    string Send, string Map, Part Part, string Title, bool IsVariant, string IfMatch, string Was, Form Form, IReadOnlyList<Now> Theirs,
    IReadOnlyList<Option> Touchpoints, IReadOnlyList<Option> Indicators, IReadOnlyList<Option> Emotions, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    static readonly int[] Levels = [2, 1, 0, -1, -2];

    /// <param name="stale">Whether the form was refused because the part has changed: it then starts from what is there now.</param>
    public static View Of(FormResponse found, Part part, Form form, bool stale, MapFilter map, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Journeys/EditJourney");
        var now = Form.Of(found.Fields);
        var (address, back) = ($"/journeys/{found.Code}", map.Here($"/journeys/{found.Code}", ("mode", "edit")));
        var title = words[$"title.{part.Kind}{(part.IsNew ? ".new" : "")}"];
        return new View(
            map.Here(address + "/edit"), back, part, title, found.IsVariant, stale ? ETags.Of(found.Revision) : form.Value("ifMatch"), stale ? now.Value("was") : form.Value("was"), form,
            !stale ? [] : [.. found.Fields.Where(field => field.Name is not "was" && now.Value(field.Name) != form.Value(field.Name)).Select(field => new Now(words["field." + field.Name], now.Value(field.Name)))],
            [new Option("", words["touchpoint.new"]), .. found.Touchpoints.Where(row => !found.Inside.Contains(row.Code)).Select(row => row.In(caller.Language))],
            [new Option("", words["indicator.none"]), .. found.Indicators.Select(row => row.In(caller.Language))],
            [new Option("", words["emotion.unknown"]), .. Levels.Select(level => new Option($"{level}", words[$"emotion.{(level < 0 ? "minus" : "")}{Math.Abs(level)}"]))],
            [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(found.Journey.In(caller.Language), back), new NavigationEntry(title, "", Current: true)]);
    }
}

/// <summary>What a field says now.</summary>
sealed record Now(string Label, string Value);
