using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Server.OrgUnits;

namespace Cem.Server.Features.Indicators.EditIndicator;

/// <param name="Code">Null for a new indicator.</param>
/// <param name="Ratio">Whether the two sums of a ratio are shown.</param>
/// <param name="Placed">Whether its touchpoints are shown.</param>
/// <param name="Judged">The indicator above, where its weights come from judgements and cannot be typed here; null for weights by hand.</param>
/// <param name="Below">The names of the indicators that count below it; while there are any, it cannot be retired.</param>
sealed record View(
    Form Form, string Revision, bool Ratio, bool Placed, string? Code, string Action, string Title, bool Retired, bool MayRetire, string Below, string? Judged, IReadOnlyList<NavigationEntry> Trail, string First, IReadOnlyList<Option> Parents, IReadOnlyList<Option> Kinds,
    IReadOnlyList<Option> Measures, IReadOnlyList<Option> Questions, IReadOnlyList<Option> Data, IReadOnlyList<Option> Touchpoints, IReadOnlyList<Option> OneTouchpoint, IReadOnlyList<Option> Directions,
    IReadOnlyList<Option> Units, IReadOnlyList<TargetLine> Targets, IReadOnlyList<LevelLine> Levels);

/// <summary>The names of the inputs of one org unit's target.</summary>
sealed record TargetLine(string Unit, string Value);

/// <summary>The names of the inputs of one level's name.</summary>
sealed record LevelLine(int Number, string En, string Zh);

/// <summary>Draws the form of one indicator with everything that can be chosen.</summary>
sealed class Drawer(Db db, Caller caller, Texts texts, CompanyTime time, OrgUnitChoices units)
{
    const int Longest = 90;

    readonly ScopedTexts words = texts.For(caller.Language, "Indicators/EditIndicator");

    /// <summary>An empty form below an indicator.</summary>
    public Form Blank(Known known, string? parent)
    {
        var siblings = known.Version?.Live.Where(it => it.Parent == parent && parent is not null).Select(it => it.Weight).ToList() ?? [];
        return Form.Of([("parent", parent), ("kind", "x"), ("weight", siblings.Count == 0 ? 1 : Math.Round(siblings.Average(), 3)), .. Common(known)]);
    }

    public Form Filled(Known known) => Form.Of([.. IndicatorForm.Of(known.It!), .. Common(known)]);

    public View Draw(Known known, Form form)
    {
        var (it, live) = (known.It, known.Version?.Live.ToList() ?? []);
        var title = it is null ? words["title.new"] : it.Name.In(caller.Language);
        var touchpoints = Named(Sql.Touchpoints);
        var below = it is null ? [] : live.Where(child => child.Parent == it.Code).Select(child => child.Name.In(caller.Language)).ToList();
        var above = live.Find(parent => parent.Code == form.Value("parent"));
        var targets = Enumerable.Range(0, IndicatorForm.MostTargets).Where(index => form.Value(IndicatorForm.At(index, "unit")).Length > 0).DefaultIfEmpty(-1).Max() + 1;
        return new View(
            form, form.Value("revision"), form.Value("measure.numerator").Length > 0, form.Values("measure.touchpoints").Count > 0, it?.Code, it is null ? "/indicators/new" : $"/indicators/{it.Code}/edit", title, it?.Retired == true, it is { Retired: false, Parent: not null } && below.Count == 0,
            string.Join(words["comma"], below), above?.Weighting is { Method: not WeightingMethod.Manual } ? above.Name.In(caller.Language) : null,
            [new NavigationEntry(words["section"], "/indicators"), new NavigationEntry(title, "", Current: true)], LibraryStore.FirstDay(known.Version, time.Today).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [new Option("", words["parent.none"]), .. Parents(live, it?.Code)],
            [new("x", words["kind.x"]), new("business", words["kind.business"]), new("operational", words["kind.operational"])],
            [new Option("", words["measure.none"]), .. Enum.GetValues<MeasureType>().Select(type => new Option(IndicatorForm.Name(type), words["measure." + IndicatorForm.Name(type)]))],
            With([new Option("", words["question.any"]), .. Named(Sql.Questions)], form.Value("measure.question")),
            With([new Option("", words["data.none"]), .. Named(Sql.Data)], form.Value("measure.data"), form.Value("measure.numerator"), form.Value("measure.denominator")),
            touchpoints, [new Option("", words["touchpoint.none"]), .. touchpoints],
            [new("", words["direction.open"]), new("higher", words["direction.higher"]), new("lower", words["direction.lower"])],
            [new Option("", words["unit.none"]), .. units.Options()],
            [.. Enumerable.Range(0, targets + IndicatorForm.BlankTargets).Select(index => new TargetLine(IndicatorForm.At(index, "unit"), IndicatorForm.At(index, "value")))],
            [.. Enumerable.Range(0, 4).Select(level => new LevelLine(level + 1, IndicatorForm.Level(level, "en"), IndicatorForm.Level(level, Languages.Chinese)))]);
    }

    IEnumerable<(string, object?)> Common(Known known) => IndicatorForm.Of(known.Version?.LevelNames ?? LibraryStore.LevelNames).Append(("validFrom", LibraryStore.FirstDay(known.Version, time.Today)));

    /// <summary>What an indicator can stand below: those of three levels, but not itself and what is below it.</summary>
    IEnumerable<Option> Parents(List<Indicator> live, string? without)
    {
        return Outline.Of(Below(null), it => Below(it.Code)).Where(place => place.Depth < 3)
            .Select(place => new Option(place.Item.Code, Outline.Indent(place.Depth) + place.Item.Name.In(caller.Language)));

        IEnumerable<Indicator> Below(string? parent) => live.Where(it => it.Parent == parent && it.Code != without);
    }

    /// <summary>The options with what is chosen, also where it is offered no more.</summary>
    static List<Option> With(List<Option> options, params ReadOnlySpan<string> chosen)
    {
        foreach (var value in chosen)
            if (value.Length > 0 && options.All(option => option.Value != value))
                options.Add(new Option(value, value));
        return options;
    }

    List<Option> Named([System.Diagnostics.CodeAnalysis.ConstantExpected] string sql) => [.. db.Query<Choice>(sql, new { Chinese = caller.Language == Languages.Chinese, Events = words["data.events"] })
        .Select(row => new Option(row.Code, row.Name.Length > Longest ? row.Name[..Longest] + "…" : row.Name))];

    sealed record Choice(string Code, string Name);

    static class Sql
    {
        public const string Touchpoints = "SELECT code, CASE WHEN @Chinese THEN name_zh ELSE name_en END AS name FROM journeys_v_touchpoints ORDER BY sort, code";

        // Each question as its newest version words it; scored ones and choices.
        public const string Questions = """
            SELECT s.code || '/' || q.question AS code,
              (CASE WHEN @Chinese THEN s.title_zh ELSE s.title_en END) || ': ' || (CASE WHEN @Chinese THEN q.text_zh ELSE q.text_en END) AS name
            FROM surveys_v_surveys s JOIN surveys_v_questions q ON q.survey_id = s.id
            WHERE q.version = (SELECT MAX(n.version) FROM surveys_v_questions n WHERE n.survey_id = s.id AND n.question = q.question)
              AND (q.measure IS NOT NULL OR q.type IN ('singleChoice', 'multipleChoice'))
            ORDER BY s.code, q.position
            """;

        // The rows of a source of events can be counted; numbers are those of any source.
        public const string Data = """
            SELECT code, name FROM (
              SELECT s.code || '/' AS code, (CASE WHEN @Chinese THEN s.name_zh ELSE s.name_en END) || ': ' || @Events AS name, s.code AS source, 0 AS rank
              FROM operational_data_v_sources s WHERE s.kind = 'event'
              UNION ALL
              SELECT f.source || '/' || f.metric, (CASE WHEN @Chinese THEN s.name_zh ELSE s.name_en END) || ': ' || COALESCE(CASE WHEN @Chinese THEN f.name_zh ELSE f.name_en END, f.metric)
                || COALESCE(' (' || f.unit || ')', ''), f.source, 1
              FROM operational_data_v_fields f JOIN operational_data_v_sources s ON s.id = f.source_id WHERE f.declared = 1)
            ORDER BY source, rank, name
            """;
    }
}
