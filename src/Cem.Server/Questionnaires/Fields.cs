using System.Text.Json;
using System.Text.RegularExpressions;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>
/// One JSON object of a definition, read field by field. Everything wrong is written down by its pointer and reading goes
/// on, so that the author learns of all faults at once.
/// </summary>
sealed partial class Fields
{
    readonly Dictionary<string, JsonElement> given = new(StringComparer.Ordinal);
    readonly string pointer;
    readonly List<FieldError> errors;
    readonly HashSet<string> known = new(StringComparer.Ordinal);

    public Fields(JsonElement element, string pointer, List<FieldError> errors)
    {
        (this.pointer, this.errors) = (pointer, errors);
        if (element.ValueKind != JsonValueKind.Object)
            Fault("", "wrong-type", ("An object is needed here.", "此处应为对象。"));
        else
            foreach (var property in element.EnumerateObject())
                given[JsonText.Name(property)] = property.Value;
    }

    public void Fault(string field, string code, Say message) =>
        errors.Add(new FieldError(field.Length == 0 ? pointer : $"{pointer}/{field}", code, message));

    public bool Has(string field) => Find(field) is not null;

    /// <summary>A code of letters, digits and <c>_ -</c>, at most 40; empty after a fault.</summary>
    public string Code(string field)
    {
        var text = String(field, required: true);
        if (text is null)
            return "";
        if (CodeForm().IsMatch(text))
            return text;
        Fault(field, "code", ("A code starts with a letter and has at most 40 letters, digits, '_' or '-'.", "代码须以字母开头，最多 40 个字母、数字、“_”或“-”。"));
        return "";
    }

    /// <summary>One of the names; null where it is missing or none of them.</summary>
    public string? Choice(string field, IReadOnlyCollection<string> names)
    {
        var text = String(field, required: true);
        if (text is null || names.Contains(text))
            return text;
        Fault(field, "choice", ($"One of these is needed: {string.Join(", ", names)}.", $"只能是以下之一：{string.Join("、", names)}。"));
        return null;
    }

    /// <summary>Words in both languages: <c>{"en": "…", "zh-CN": "…"}</c>.</summary>
    public Say? Words(string field, int longest, bool required = false)
    {
        if (Find(field) is not { } value)
        {
            if (required)
                Missing(field);
            return null;
        }
        var both = new Fields(value, $"{pointer}/{field}", errors);
        var (en, zh) = (both.String(Languages.English, required: true), both.String(Languages.Chinese, required: true));
        foreach (var (language, text) in new[] { (Languages.English, en), (Languages.Chinese, zh) })
            if (text is not null && string.IsNullOrWhiteSpace(text))
                both.Fault(language, "empty", ("Words are needed in both languages.", "两种语言都必须填写。"));
            else if (text?.Length > longest)
                both.Fault(language, "too-long", ($"At most {longest} characters.", $"最多 {longest} 个字符。"));
        both.Close();
        return new Say(en?.Trim() ?? "", zh?.Trim() ?? "");
    }

    public bool Flag(string field)
    {
        if (Find(field) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            WrongType(field, ("true or false is needed.", "只能是 true 或 false。"));
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A whole number within bounds; null where it is missing or wrong.</summary>
    public int? Number(string field, int least, int most)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Fault(field, "range", ($"A whole number from {least} to {most} is needed.", $"须为 {least} 到 {most} 之间的整数。"));
        return null;
    }

    /// <summary>The numbers of a list; null where it is missing or not a list of whole numbers.</summary>
    public IReadOnlyList<int>? Numbers(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _)))
            return [.. value.EnumerateArray().Select(item => item.GetInt32())];
        WrongType(field, ("A list of whole numbers is needed.", "须为整数列表。"));
        return null;
    }

    /// <summary>The objects of a list; a list that is missing, too short or too long is a fault.</summary>
    public IEnumerable<Fields> List(string field, int least, int most)
    {
        if (Find(field) is not { } value)
        {
            Missing(field);
            return [];
        }
        if (value.ValueKind != JsonValueKind.Array)
        {
            WrongType(field, ("A list is needed.", "须为列表。"));
            return [];
        }
        var count = value.GetArrayLength();
        if (count < least || count > most)
            Fault(field, "count", ($"{least} to {most} entries are needed; there are {count}.", $"须有 {least} 到 {most} 项，现有 {count} 项。"));
        return value.EnumerateArray().Take(most).Select((item, index) => new Fields(item, $"{pointer}/{field}/{index}", errors));
    }

    /// <summary>An object that may be missing.</summary>
    public Fields? Object(string field) => Find(field) is { } value ? new Fields(value, $"{pointer}/{field}", errors) : null;

    /// <summary>Any text, as it is; null where it is missing or no text.</summary>
    public string? String(string field, bool required = false)
    {
        if (Find(field) is not { } value)
        {
            if (required)
                Missing(field);
            return null;
        }
        if (JsonText.Read(value) is { } text)
            return text;
        WrongType(field, ("A text is needed.", "须为文本。"));
        return null;
    }

    /// <summary>A field that was found by <see cref="Has"/>, as it is.</summary>
    public JsonElement Raw(string field) => given[field];

    /// <summary>To be called when everything was read: what nobody asked for is a fault.</summary>
    public void Close()
    {
        foreach (var name in given.Keys.Where(name => !known.Contains(name)))
            Fault(JsonText.Escape(name), "unknown-field", (
                $"There is no field '{name}' here; known are {string.Join(", ", known)}.", $"此处没有字段“{name}”；可用字段：{string.Join("、", known)}。"));
    }

    JsonElement? Find(string field)
    {
        known.Add(field);
        return given.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    void Missing(string field) => Fault(field, "missing", ($"Missing: {field}.", $"缺少：{field}。"));

    void WrongType(string field, Say message) => Fault(field, "wrong-type", message);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeForm();
}
