using System.Globalization;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData.EditSource;

/// <param name="Code">Null for a new source.</param>
/// <param name="Trial">Null where nothing was tried.</param>
sealed record View(
    Form Form, string? Code, string Action, string Title, bool Retired, IReadOnlyList<NavigationEntry> Trail, IReadOnlyList<FieldLine> Fields, IReadOnlyList<Option> Kinds, IReadOnlyList<Option> Styles,
    IReadOnlyList<Option> Types, IReadOnlyList<Option> Roles, IReadOnlyList<Option> Orders, TrialView? Trial);

/// <summary>The names of the inputs of one column.</summary>
/// <param name="Open">Whether its details are shown.</param>
sealed record FieldLine(
    int Number, string Column, string Type, string Maps, string Metric, string Unit, string NameEn, string NameZh, string Aliases, string Dates, string Key, string Required, bool Open);

/// <param name="Answer">How many would be taken, as a sentence.</param>
sealed record TrialView(string Answer, string? Ignored, bool More, IReadOnlyList<TrialLine> Rows);

/// <param name="What">What the row would become, in words.</param>
sealed record TrialLine(long Line, string Outcome, string Tone, string Whose, string When, string What, string Errors);

/// <summary>Draws the form and what a try found.</summary>
sealed class Drawer(Caller caller, Texts texts, PageContext pages)
{
    static readonly string[] Details = ["unit", "name.en", "name.zh-CN", "aliases", "dates"];

    readonly ScopedTexts words = texts.For(caller.Language, "OperationalData/EditSource");

    public View Draw(DeclaredSource? source, Form form, TrialAnswer? trial)
    {
        var count = int.TryParse(form.Value("count"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : 1;
        var title = source is null ? words["title.new"] : source.Definition.Name.In(caller.Language);
        return new View(
            form, source?.Code, source is null ? "/data/sources/new" : $"/data/sources/{source.Code}", title, source?.Retired == true,
            [new NavigationEntry(words["section"], "/data"), new NavigationEntry(title, "", Current: true)],
            [.. Enumerable.Range(0, count).Select(index => Line(form, index))],
            Options<SourceKind>("kind."), Options<NumberStyle>("numbers."), Options<FieldType>("type."),
            [new Option("", words["maps.none"]), .. Enum.GetValues<FieldRole>().SelectMany(role => role == FieldRole.Period
                ? Options<PeriodLength>("period.").Select(period => new Option("period." + period.Value, period.Label))
                : [new Option(SourceForm.Name(role), words["maps." + SourceForm.Name(role)])])],
            Options<DateOrder>("dates."), trial is null ? null : Draw(trial));
    }

    static FieldLine Line(Form form, int index)
    {
        string At(string name) => SourceForm.At(index, name);
        return new FieldLine(index + 1, At("column"), At("type"), At("maps"), At("metric"), At("unit"), At("name.en"), At("name.zh-CN"), At("aliases"), At("dates"), At("key"), At("required"),
            Details.Any(name => form.Error(At(name)) is not null));
    }

    TrialView Draw(TrialAnswer trial)
    {
        var refused = trial.Rows.Count(row => row.Outcome == TrialOutcome.Refused);
        return new TrialView(
            trial.Rows.Count == 0 ? words["trial.empty"] : words.Get("trial.answer", ("count", trial.Rows.Count), ("refused", refused)),
            trial.IgnoredColumns.Count == 0 ? null : words.Get("trial.ignored", ("names", string.Join(words["comma"], trial.IgnoredColumns))), trial.More, [.. trial.Rows.Select(Draw)]);
    }

    TrialLine Draw(TrialRow row)
    {
        var formats = pages.For(caller.Language).Formats;
        var refused = row.Outcome == TrialOutcome.Refused;
        var said = row.Numbers.Where(number => number.Value is not null).Select(number => $"{number.Key} = {number.Value!.Value.ToString("R", CultureInfo.InvariantCulture)}")
            .Concat(new[] { row.Type, row.Touchpoint, row.Product, row.Channel }.OfType<string>())
            .Concat(row.Attributes.EnumerateObject().Select(attribute => $"{attribute.Name}: {attribute.Value}"));
        return new TrialLine(
            row.Line, words["outcome." + SourceForm.Name(row.Outcome)], refused ? "late" : row.Outcome == TrialOutcome.New ? "done" : "",
            string.Join(" · ", new[] { row.Account, row.Contact, row.OrgUnit }.OfType<string>()),
            row.At is { } at ? formats.Time(at) : row.Day is { } day ? formats.Date(day) : refused ? "" : words["today"],
            refused ? "" : string.Join(words["comma"], said),
            string.Join(" ", row.Errors.Select(error => (error.Field.Length > 0 ? error.Field + words["colon"] : "") + error.Say.In(caller.Language))));
    }

    Option[] Options<T>(string prefix) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => new Option(SourceForm.Name(value), words[prefix + SourceForm.Name(value)]))];
}
