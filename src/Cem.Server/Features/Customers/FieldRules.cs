using System.Net.Mail;
using System.Text.Json;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;

namespace Cem.Server.Features.Customers;

/// <summary>The rules that fields of accounts and contacts have in common.</summary>
static class FieldRules
{
    const int MostAttributes = 50;
    const int LongestAttribute = 1_000;
    const int MostListed = 50;

    /// <summary>The caller's own id: it stands in addresses, so that slashes (which arrive there still escaped) and dot segments are refused.</summary>
    public static IRuleBuilderOptions<T, string?> ExternalId<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().OneLine(100)
        .Must(id => id is null || (id is not ("." or "..") && id.AsSpan().IndexOfAny('/', '\\') < 0 && !id.Contains("%2F", StringComparison.OrdinalIgnoreCase) && id.Trim() == id))
        .Says("external-id", ("An id may not hold slashes, begin or end with a space, or be '.' or '..'.", "编号不能含斜杠，不能以空格开头或结尾，也不能是“.”或“..”。"));

    /// <summary>Text of one line, at most so many UTF-16 units.</summary>
    public static IRuleBuilderOptions<T, string?> OneLine<T>(this IRuleBuilder<T, string?> rule, int longest) => rule.MaximumLength(longest)
        .Must(text => text is null || !text.Any(char.IsControl))
        .Says("control-character", ("Control characters and line breaks are not allowed here.", "此处不能含控制字符或换行。"));

    /// <summary>An address that a mail can be sent to.</summary>
    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) => rule.OneLine(254)
        .Must(text => text is null || IsEmail(text))
        .Says("email", ("This is not an e-mail address.", "电子邮件地址无效。"));

    public static IRuleBuilderOptions<T, DateOnly?> Believable<T>(this IRuleBuilder<T, DateOnly?> rule) => rule
        .Must(day => day is null or { Year: >= 1900 and < 2200 })
        .Says("year", ("The year is between 1900 and 2199.", "年份须在 1900 到 2199 之间。"));

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> FewEnough<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(list => list is null or { Count: <= MostListed })
        .Says("too-many", ($"At most {MostListed} entries.", $"最多 {MostListed} 项。"));

    /// <summary>A flat object of strings, numbers and booleans.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, JsonElement>?> Flat<T>(this IRuleBuilder<T, IReadOnlyDictionary<string, JsonElement>?> rule) => rule
        .Must(attributes => attributes is null or { Count: <= MostAttributes })
        .Says("too-many", ($"At most {MostAttributes} attributes.", $"最多 {MostAttributes} 个属性。"))
        .Must(attributes => attributes is null || attributes.Keys.All(key => key.Length is > 0 and <= 64 && !key.Any(char.IsControl)))
        .Says("attribute-name", ("The name of an attribute has 1 to 64 characters, without control characters.", "属性名须为 1 到 64 个字符，不能含控制字符。"))
        .Must(attributes => attributes is null || attributes.Values.All(IsPlain))
        .Says("attribute-value", ($"The value of an attribute is a string of at most {LongestAttribute} characters, a number, true or false.", $"属性值须为不超过 {LongestAttribute} 个字符的文本、数字、true 或 false。"));

    /// <summary><c>zh</c> and <c>en-GB</c> are zh-CN and en.</summary>
    /// <returns>Null for a language we do not speak.</returns>
    public static string? Language(string tag) => tag.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "ZH" => Languages.Chinese,
        "EN" => Languages.English,
        _ => null,
    };

    /// <summary>Attributes as stored: in the order of their names, so that another order is not a change.</summary>
    public static string Stored(IReadOnlyDictionary<string, JsonElement>? attributes) => attributes is null or { Count: 0 }
        ? "{}"
        : Kernel.Data.Json.Write(new SortedDictionary<string, JsonElement>(attributes.ToDictionary(), StringComparer.Ordinal));

    /// <summary>A list as stored: without repetitions, in the order given.</summary>
    public static string Stored(IReadOnlyList<string>? list) => list is null or { Count: 0 } ? "[]" : Kernel.Data.Json.Write(list.Distinct());

    static bool IsEmail(string text)
    {
        if (text.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '(' or ')' or ',' or ';' or ':' or '[' or ']' or '\\')
            || !MailAddress.TryCreate(text, out var address) || address.Address != text)
            return false;
        var labels = address.Host.Split('.');
        return labels.Length > 1 && labels.All(label => label.Length is > 0 and <= 63);
    }

    static bool IsPlain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length <= LongestAttribute,
        JsonValueKind.Number => value.GetRawText().Length <= 32,
        JsonValueKind.True or JsonValueKind.False => true,
        _ => false,
    };
}
