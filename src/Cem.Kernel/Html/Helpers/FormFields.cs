namespace Cem.Kernel.Html.Helpers;

/// <summary>A field as <c>Html/Partials/field.hbs</c> draws it.</summary>
sealed record FieldModel(string Id, string Name, string Label, string? Hint, string? Error, string Kind, string Value)
{
    public string? HintId => Hint is null ? null : Id + "-hint";
    public string? ErrorId => Error is null ? null : Id + "-error";
    public string? DescribedBy => (HintId, ErrorId) switch { (null, null) => null, var (h, e) => string.Join(' ', new[] { e, h }.Where(id => id is not null)) };
    public bool Required { get; init; }
    public bool Disabled { get; init; }
    public bool Autofocus { get; init; }
    public bool Checked { get; init; }
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];
    public string Width { get; init; } = "";
    public bool IsTextarea => Kind == "textarea";
    public bool IsSelect => Kind == "select";
    public bool IsCheckbox => Kind == "checkbox";
    public bool IsGroup => Kind is "radios" or "checkboxes";
    public string GroupInput => Kind == "radios" ? "radio" : "checkbox";
}

/// <summary>One choice of a field.</summary>
sealed record FieldChoice(string Id, string Value, string Label, bool Selected, bool Disabled);

/// <summary>
/// <c>{{field form "email" type="email" required=true}}</c>: label, input, hint and error of one field. Label and hint
/// are the texts <c>field.email</c> and, where it exists, <c>field.email.hint</c>, or given as <c>label=</c>, <c>hint=</c>.
/// </summary>
static class FormFields
{
    static readonly HashSet<string> Kinds = ["text", "email", "password", "number", "date", "url", "tel", "search", "color", "file", "textarea", "select", "checkbox", "radios", "checkboxes"];
    static readonly HashSet<string> Attributes = ["autocomplete", "inputmode", "min", "max", "step", "maxlength", "minlength", "pattern", "placeholder", "rows", "accept", "spellcheck", "multiple"];
    static readonly HashSet<string> Own = ["label", "hint", "type", "value", "options", "required", "disabled", "autofocus", "width"];

    public static SafeHtml Draw(HelperSite site, in HelperCall call)
    {
        var (scope, name, page, named) = (call.Text(0), call.Text(2), call.Page, call.Named);
        var form = call[1] as Form ?? throw new ArgumentException($"{{{{field}}}} needs a Form for \"{name}\", not \"{call[1]}\"");
        foreach (var unknown in named.Keys.Where(key => !Own.Contains(key) && !Attributes.Contains(key)))
            throw new ArgumentException($"{{{{field}}}} of \"{name}\" does not know \"{unknown}\"");
        var kind = named.TryGetValue("type", out var type) ? HelperCall.Invariant(type) : "text";
        if (!Kinds.Contains(kind)) throw new ArgumentException($"{{{{field}}}} of \"{name}\" does not know the type \"{kind}\"");

        var texts = site.Texts.For(page.Language, scope);
        var hintKey = $"field.{name}.hint";
        var value = named.TryGetValue("value", out var given) ? HelperCall.Invariant(given) : form.Value(name);
        var model = new FieldModel(Form.Id(name), name,
            named.TryGetValue("label", out var label) ? HelperCall.Invariant(label) : texts[$"field.{name}"],
            named.TryGetValue("hint", out var hint) ? HelperCall.Invariant(hint) : site.Texts.Has(scope, hintKey) ? texts[hintKey] : null,
            form.Error(name), kind, kind is "password" or "file" ? "" : value)
        {
            Required = Is(named, "required"),
            Disabled = Is(named, "disabled"),
            Autofocus = Is(named, "autofocus"),
            Checked = kind == "checkbox" && value is "true" or "on",
            Width = named.TryGetValue("width", out var width) ? HelperCall.Invariant(width) : "",
            Choices = Choices(named, name, named.ContainsKey("value") ? [value] : form.Values(name)),
            Attributes = [.. named.Where(n => Attributes.Contains(n.Key)).Select(n => KeyValuePair.Create(n.Key, HelperCall.Invariant(n.Value)))]
        };
        return new SafeHtml(site.Engine.Render("field", model, page));
    }

    static bool Is(IReadOnlyDictionary<string, object?> named, string name) => named.TryGetValue(name, out var value) && Logic.Truth(value);

    static IReadOnlyList<FieldChoice> Choices(IReadOnlyDictionary<string, object?> named, string field, IReadOnlyList<string> selected) =>
        !named.TryGetValue("options", out var options) ? []
            : options is IEnumerable<Option> list
                ? [.. list.Select((option, i) => new FieldChoice(
                    i == 0 ? Form.Id(field) : $"{Form.Id(field)}-{i}", option.Value, option.Label, selected.Contains(option.Value), option.Disabled))]
                : throw new ArgumentException($"The options of \"{field}\" are to be a list of Option");
}
