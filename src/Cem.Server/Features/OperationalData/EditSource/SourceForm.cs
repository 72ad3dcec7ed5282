using System.Globalization;
using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData.EditSource;

/// <summary>
/// A source as fields of a form. Fields of its columns are <c>fields.0.column</c> and so on, as the pointers of refusals name
/// them; a column that is left empty is no column.
/// </summary>
static class SourceForm
{
    const int BlankAtFirst = 4;
    const int BlankMore = 4;
    const int MostFields = 220;

    static readonly string[] OfField = ["column", "type", "maps", "metric", "unit", "name.en", "name.zh-CN", "aliases", "dates", "key", "required"];

    public static Form Empty() => Form.Of(("kind", "metric"), ("numbers", "plain"), ("count", BlankAtFirst));

    public static Form Of(DeclaredSource source)
    {
        var definition = source.Definition;
        var values = new List<(string, object?)>
        {
            ("code", source.Code), ("name.en", definition.Name.En), ("name.zh-CN", definition.Name.Zh), ("kind", Name(definition.Kind)), ("numbers", Name(definition.Numbers)),
            ("eventType", definition.EventType), ("triggers", definition.Triggers ? "true" : ""), ("count", definition.Fields.Count + 1),
        };
        foreach (var (index, field) in definition.Fields.Index())
            values.AddRange([
                (At(index, "column"), field.Column), (At(index, "type"), Name(field.Type)),
                (At(index, "maps"), field.Maps is not { } role ? "" : role == FieldRole.Period ? "period." + Name(definition.Period) : Name(role)),
                (At(index, "metric"), field.Metric), (At(index, "unit"), field.Unit), (At(index, "name.en"), field.Name?.En), (At(index, "name.zh-CN"), field.Name?.Zh),
                (At(index, "aliases"), field.Aliases is null ? "" : string.Join('\n', field.Aliases.Select(alias => $"{alias.Key} = {alias.Value}"))),
                (At(index, "dates"), Name(field.Dates)), (At(index, "key"), definition.Key.Contains(field.Column, StringComparer.OrdinalIgnoreCase) ? "true" : ""),
                (At(index, "required"), field.Required ? "true" : ""),
            ]);
        return Form.Of(values);
    }

    /// <summary>The form without the columns left empty in between.</summary>
    /// <param name="code">Of the source, where it is there already.</param>
    public static FormCollection Compact(IFormCollection form, string? code, bool more)
    {
        var values = form.Where(pair => !pair.Key.StartsWith("fields.", StringComparison.Ordinal) && pair.Key != "count").ToDictionary(pair => pair.Key, pair => pair.Value);
        if (code is not null)
            values["code"] = code;
        var count = 0;
        for (var i = 0; i < MostFields && form.ContainsKey(At(i, "column")); i++)
        {
            if (string.IsNullOrWhiteSpace(form[At(i, "column")]))
                continue;
            foreach (var name in OfField)
                if (form.TryGetValue(At(i, name), out var value))
                    values[At(count, name)] = value.ToString().Trim();
            count++;
        }
        values["count"] = (count + (more ? BlankMore : 1)).ToString(CultureInfo.InvariantCulture);
        return new FormCollection(values);
    }

    /// <summary>What a compact form declares.</summary>
    /// <exception cref="Problem">422: a value is none of the choices, or an alias cannot be read.</exception>
    public static (string Code, SourceDefinition Definition) Read(IFormCollection form)
    {
        var fields = new List<SourceField>();
        var key = new List<string>();
        for (var i = 0; form.ContainsKey(At(i, "column")); i++)
        {
            fields.Add(ReadField(form, i));
            if (form.ContainsKey(At(i, "key")))
                key.Add(fields[i].Column);
        }
        return (form["code"].ToString().Trim(), new SourceDefinition
        {
            Name = new Wording(form["name.en"].ToString().Trim(), form["name.zh-CN"].ToString().Trim()), Kind = Choice<SourceKind>(form, "kind"), Key = key, Fields = fields,
            Numbers = Choice<NumberStyle>(form, "numbers"), EventType = Text(form, "eventType"), Triggers = form.ContainsKey("triggers"),
        });
    }

    static SourceField ReadField(IFormCollection form, int index)
    {
        var maps = form[At(index, "maps")].ToString().Split('.');
        FieldRole? role = maps[0].Length == 0 ? null : Enum.TryParse<FieldRole>(maps[0], ignoreCase: true, out var named) ? named : throw NoChoice(At(index, "maps"));
        PeriodLength? period = role != FieldRole.Period ? null : maps.Length == 2 && Enum.TryParse<PeriodLength>(maps[1], ignoreCase: true, out var length) ? length : throw NoChoice(At(index, "maps"));
        var (en, zh) = (Text(form, At(index, "name.en")), Text(form, At(index, "name.zh-CN")));
        return new SourceField(
            form[At(index, "column")].ToString(), Choice<FieldType>(form, At(index, "type")), role, period, Text(form, At(index, "metric")), Text(form, At(index, "unit")),
            en is null && zh is null ? null : new Wording(en ?? "", zh ?? ""), Aliases(form, At(index, "aliases")), form.ContainsKey(At(index, "required")),
            form.ContainsKey(At(index, "dates")) ? Choice<DateOrder>(form, At(index, "dates")) : DateOrder.YearFirst);
    }

    static Dictionary<string, string>? Aliases(IFormCollection form, string name)
    {
        var aliases = new Dictionary<string, string>();
        foreach (var line in form[name].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } word, { Length: > 0 } meaning] || !aliases.TryAdd(word, meaning))
                throw Problem.Rule(Pointer(name), "aliases", ("One alias a line, each word once: OA = oa-sync.", "每行一个别名，同一词只写一次，例如 OA = oa-sync。"));
        return aliases.Count == 0 ? null : aliases;
    }

    static T Choice<T>(IFormCollection form, string name) where T : struct, Enum =>
        Enum.TryParse<T>(form[name], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : throw NoChoice(name);

    static Problem NoChoice(string name) => Problem.Rule(Pointer(name), "choice", ("Choose one of the options.", "请选择一个选项。"));

    static string Pointer(string name) => "/" + name.Replace('.', '/');

    static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    public static string At(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"fields.{index}.{name}");

    public static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
