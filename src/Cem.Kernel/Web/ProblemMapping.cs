using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Web;

/// <summary>Turns whatever was thrown into a <see cref="Problem"/>; null when it was our own mistake.</summary>
static partial class ProblemMapping
{
    public static Problem? From(Exception fault) => fault switch
    {
        Problem problem => problem,
        BadHttpRequestException { InnerException: JsonException json } => From(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.Other(413, "too-large", ("The body is too large.", "请求内容过大。")),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem.Other(415, "media-type", ("Send this as application/json.", "请以 application/json 发送。")),
        BadHttpRequestException bad => FromBinding(bad),
        // What a request keeps unread is found broken only where it is written again.
        JsonException { InnerException: InvalidOperationException, LineNumber: null } written => Problem.BrokenText(Validation.Pointer((written.Path ?? "").TrimStart('$'))),
        JsonException json => From(json),
        InvalidDataException bad => Problem.Malformed("", "form", ($"The form cannot be read: {bad.Message}", "表单无法读取。")),
        SqliteException { SqliteErrorCode: 5 or 6 or 10 or 13 } => Problem.Busy(),
        _ => null,
    };

    static Problem From(JsonException fault)
    {
        var pointer = Pointer(fault.Path);
        if (fault is WireJson.FormException form)
            return Problem.Malformed(pointer, form.Code, form.Say);
        if (Unmapped().Match(fault.Message) is { Success: true } unmapped)
            return Problem.Malformed(Child(pointer, unmapped.Groups[1].Value), "unknown-field", ($"There is no field '{unmapped.Groups[1].Value}' here.", $"此处没有字段“{unmapped.Groups[1].Value}”。"));
        if (fault.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var names = Quoted().Matches(fault.Message[fault.Message.IndexOf("including", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToList();
            var first = names.Count > 0 ? names[0] : "";
            return Problem.Malformed(Child(pointer, first), "missing", ($"Missing: {string.Join(", ", names)}.", $"缺少：{string.Join("、", names)}。"));
        }
        if (fault.Message.Contains("Duplicate property", StringComparison.OrdinalIgnoreCase))
            return Problem.Malformed(pointer, "doubled-field", ("A field stands here twice.", "字段重复。"));
        if (fault.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase) || fault.Message.Contains("MaxDepth", StringComparison.OrdinalIgnoreCase))
            return Problem.Malformed(pointer, "too-deep", ($"JSON may be nested {WireJson.DeepestNesting} deep at most.", $"JSON 最多嵌套 {WireJson.DeepestNesting} 层。"));
        if (fault.Message.Contains("could not be converted", StringComparison.Ordinal) || fault.Message.Contains("allow null", StringComparison.Ordinal) || fault.Message.Contains("allow setting null", StringComparison.Ordinal))
            return Problem.Malformed(pointer, "wrong-type", fault.Message.Contains("null", StringComparison.Ordinal) && !fault.Message.Contains("Nullable", StringComparison.Ordinal)
                ? ("This may not be null.", "此处不能为 null。")
                : ("This has the wrong type.", "类型不正确。"));
        return Problem.Malformed(pointer, "json", ($"This is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.", $"不是有效的 JSON：第 {fault.LineNumber + 1} 行第 {fault.BytePositionInLine + 1} 字节。"));
    }

    static Problem FromBinding(BadHttpRequestException fault) =>
        Parameter().Match(fault.Message) is { Success: true } parameter
            ? Problem.Malformed(parameter.Groups[1].Value, "parameter", ($"The parameter '{parameter.Groups[1].Value}' is missing or cannot be read.", $"参数“{parameter.Groups[1].Value}”缺失或无法读取。"))
            : Problem.Malformed("", "request", ("The request is missing its body, or cannot be read.", "请求缺少内容或无法读取。"));

    /// <summary><c>$.items[0].name</c> is <c>/items/0/name</c>.</summary>
    static string Pointer(string? path)
    {
        if (path is null or "$")
            return "";
        var steps = Step().Matches(path).Select(step => step.Groups[1].Success ? step.Groups[1].Value : step.Groups[2].Success ? step.Groups[2].Value : step.Groups[3].Value);
        return string.Concat(steps.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
    }

    static string Child(string pointer, string name) =>
        name.Length == 0 || pointer.EndsWith("/" + name, StringComparison.Ordinal) ? pointer : $"{pointer}/{name}";

    [GeneratedRegex(@"\.([^.\[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]")]
    private static partial Regex Step();

    [GeneratedRegex("The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("'(.*?)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"parameter ""(?:[^""]* )?(\w+)""")]
    private static partial Regex Parameter();
}
