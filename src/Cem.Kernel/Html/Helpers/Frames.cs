using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;

namespace Cem.Kernel.Html.Helpers;

/// <summary>
/// <c>{{#> Html/Layout title=(t "title")}} … {{/Html/Layout}}</c>: the block is rendered with the page's own model and
/// then set into the frame where that says <c>{{> @partial-block}}</c>. The frame sees its named values and nothing else.
/// </summary>
sealed class Frames(TemplateEngine engine, bool isText) : IHelperDescriptor<BlockHelperOptions>
{
    public PathInfo Name { get; } = PathInfo.Parse("within");

    public object Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        var page = TemplateEngine.PageOf(options.Data);
        var call = new HelperCall("#>", page, arguments);
        if (call.Count != 1) throw new ArgumentException($"{{{{#> {call.Text(0)}}}}} takes named values only");
        var model = new Dictionary<string, object?>(call.Named, StringComparer.OrdinalIgnoreCase) { ["body"] = new SafeHtml(options.Template()) };
        return engine.Render(engine.Kind(call.Text(0), isText), model, page);
    }

    public void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments) =>
        output.WriteSafeString((string)Invoke(options, context, arguments));
}
