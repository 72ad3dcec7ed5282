using System.Collections;
using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Cem.Tests.Testing;

/// <summary>What a browser would send of a form, some fields filled in anew.</summary>
static class FormFields
{
    public static List<KeyValuePair<string, string>> Of(IHtmlFormElement form, object? values)
    {
        var filled = values is IEnumerable<KeyValuePair<string, object?>> pairs
            ? pairs.ToDictionary(pair => pair.Key, pair => pair.Value)
            : values?.GetType().GetProperties().ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => property.GetValue(values)) ?? [];
        var names = form.Elements.Select(element => element.GetAttribute("name")).OfType<string>().ToHashSet();
        if (filled.Keys.Where(name => !names.Contains(name)).ToList() is { Count: > 0 } unknown)
            throw new AssertionException($"The form has no field {string.Join(", ", unknown)}; it has {string.Join(", ", names)}.");
        // A browser takes the empty choice of a required select for none, and does not send the form.
        if (form.Elements.OfType<IHtmlSelectElement>().Where(select => select.IsRequired && !filled.ContainsKey(select.Name ?? "") && select.Value is null or "").Select(select => select.Name).ToList() is { Count: > 0 } unchosen)
            throw new AssertionException($"A browser does not send the form: nothing is chosen for {string.Join(", ", unchosen)}.");
        return
        [
            .. form.Elements.Where(element => element.GetAttribute("name") is { } name && !filled.ContainsKey(name)).SelectMany(Preset),
            .. filled.SelectMany(field => Texts(field.Value).Select(text => KeyValuePair.Create(field.Key, text))),
        ];
    }

    static IEnumerable<KeyValuePair<string, string>> Preset(IElement element)
    {
        var name = element.GetAttribute("name")!;
        return element switch
        {
            { } when element.HasAttribute("disabled") => [],
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "button" or "file" } => [],
            IHtmlInputElement input => [KeyValuePair.Create(name, input.Value)],
            IHtmlTextAreaElement area => [KeyValuePair.Create(name, area.Value)],
            IHtmlSelectElement select => select.SelectedOptions.Select(option => KeyValuePair.Create(name, option.Value)),
            _ => [],
        };
    }

    static IEnumerable<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        bool ticked => ticked ? ["true"] : [],
        IEnumerable list => list.Cast<object?>().SelectMany(Texts),
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
    };
}
