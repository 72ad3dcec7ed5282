using System.Text.Json;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators.PutIndicatorLibrary;

/// <summary>A library as a file: what the page of versions exports is what is imported.</summary>
static class LibraryFile
{
    /// <param name="today">A library that held before then is taken as of the first day possible.</param>
    /// <exception cref="Problem">400 or 422, at the field <c>file</c>: there is none, or it is no library as JSON.</exception>
    public static Request Read(string text, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Problem.Rule("/file", "not-empty", ("Choose a file, or paste it.", "请选择文件，或粘贴内容。"));
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { MaxDepth = WireJson.DeepestNesting });
            if (json.RootElement.Deserialize<Request>(WireJson.Options) is not { } library || library.Indicators.Any(it => it is null))
                throw Problem.Malformed("/file", "json", ("There are no indicators in it.", "其中没有指标。"));
            return library.ValidFrom <= today ? library with { ValidFrom = null } : library;
        }
        catch (JsonException fault)
        {
            var where = fault.Path is { Length: > 1 } path ? path : $"line {fault.LineNumber + 1}";
            var what = fault.Message.Split(" Path:", 2)[0];
            throw Problem.Malformed("/file", "json", ($"This is not an indicator library as JSON, at {where}: {what}", $"不是有效的指标库 JSON，位置 {where}：{what}"));
        }
    }

    /// <summary>What is at fault in a library as faults of its file, each with the code of the indicator.</summary>
    public static Problem At(Problem problem, Request library) => Problem.Rules([.. problem.Errors.Select(error =>
    {
        var part = error.Pointer.Split('/');
        var who = part is [_, "indicators", var index, ..] && int.TryParse(index, out var at) && at < library.Indicators.Count ? library.Indicators[at].Code : null;
        return new FieldError("/file", error.Code, who is null || error.Message.En.Contains($"'{who}'", StringComparison.Ordinal) ? error.Message : ($"{who}: {error.Message.En}", $"{who}：{error.Message.Zh}"));
    })]);
}
