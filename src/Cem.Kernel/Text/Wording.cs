using System.Text.Json.Serialization;

namespace Cem.Kernel.Text;

/// <summary>Words in both languages, as they travel: <c>{"en": "…", "zh-CN": "…"}</c>.</summary>
public sealed record Wording(string En, [property: JsonPropertyName(Languages.Chinese)] string Zh)
{
    public string In(string language) => language == Languages.Chinese ? Zh : En;
}
