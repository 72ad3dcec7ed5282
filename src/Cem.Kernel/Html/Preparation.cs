using System.Text.RegularExpressions;
using Cem.Kernel.Text;

namespace Cem.Kernel.Html;

/// <summary>
/// What a template goes through before the engine compiles it: refuses what would not be escaped, turns blocks in a frame
/// into calls of <see cref="Helpers.Frames"/>, and gives its scope to the helpers that look up texts.
/// </summary>
static partial class Preparation
{
    /// <exception cref="TemplateException">A text that is named does not exist, or something would not be escaped.</exception>
    public static string Write(TemplateFile file, Texts texts)
    {
        // Markup comes as SafeHtml; nothing else is ever written as it is.
        if (!file.IsText && Unescaped().Match(file.Source) is { Success: true } found)
            throw new TemplateException(file.Name, $"{found.Value} would not be escaped; write {{{{…}}}} and give it SafeHtml");
        return Scoped(Framed(IndentedPartial().Replace(file.Source, "")), file, texts);
    }

    // A helper cannot see which file calls it, so {{t "key"}} becomes {{t "Surveys/ListSurveys" "key"}}.
    static string Scoped(string source, TemplateFile file, Texts texts) => Tag().Replace(source, tag => Call().Replace(tag.Value, call =>
    {
        var (helper, key) = (call.Groups["helper"].Value, call.Groups["key"]);
        if (helper == "t" && key.Success && !texts.Has(file.Scope, key.Value))
            throw new TemplateException(file.Name, $"no text \"{key.Value}\" for \"{file.Scope}\", its area or the kernel");
        return $"{call.Groups["open"].Value}{helper} \"{file.Scope}\" {(key.Success ? $"\"{key.Value}\"" : "")}";
    }));

    // The engine's own partial blocks copy every property of the model whenever a name is looked up: five times slower,
    // and the frame's names would hide the page's.
    static string Framed(string source)
    {
        var frames = OpenFrame().Matches(source).Select(m => Regex.Escape(m.Groups["name"].Value)).Distinct().ToList();
        source = OpenFrame().Replace(source, "{{${trim}#within \"${name}\"");
        foreach (var frame in frames)
            source = Regex.Replace(source, @"\{\{(~?)/\s*" + frame + @"\s*(~?)\}\}", "{{$1/within$2}}");
        return Middle().Replace(source, "{{${left}body${right}}}");
    }

    [GeneratedRegex(@"\{\{(\{|~?&)[^}]*\}*")]
    private static partial Regex Unescaped();

    // Handlebars.Net 2.4.3 renders an indented partial into a writer that does not escape.
    [GeneratedRegex(@"^[ \t]+(?=\{\{~?#?>)", RegexOptions.Multiline)]
    private static partial Regex IndentedPartial();

    [GeneratedRegex(@"\{\{(?<trim>~?)#>\s*(?<name>[\w./-]+)")]
    private static partial Regex OpenFrame();

    [GeneratedRegex(@"\{\{(?<left>~?)>\s*@partial-block\s*(?<right>~?)\}\}")]
    private static partial Regex Middle();

    // Comments are left alone; tags do not nest.
    [GeneratedRegex(@"\{\{(?!\{?~?!).*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<open>^\{\{~?\s*|\()(?<helper>t|field)\s+(?:["'](?<key>[^"']*)["'])?""")]
    private static partial Regex Call();
}
